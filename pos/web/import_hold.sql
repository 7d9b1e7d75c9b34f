-- Product lists that were checked and wait for "save all".  There are a few rows.

-- name: import_file_put
INSERT INTO import_file (site, token, actor, at_ms, bytes)
VALUES (:site, :token, :actor, :at_ms, :bytes);

-- name: import_file_get
SELECT bytes
  FROM import_file
 WHERE site = :site AND token = :token AND actor = :actor AND at_ms >= :since_ms;

-- name: import_file_forget
DELETE FROM import_file WHERE site = :site AND (token = :token OR at_ms < :before_ms);

-- name: import_file_oldest
DELETE FROM import_file
 WHERE site = :site
   AND token NOT IN (SELECT token
                       FROM import_file
                      WHERE site = :site
                      ORDER BY at_ms DESC, token
                      LIMIT :kept);

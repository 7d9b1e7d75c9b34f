-- The last line: where the next one goes on.
-- name: journal_head
SELECT seq, at_ms, hash
  FROM journal
 WHERE site = :site AND epoch = :epoch
 ORDER BY seq DESC
 LIMIT 1;

-- name: journal_append
INSERT INTO journal (site, epoch, seq, id, kind, ver, at_ms, actor, till, body, prev_hash, hash)
VALUES (:site, :epoch, :seq, :id, :kind, :ver, :at_ms, :actor, :till, :body, :prev_hash, :hash);

-- A slice of the journal, oldest first.
-- name: journal_after
SELECT site, epoch, seq, id, kind, ver, at_ms, actor, till, body, prev_hash, hash
  FROM journal
 WHERE site = :site AND epoch = :epoch AND seq > :after_seq
 ORDER BY seq
 LIMIT :most;

-- Which streams the file holds; there is one, until a restore opens the next epoch.
-- name: journal_streams
SELECT site, epoch, max(seq) AS last_seq
  FROM journal
 GROUP BY site, epoch
 ORDER BY site, epoch;

-- name: journal_seq_of
SELECT seq
  FROM journal
 WHERE id = :id;

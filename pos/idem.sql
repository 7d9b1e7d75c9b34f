-- name: idem_get
SELECT content, status, body FROM idem_answer WHERE site = :site AND key = :key;

-- name: idem_put
INSERT INTO idem_answer (site, key, content, status, body, at_ms)
VALUES (:site, :key, :content, :status, :body, :at_ms)
    ON CONFLICT (site, key) DO UPDATE SET status = excluded.status, body = excluded.body;

-- name: idem_forget
DELETE FROM idem_answer WHERE site = :site AND at_ms < :before_ms;

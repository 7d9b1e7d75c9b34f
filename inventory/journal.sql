-- The last line: where the next one goes on.
-- name: journal_head
SELECT seq, at_ms, hash
  FROM journal
 WHERE site = :site AND epoch = :epoch
 ORDER BY seq DESC
 LIMIT 1;

-- The same, and until the end of this transaction nobody else writes to the stream.  Here the common text,
-- for an engine on which there is one writer at a time; a shared one has its own, which takes the row.
-- name: journal_take
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

-- What was committed without a journal line, on a store that is shared.
-- name: work_done_put
INSERT INTO work_done (site, id, done) VALUES (:site, :id, 1);

-- Waits for the work of that id when it is still being committed; afterwards it is done, or never will be.
-- The row is written in any case: only a commit that wrote is waited for until a standby has it, and with it
-- what it found.
-- name: work_done_bar
INSERT INTO work_done (site, id, done) VALUES (:site, :id, 0)
    ON CONFLICT (site, id) DO UPDATE SET done = work_done.done;

-- name: work_done_get
SELECT done FROM work_done WHERE site = :site AND id = :id;

-- name: work_done_forget
DELETE FROM work_done WHERE site = :site AND id < :before;

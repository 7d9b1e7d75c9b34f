-- Paper that was asked for after a sale was committed.

-- name: print_job_next
SELECT coalesce(max(job_no), 0) + 1 AS job_no
  FROM print_job
 WHERE site = :site;

-- name: print_job_put
INSERT INTO print_job (site, id, job_no, sale_id, copy_no, state, device, path, bytes, why,
                       made_at_ms, changed_at_ms)
VALUES (:site, :id, :job_no, :sale_id, :copy_no, 'unknown', :device, '', 0, '', :now_ms, :now_ms);

-- name: print_job_take
UPDATE print_job
   SET state = 'unknown', why = '', changed_at_ms = :now_ms
 WHERE site = :site AND id = :id AND state IN ('queued', 'failed');

-- name: print_job_end
UPDATE print_job
   SET state = :state, path = :path, bytes = :bytes, why = :why, changed_at_ms = :now_ms
 WHERE site = :site AND id = :id AND state = 'unknown';

-- name: print_job_seen
UPDATE print_job
   SET state = 'written', changed_at_ms = :now_ms
 WHERE site = :site AND id = :id AND state = 'unknown';

-- name: print_job_of_sale
SELECT j.id, j.job_no, j.sale_id, s.number, j.copy_no, j.state, j.device, j.path, j.bytes, j.why,
       j.made_at_ms, j.changed_at_ms
  FROM print_job j
  JOIN sale s ON s.site = j.site AND s.act_id = j.sale_id
 WHERE j.site = :site AND j.sale_id = :sale_id
 ORDER BY j.job_no;

-- The partial index print_job_open holds the few that are not written.
-- name: print_job_open
SELECT j.id, j.job_no, j.sale_id, s.number, j.copy_no, j.state, j.device, j.path, j.bytes, j.why,
       j.made_at_ms, j.changed_at_ms
  FROM print_job j
  JOIN sale s ON s.site = j.site AND s.act_id = j.sale_id
 WHERE j.site = :site AND j.state <> 'written' AND s.till = :till
   AND NOT EXISTS (SELECT 1
                     FROM print_job n
                    WHERE n.site = j.site AND n.sale_id = j.sale_id AND n.job_no > j.job_no
                      AND n.state = 'written')
 ORDER BY j.job_no DESC
 LIMIT :most;

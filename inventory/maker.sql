-- Makers.  What names a person is read by maker_file_get and maker_skills alone, inside maker_view().
-- A file that was lost (a database rebuilt from its journal) leaves a code without a window.
-- name: maker_standing
SELECT coalesce(f.active, 1) AS active, coalesce(f.has_window, 0) AS has_window,
       coalesce(f.from_day, 0) AS from_day, coalesce(f.to_day, 0) AS to_day
  FROM maker m
  LEFT JOIN maker_file f ON f.site = m.site AND f.code = m.code
 WHERE m.site = :site AND m.code = :code;

-- name: maker_all
SELECT m.code, m.since_day, coalesce(p.name, '') AS workshop, coalesce(f.active, 1) AS active,
       coalesce(f.has_window, 0) AS has_window, coalesce(f.from_day, 0) AS from_day,
       coalesce(f.to_day, 0) AS to_day
  FROM maker m
  LEFT JOIN maker_file f ON f.site = m.site AND f.code = m.code
  LEFT JOIN place p ON p.site = f.site AND p.id = f.workshop_id
 WHERE m.site = :site
 ORDER BY m.code;

-- name: maker_looks
SELECT l.n, l.what, l.purpose, j.actor, j.at_ms
  FROM maker_look l
  JOIN journal j ON j.id = l.act_id
 WHERE l.site = :site AND l.code = :code
 ORDER BY l.n DESC
 LIMIT :most;

-- name: maker_last_look
SELECT n FROM maker_look WHERE site = :site AND code = :code ORDER BY n DESC LIMIT 1;

-- name: maker_file_put
INSERT INTO maker_file (site, code, name, register_no, workshop_id, has_window, from_day, to_day,
                        document_no, active)
VALUES (:site, :code, :name, :register_no, :workshop, :has_window, :from_day, :to_day, :document_no,
        :active)
    ON CONFLICT (site, code) DO UPDATE SET
       name = excluded.name, register_no = excluded.register_no, workshop_id = excluded.workshop_id,
       has_window = excluded.has_window, from_day = excluded.from_day, to_day = excluded.to_day,
       document_no = excluded.document_no, active = excluded.active;

-- name: maker_file_get
SELECT name, register_no, workshop_id, has_window, from_day, to_day, document_no, active
  FROM maker_file
 WHERE site = :site AND code = :code;

-- name: maker_skills_drop
DELETE FROM maker_skill WHERE site = :site AND code = :code;

-- name: maker_skill_put
INSERT INTO maker_skill (site, code, line, skill, certificate_no, issuer, day)
VALUES (:site, :code, :line, :skill, :certificate_no, :issuer, :day);

-- name: maker_skills
SELECT skill, certificate_no, issuer, day
  FROM maker_skill
 WHERE site = :site AND code = :code
 ORDER BY line;

-- Only compared with what somebody is about to write into the journal.
-- name: maker_names
SELECT name, register_no FROM maker_file WHERE site = :site ORDER BY code;

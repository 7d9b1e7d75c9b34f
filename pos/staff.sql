-- name: staff_by_login
SELECT staff_id, login, name, role, active, rev FROM staff_now WHERE site = :site AND login = :login;

-- name: staff_all
SELECT staff_id, login, name, role, active, rev FROM staff_now WHERE site = :site ORDER BY login;

-- name: staff_active_admins
SELECT count(*) AS n FROM staff_now WHERE site = :site AND role = 'admin' AND active = 1;

-- name: staff_secret_get
SELECT password_hash FROM staff_secret WHERE site = :site AND login = :login;

-- name: staff_secret_put
INSERT INTO staff_secret (site, login, password_hash, changed_at_ms)
VALUES (:site, :login, :hash, :at_ms)
    ON CONFLICT (site, login)
    DO UPDATE SET password_hash = excluded.password_hash, changed_at_ms = excluded.changed_at_ms;

-- name: login_failure_get
SELECT failures, failed_at_ms FROM login_failure WHERE site = :site AND login = :login;

-- name: login_failure_put
INSERT INTO login_failure (site, login, failures, failed_at_ms) VALUES (:site, :login, 1, :at_ms)
    ON CONFLICT (site, login)
    DO UPDATE SET failures = login_failure.failures + 1, failed_at_ms = excluded.failed_at_ms;

-- name: login_failure_clear
DELETE FROM login_failure WHERE site = :site AND (login = :login OR failed_at_ms < :before_ms);

-- name: first_admin_get
SELECT token_hash, ends_at_ms FROM first_admin WHERE site = :site;

-- name: first_admin_put
INSERT INTO first_admin (site, token_hash, ends_at_ms) VALUES (:site, :hash, :ends_at_ms)
    ON CONFLICT (site)
    DO UPDATE SET token_hash = excluded.token_hash, ends_at_ms = excluded.ends_at_ms;

-- name: first_admin_drop
DELETE FROM first_admin WHERE site = :site;

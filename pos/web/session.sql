-- Sessions of browsers, tokens of machines, and addresses that guessed passwords.

-- name: session_put
INSERT INTO session (hash, staff, actor, person, role, lang, till, csrf, created_ms, seen_ms)
VALUES (:hash, :staff, :actor, :person, :role, :lang, :till, :csrf, :created_ms, :seen_ms);

-- name: session_get
SELECT staff, actor, person, role, lang, till, csrf, created_ms, seen_ms
  FROM session WHERE hash = :hash;

-- name: session_seen
UPDATE session SET seen_ms = :seen_ms WHERE hash = :hash;

-- name: session_change
UPDATE session SET lang = :lang, till = :till WHERE hash = :hash;

-- name: session_drop
DELETE FROM session WHERE hash = :hash;

-- name: session_drop_others
DELETE FROM session WHERE staff = :staff AND hash <> :hash;

-- name: session_drop_ended
DELETE /*scan*/ FROM session WHERE seen_ms < :idle_since_ms OR created_ms < :old_since_ms;

-- name: token_put
INSERT INTO token (name, hash, role, created_ms)
VALUES (:name, :hash, :role, :created_ms);

-- name: token_named
SELECT 1 AS there FROM token WHERE name = :name;

-- name: token_get
SELECT name, role, created_ms FROM token WHERE hash = :hash AND revoked_ms IS NULL;

-- name: token_list
SELECT name, role, created_ms, coalesce(revoked_ms, 0) AS revoked_ms FROM token /*scan*/ ORDER BY name;

-- name: token_revoke
UPDATE token SET revoked_ms = :revoked_ms WHERE name = :name AND revoked_ms IS NULL;

-- name: address_failures
SELECT failures, last_ms FROM address_failure WHERE address = :address;

-- name: address_failed
INSERT INTO address_failure (address, failures, last_ms) VALUES (:address, 1, :last_ms)
    ON CONFLICT (address) DO UPDATE SET failures = address_failure.failures + 1,
                                        last_ms = excluded.last_ms;

-- name: address_forgive
DELETE FROM address_failure WHERE address = :address;

-- name: address_forget_old
DELETE /*scan*/ FROM address_failure WHERE last_ms < :before_ms;

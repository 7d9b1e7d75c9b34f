-- name: moved_read
SELECT destination, at_ms FROM moved WHERE one = 1;

-- name: moved_put
INSERT INTO moved (one, destination, at_ms) VALUES (1, :destination, :at_ms)
ON CONFLICT (one) DO UPDATE SET destination = excluded.destination, at_ms = excluded.at_ms;

-- name: moved_undo
DELETE FROM moved WHERE one = 1;

-- What was set until now, oldest first: the last of a name is in force.
-- name: settings_until
SELECT name, value
  FROM setting
 WHERE site = :site AND valid_from_ms <= :at_ms
 ORDER BY name, valid_from_ms, act_id;

-- name: setting_in_force
SELECT value
  FROM setting
 WHERE site = :site AND name = :name AND valid_from_ms <= :at_ms
 ORDER BY valid_from_ms DESC, act_id DESC
 LIMIT 1;

-- name: site_here
SELECT code, epoch, tz_offset_min FROM site_here WHERE one = 1;

-- name: site_here_put
INSERT INTO site_here (one, code, epoch, tz_offset_min) VALUES (1, :code, :epoch, :offset_min);

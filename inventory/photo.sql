-- Photos of products, of quality checks and of findings; stories of products.

-- name: photo_last_n
SELECT n FROM photo
 WHERE site = :site AND subject = :subject AND subject_id = :subject_id
 ORDER BY n DESC
 LIMIT 1;

-- Those that are shown, in their order.
-- name: photos_of
SELECT p.id, p.n, p.digest, p.small_digest, p.width, p.height, p.caption, p.act_id
  FROM photo p
 WHERE p.site = :site AND p.subject = :subject AND p.subject_id = :subject_id
   AND NOT EXISTS (SELECT 1 FROM photo_hidden h WHERE h.site = p.site AND h.photo_id = p.id)
 ORDER BY p.n
 LIMIT :most;

-- name: photo_get
SELECT p.subject, p.subject_id, h.photo_id AS hidden
  FROM photo p
  LEFT JOIN photo_hidden h ON h.site = p.site AND h.photo_id = p.id
 WHERE p.site = :site AND p.id = :id;

-- Whether a file is one of a product's that are shown.
-- name: photo_is_public
SELECT 1 AS found
  FROM photo p
 WHERE p.site = :site AND p.digest = :digest AND p.subject = 'product'
   AND NOT EXISTS (SELECT 1 FROM photo_hidden h WHERE h.site = p.site AND h.photo_id = p.id)
 UNION ALL
SELECT 1 AS found
  FROM photo q
 WHERE q.site = :site AND q.small_digest = :digest AND q.subject = 'product'
   AND NOT EXISTS (SELECT 1 FROM photo_hidden k WHERE k.site = q.site AND k.photo_id = q.id)
 LIMIT 1;

-- name: photo_bytes_get
SELECT bytes FROM photo_bytes WHERE site = :site AND digest = :digest;

-- name: photo_bytes_put
INSERT INTO photo_bytes (site, digest, bytes)
VALUES (:site, :digest, :bytes)
    ON CONFLICT (site, digest) DO NOTHING;

-- name: story_last
SELECT rev, story FROM product_story
 WHERE site = :site AND product_id = :product
 ORDER BY rev DESC
 LIMIT 1;

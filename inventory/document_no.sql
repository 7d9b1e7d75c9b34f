-- name: document_no_last
SELECT no
  FROM document_no
 WHERE site = :site AND kind = :kind AND year = :year
 ORDER BY no DESC
 LIMIT 1;

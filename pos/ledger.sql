-- name: account_find
SELECT a.id, a.kind, a.code, a.name, n.balance_rp
  FROM account a
  LEFT JOIN account_now n ON n.site = a.site AND n.account_id = a.id
 WHERE a.site = :site AND a.kind = :kind AND a.code = :code;

-- name: account_all
SELECT a.id, a.kind, a.code, a.name, n.balance_rp
  FROM account a
  LEFT JOIN account_now n ON n.site = a.site AND n.account_id = a.id
 WHERE a.site = :site
 ORDER BY a.kind, a.code;

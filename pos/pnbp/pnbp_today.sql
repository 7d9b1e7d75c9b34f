-- The lines of a business day, newest first.  The bounds on act_id (its first 48 bits are the time)
-- let the search begin near the day without an index on it.
-- name: pnbp_lines
SELECT s.number, s.at_ms, l.name, l.qty_milli, l.unit_name, l.total_rp, l.pnbp_rp,
       l.revenue_account, l.rule, l.loss
  FROM sale s
  JOIN sale_line l ON l.site = s.site AND l.act_id = s.act_id
 WHERE s.site = :site AND s.act_id >= :from_id AND s.act_id < :to_id AND s.business_day = :day
 ORDER BY s.act_id DESC, l.line
 LIMIT :most;

-- name: pnbp_day_accounts
SELECT revenue_account, lines, gross_rp, pnbp_rp, premi_rp, fund_rp, cost_rp
  FROM pnbp_daily
 WHERE site = :site AND business_day = :day
 ORDER BY revenue_account;

-- PNBP of the days, newest first; what is owed falls on the newest of them.
-- name: pnbp_days
SELECT business_day, CAST(sum(pnbp_rp) AS BIGINT) AS pnbp_rp
  FROM pnbp_daily
 WHERE site = :site
 GROUP BY business_day
 ORDER BY business_day DESC
 LIMIT :most;

-- name: pnbp_balances
SELECT a.kind, CAST(sum(n.balance_rp) AS BIGINT) AS balance_rp
  FROM account a
  JOIN account_now n ON n.site = a.site AND n.account_id = a.id
 WHERE a.site = :site AND a.kind IN ('pnbp_owed', 'premi_owed', 'production_fund', 'treasurer_cash')
 GROUP BY a.kind
 ORDER BY a.kind;

-- The books as files, read in slices by key, so that nobody waits for a long export.

-- name: export_sales
SELECT s.act_id, s.number, s.business_day, s.at_ms, s.till, s.cashier, s.journal_seq, l.line, l.sku,
       l.code, l.name, l.qty_milli, l.unit_name, l.price_rp, l.total_rp, l.revenue_account, l.rule,
       l.rule_base, l.base_rp, l.pnbp_rp, l.premi_rp, l.fund_rp, l.cost_back_rp
  FROM sale s
  JOIN sale_line l ON l.site = s.site AND l.act_id = s.act_id
 WHERE s.site = :site AND s.act_id > :after
   AND s.act_id <= coalesce((SELECT x.act_id
                               FROM (SELECT act_id FROM sale
                                      WHERE site = :site AND act_id > :after
                                      ORDER BY act_id LIMIT :most) x
                              ORDER BY x.act_id DESC LIMIT 1), :after)
 ORDER BY s.act_id, l.line;

-- name: export_stock
SELECT n.place_id, n.product_id, n.lot_id, p.kind AS place_kind, p.name AS place, d.sku, d.name,
       d.unit, l.code, l.made_day, l.expires, l.expiry_day, n.qty_milli, l.cost_known,
       l.unit_cost_rp
  FROM stock_now n
  JOIN place p ON p.site = n.site AND p.id = n.place_id
  JOIN lot l ON l.site = n.site AND l.id = n.lot_id
  JOIN product_now d ON d.site = n.site AND d.product_id = n.product_id
 WHERE n.site = :site
   AND (n.place_id, n.product_id, n.lot_id) > (:after_place, :after_product, :after_lot)
   AND p.kind NOT IN ('workshop', 'customer', 'supplier', 'consumed')
 ORDER BY n.place_id, n.product_id, n.lot_id
 LIMIT :most;

-- Whole acts: every move of an act is in the same slice.
-- name: export_money
SELECT m.act_id, m.line, m.amount_rp, m.reason, a.kind AS from_kind, a.code AS from_code,
       b.kind AS to_kind, b.code AS to_code, j.seq, j.at_ms, j.kind, s.number
  FROM money_move m
  JOIN account a ON a.site = m.site AND a.id = m.from_id
  JOIN account b ON b.site = m.site AND b.id = m.to_id
  JOIN journal j ON j.id = m.act_id
  LEFT JOIN sale s ON s.site = m.site AND s.act_id = m.act_id
 WHERE m.site = :site AND m.act_id > :after
   AND m.act_id <= coalesce((SELECT x.act_id
                               FROM (SELECT DISTINCT act_id FROM money_move
                                      WHERE site = :site AND act_id > :after
                                      ORDER BY act_id LIMIT :most) x
                              ORDER BY x.act_id DESC LIMIT 1), :after)
 ORDER BY m.act_id, m.line;

-- name: export_balances
SELECT a.kind, a.code, coalesce(n.balance_rp, 0) AS balance_rp
  FROM account a
  LEFT JOIN account_now n ON n.site = a.site AND n.account_id = a.id
 WHERE a.site = :site
 ORDER BY a.kind, a.code;

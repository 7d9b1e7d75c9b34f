-- name: sale_number_of
SELECT number, at_ms FROM sale WHERE site = :site AND act_id = :sale;

-- name: sale_by_id
SELECT act_id, number, epoch, year, till, no, business_day, at_ms, cashier, key, content,
       journal_seq, line_count, total_rp, tendered_rp, change_rp, pnbp_rp, premi_rp, fund_rp,
       cost_rp
  FROM sale
 WHERE site = :site AND act_id = :sale;

-- name: sale_id_by_number
SELECT act_id FROM sale WHERE site = :site AND number = :number;

-- name: sale_id_by_key
SELECT act_id FROM sale WHERE site = :site AND key = :key;

-- name: sale_lines
SELECT line, product_id, variant_id, unit_id, code, sku, name, unit_name, qty_milli, price_id,
       price_rp, total_rp, cost_known, cost_total_rp, revenue_account, rule, rule_base, pnbp_bps,
       premi_bps, fund_bps, base_rp, pnbp_rp, premi_rp, fund_rp, cost_back_rp, loss
  FROM sale_line
 WHERE site = :site AND act_id = :sale
 ORDER BY line;

-- name: sale_payments
SELECT line, kind, account_id, tendered_rp, change_rp, amount_rp
  FROM payment
 WHERE site = :site AND act_id = :sale
 ORDER BY line;

-- name: sale_newest
SELECT act_id, number, at_ms, till, cashier, line_count, total_rp, pnbp_rp
  FROM sale
 WHERE site = :site AND act_id < :before
 ORDER BY act_id DESC
 LIMIT :most;

-- name: sale_last_no
SELECT last_no
  FROM sale_no_now
 WHERE site = :site AND epoch = :epoch AND year = :year AND till = :till;

-- name: receipt_copy_last
SELECT max(copy_no) AS copy_no FROM receipt_copy WHERE site = :site AND sale_id = :sale;

-- Cost sheets and price proposals.
-- name: cost_sheet_now
SELECT s.id, s.version, s.material_rp, s.overhead_rp, s.note, s.author, j.at_ms
  FROM cost_sheet s
  JOIN journal j ON j.id = s.act_id
 WHERE s.site = :site AND s.product_id = :product
   AND coalesce(s.variant_id, s.product_id) = coalesce(:variant, s.product_id)
 ORDER BY s.version DESC
 LIMIT 1;

-- name: cost_sheet_list
SELECT s.id, s.version, s.material_rp, s.overhead_rp, s.note, s.author, j.at_ms
  FROM cost_sheet s
  JOIN journal j ON j.id = s.act_id
 WHERE s.site = :site AND s.product_id = :product
   AND coalesce(s.variant_id, s.product_id) = coalesce(:variant, s.product_id)
 ORDER BY s.version DESC
 LIMIT :most;

-- name: cost_sheet_get
SELECT s.id, s.version, s.material_rp, s.overhead_rp, s.note, s.author, j.at_ms
  FROM cost_sheet s
  JOIN journal j ON j.id = s.act_id
 WHERE s.site = :site AND s.id = :id;

-- name: cost_sheet_lines
SELECT kind, what, amount_rp FROM cost_sheet_line WHERE site = :site AND sheet_id = :sheet ORDER BY line;

-- name: proposal_waits
SELECT p.number
  FROM price_proposal p
  LEFT JOIN price_decision d ON d.site = p.site AND d.proposal_id = p.id
 WHERE p.site = :site AND p.product_id = :product AND d.proposal_id IS NULL
   AND (p.variant_id = :variant OR (CAST(:no_variant AS BIGINT) = 1 AND p.variant_id IS NULL))
 LIMIT 1;

-- name: proposal_list
SELECT p.id, p.number, p.product_id, p.variant_id, p.sheet_id, p.price_rp, p.cost_known, p.cost_rp,
       p.basis, p.valid_from_ms, p.proposer, j.at_ms, n.sku, n.name, n.unit,
       v.code AS variant_code, d.approved, d.decider, d.reason, k.at_ms AS decided_at_ms
  FROM price_proposal p
  JOIN product_now n ON n.site = p.site AND n.product_id = p.product_id
  JOIN journal j ON j.id = p.act_id
  LEFT JOIN variant v ON v.site = p.site AND v.id = p.variant_id
  LEFT JOIN price_decision d ON d.site = p.site AND d.proposal_id = p.id
  LEFT JOIN journal k ON k.id = d.act_id
 WHERE p.site = :site AND (p.number = :number OR :number = '')
   AND (p.product_id = :product OR CAST(:any AS BIGINT) = 1)
 ORDER BY CASE WHEN d.proposal_id IS NULL THEN 0 ELSE 1 END,
          CASE WHEN d.proposal_id IS NULL THEN j.at_ms ELSE -k.at_ms END, p.number
 LIMIT :most;

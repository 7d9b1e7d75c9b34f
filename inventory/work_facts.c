/* The fact tables of materials, programmes and work orders. */
#include "inventory/material.h"
#include "inventory/programme.h"
#include "inventory/work.h"

static const struct fact_col lot_cost_cols[] = {
    FACT_COL(lot_cost_row, "lot_id", lot),
    FACT_COL(lot_cost_row, "total_rp", total),
    FACT_COL(lot_cost_row, "rounding_rp", rounding),
};
const struct fact_table lot_cost_table = FACT_TABLE("lot_cost", lot_cost_row, lot_cost_cols);

static const struct fact_col material_receipt_cols[] = {
    FACT_COL(material_receipt_row, "lot_id", lot),
    FACT_COL(material_receipt_row, "number", number),
    FACT_COL(material_receipt_row, "supplier_id", supplier),
    FACT_COL(material_receipt_row, "invoice_no", invoice_no),
    FACT_COL(material_receipt_row, "note", note),
};
const struct fact_table material_receipt_table =
    FACT_TABLE("material_receipt", material_receipt_row, material_receipt_cols);

static const struct fact_col material_use_cols[] = {
    FACT_COL(material_use_row, "line", line),
    FACT_COL_OPTIONAL(material_use_row, "work_order_id", work_order),
    FACT_COL(material_use_row, "lot_id", lot),
    FACT_COL(material_use_row, "qty_milli", qty),
    FACT_COL(material_use_row, "cost_known", cost_known),
    FACT_COL(material_use_row, "cost_rp", cost),
    FACT_COL(material_use_row, "what", what),
    FACT_COL(material_use_row, "note", note),
};
const struct fact_table material_use_table =
    FACT_TABLE("material_use", material_use_row, material_use_cols);

static const struct fact_col programme_cols[] = {
    FACT_COL(programme_row, "id", id),           FACT_COL(programme_row, "code", code),
    FACT_COL(programme_row, "name", name),       FACT_COL(programme_row, "kind", kind),
    FACT_COL(programme_row, "partner", partner), FACT_COL(programme_row, "from_day", from),
    FACT_COL(programme_row, "to_day", to),
};
const struct fact_table programme_table = FACT_TABLE("programme", programme_row, programme_cols);

static const struct fact_col work_order_cols[] = {
    FACT_COL(work_order_row, "id", id),
    FACT_COL(work_order_row, "number", number),
    FACT_COL(work_order_row, "product_id", product),
    FACT_COL_OPTIONAL(work_order_row, "variant_id", variant),
    FACT_COL(work_order_row, "workshop_id", workshop),
    FACT_COL(work_order_row, "planned_milli", planned),
    FACT_COL(work_order_row, "capital", capital),
    FACT_COL_OPTIONAL(work_order_row, "programme_id", programme),
    FACT_COL(work_order_row, "due_day", due),
    FACT_COL(work_order_row, "note", note),
};
const struct fact_table work_order_table =
    FACT_TABLE("work_order", work_order_row, work_order_cols);

static const struct fact_col work_state_cols[] = {
    FACT_COL(work_state_row, "work_order_id", work_order),
    FACT_COL(work_state_row, "n", n),
    FACT_COL(work_state_row, "state", state),
    FACT_COL(work_state_row, "reason", reason),
};
const struct fact_table work_state_table =
    FACT_TABLE("work_state", work_state_row, work_state_cols);

static const struct fact_col work_share_cols[] = {
    FACT_COL(work_share_row, "work_order_id", work_order),
    FACT_COL(work_share_row, "rev", rev),
    FACT_COL(work_share_row, "line", line),
    FACT_COL(work_share_row, "maker", maker),
    FACT_COL(work_share_row, "hours_milli", hours),
    FACT_COL(work_share_row, "share_bps", share_bps),
    FACT_COL(work_share_row, "reason", reason),
};
const struct fact_table work_share_table =
    FACT_TABLE("work_share", work_share_row, work_share_cols);

static const struct fact_col quality_check_cols[] = {
    FACT_COL(quality_check_row, "work_order_id", work_order),
    FACT_COL(quality_check_row, "n", n),
    FACT_COL(quality_check_row, "id", id),
    FACT_COL(quality_check_row, "grade_a_milli", grade_a),
    FACT_COL(quality_check_row, "grade_b_milli", grade_b),
    FACT_COL(quality_check_row, "reject_milli", reject),
    FACT_COL(quality_check_row, "note", note),
    FACT_COL(quality_check_row, "checker", checker),
};
const struct fact_table quality_check_table =
    FACT_TABLE("quality_check", quality_check_row, quality_check_cols);

static const struct fact_col work_output_cols[] = {
    FACT_COL(work_output_row, "work_order_id", work_order),
    FACT_COL(work_output_row, "n", n),
    FACT_COL(work_output_row, "lot_id", lot),
    FACT_COL(work_output_row, "material_rp", material),
    FACT_COL(work_output_row, "overhead_rp", overhead),
    FACT_COL(work_output_row, "cost_known", cost_known),
    FACT_COL(work_output_row, "total_rp", total),
    FACT_COL(work_output_row, "over_reason", over_reason),
};
const struct fact_table work_output_table =
    FACT_TABLE("work_output", work_output_row, work_output_cols);

static const struct fact_col unit_grade_cols[] = {
    FACT_COL(unit_grade_row, "unit_id", unit),
    FACT_COL(unit_grade_row, "grade", grade),
};
const struct fact_table unit_grade_table =
    FACT_TABLE("unit_grade", unit_grade_row, unit_grade_cols);

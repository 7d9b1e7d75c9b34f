/* The fact tables of a sale. */
#include "pos/sale.h"

static const struct fact_col sale_cols[] = {
    FACT_COL(sale_row, "number", number),
    FACT_COL(sale_row, "epoch", epoch),
    FACT_COL(sale_row, "year", year),
    FACT_COL(sale_row, "till", till),
    FACT_COL(sale_row, "no", no),
    FACT_COL(sale_row, "business_day", day),
    FACT_COL(sale_row, "at_ms", at),
    FACT_COL(sale_row, "cashier", cashier),
    FACT_COL(sale_row, "key", key),
    FACT_COL(sale_row, "content", content),
    FACT_COL(sale_row, "journal_seq", journal_seq),
    FACT_COL(sale_row, "line_count", line_count),
    FACT_COL(sale_row, "total_rp", total),
    FACT_COL(sale_row, "tendered_rp", tendered),
    FACT_COL(sale_row, "change_rp", change),
    FACT_COL(sale_row, "pnbp_rp", pnbp),
    FACT_COL(sale_row, "premi_rp", premi),
    FACT_COL(sale_row, "fund_rp", fund),
    FACT_COL(sale_row, "cost_rp", cost),
};
const struct fact_table sale_table = FACT_TABLE("sale", sale_row, sale_cols);

static const struct fact_col sale_line_cols[] = {
    FACT_COL(sale_line_row, "line", line),
    FACT_COL(sale_line_row, "product_id", product),
    FACT_COL_OPTIONAL(sale_line_row, "variant_id", variant),
    FACT_COL_OPTIONAL(sale_line_row, "unit_id", unit),
    FACT_COL_OPTIONAL(sale_line_row, "code", code),
    FACT_COL(sale_line_row, "sku", sku),
    FACT_COL(sale_line_row, "name", name),
    FACT_COL(sale_line_row, "unit_name", unit_name),
    FACT_COL(sale_line_row, "qty_milli", qty),
    FACT_COL(sale_line_row, "price_id", price_id),
    FACT_COL(sale_line_row, "price_rp", price),
    FACT_COL(sale_line_row, "total_rp", total),
    FACT_COL(sale_line_row, "cost_known", cost_known),
    FACT_COL(sale_line_row, "cost_total_rp", cost_total),
    FACT_COL(sale_line_row, "revenue_account", revenue_account),
    FACT_COL(sale_line_row, "rule", rule),
    FACT_COL(sale_line_row, "rule_base", rule_base),
    FACT_COL(sale_line_row, "pnbp_bps", pnbp_bps),
    FACT_COL(sale_line_row, "premi_bps", premi_bps),
    FACT_COL(sale_line_row, "fund_bps", fund_bps),
    FACT_COL(sale_line_row, "base_rp", base),
    FACT_COL(sale_line_row, "pnbp_rp", pnbp),
    FACT_COL(sale_line_row, "premi_rp", premi),
    FACT_COL(sale_line_row, "fund_rp", fund),
    FACT_COL(sale_line_row, "cost_back_rp", cost_back),
    FACT_COL(sale_line_row, "loss", loss),
};
const struct fact_table sale_line_table = FACT_TABLE("sale_line", sale_line_row, sale_line_cols);

static const struct fact_col payment_cols[] = {
    FACT_COL(payment_row, "line", line),          FACT_COL(payment_row, "kind", kind),
    FACT_COL(payment_row, "account_id", account), FACT_COL(payment_row, "tendered_rp", tendered),
    FACT_COL(payment_row, "change_rp", change),   FACT_COL(payment_row, "amount_rp", amount),
};
const struct fact_table payment_table = FACT_TABLE("payment", payment_row, payment_cols);

static const struct fact_col receipt_copy_cols[] = {
    FACT_COL(receipt_copy_row, "sale_id", sale),
    FACT_COL(receipt_copy_row, "copy_no", copy_no),
    FACT_COL(receipt_copy_row, "at_ms", at),
};
const struct fact_table receipt_copy_table =
    FACT_TABLE("receipt_copy", receipt_copy_row, receipt_copy_cols);

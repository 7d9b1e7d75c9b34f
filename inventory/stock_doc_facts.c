/* The fact tables of transfers, cases, write-offs and counts. */
#include "inventory/stock_case.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "inventory/write_off.h"

static const struct fact_col transfer_cols[] = {
    FACT_COL(transfer_row, "id", id),       FACT_COL(transfer_row, "number", number),
    FACT_COL(transfer_row, "kind", kind),   FACT_COL(transfer_row, "from_id", from),
    FACT_COL(transfer_row, "to_id", to),    FACT_COL(transfer_row, "note", note),
    FACT_COL(transfer_row, "due_day", due),
};
const struct fact_table transfer_table = FACT_TABLE("transfer", transfer_row, transfer_cols);

static const struct fact_col transfer_line_cols[] = {
    FACT_COL(transfer_line_row, "transfer_id", transfer),
    FACT_COL(transfer_line_row, "line", line),
    FACT_COL(transfer_line_row, "lot_id", lot),
    FACT_COL_OPTIONAL(transfer_line_row, "unit_id", unit),
    FACT_COL(transfer_line_row, "qty_milli", qty),
};
const struct fact_table transfer_line_table =
    FACT_TABLE("transfer_line", transfer_line_row, transfer_line_cols);

static const struct fact_col transfer_receipt_cols[] = {
    FACT_COL(transfer_receipt_row, "transfer_id", transfer),
    FACT_COL(transfer_receipt_row, "receiver", receiver),
    FACT_COL(transfer_receipt_row, "note", note),
};
const struct fact_table transfer_receipt_table =
    FACT_TABLE("transfer_receipt", transfer_receipt_row, transfer_receipt_cols);

static const struct fact_col transfer_received_cols[] = {
    FACT_COL(transfer_received_row, "transfer_id", transfer),
    FACT_COL(transfer_received_row, "line", line),
    FACT_COL(transfer_received_row, "qty_milli", qty),
};
const struct fact_table transfer_received_table =
    FACT_TABLE("transfer_received", transfer_received_row, transfer_received_cols);

static const struct fact_col stock_case_cols[] = {
    FACT_COL(stock_case_row, "id", id),
    FACT_COL(stock_case_row, "number", number),
    FACT_COL(stock_case_row, "kind", kind),
    FACT_COL(stock_case_row, "lot_id", lot),
    FACT_COL_OPTIONAL(stock_case_row, "unit_id", unit),
    FACT_COL(stock_case_row, "place_id", place),
    FACT_COL_OPTIONAL(stock_case_row, "other_place_id", other_place),
    FACT_COL(stock_case_row, "qty_milli", qty),
    FACT_COL_OPTIONAL(stock_case_row, "source_id", source),
    FACT_COL(stock_case_row, "opener", opener),
    FACT_COL(stock_case_row, "note", note),
};
const struct fact_table stock_case_table =
    FACT_TABLE("stock_case", stock_case_row, stock_case_cols);

static const struct fact_col case_close_cols[] = {
    FACT_COL(case_close_row, "case_id", stock_case),
    FACT_COL(case_close_row, "choice", choice),
    FACT_COL(case_close_row, "note", note),
    FACT_COL(case_close_row, "approver", approver),
};
const struct fact_table case_close_table =
    FACT_TABLE("case_close", case_close_row, case_close_cols);

static const struct fact_col write_off_cols[] = {
    FACT_COL(write_off_row, "id", id),         FACT_COL(write_off_row, "number", number),
    FACT_COL(write_off_row, "kind", kind),     FACT_COL(write_off_row, "place_id", place),
    FACT_COL(write_off_row, "reason", reason), FACT_COL(write_off_row, "reporter", reporter),
};
const struct fact_table write_off_table = FACT_TABLE("write_off", write_off_row, write_off_cols);

static const struct fact_col write_off_line_cols[] = {
    FACT_COL(write_off_line_row, "write_off_id", write_off),
    FACT_COL(write_off_line_row, "line", line),
    FACT_COL(write_off_line_row, "lot_id", lot),
    FACT_COL_OPTIONAL(write_off_line_row, "unit_id", unit),
    FACT_COL(write_off_line_row, "qty_milli", qty),
    FACT_COL(write_off_line_row, "cost_known", cost_known),
    FACT_COL(write_off_line_row, "cost_rp", cost),
};
const struct fact_table write_off_line_table =
    FACT_TABLE("write_off_line", write_off_line_row, write_off_line_cols);

static const struct fact_col write_off_decision_cols[] = {
    FACT_COL(write_off_decision_row, "write_off_id", write_off),
    FACT_COL(write_off_decision_row, "approved", approved),
    FACT_COL(write_off_decision_row, "note", note),
    FACT_COL(write_off_decision_row, "approver", approver),
};
const struct fact_table write_off_decision_table =
    FACT_TABLE("write_off_decision", write_off_decision_row, write_off_decision_cols);

static const struct fact_col stock_count_cols[] = {
    FACT_COL(stock_count_row, "id", id),           FACT_COL(stock_count_row, "number", number),
    FACT_COL(stock_count_row, "place_id", place),  FACT_COL(stock_count_row, "note", note),
    FACT_COL(stock_count_row, "counter", counter), FACT_COL(stock_count_row, "at_ms", at),
};
const struct fact_table stock_count_table =
    FACT_TABLE("stock_count", stock_count_row, stock_count_cols);

static const struct fact_col count_line_cols[] = {
    FACT_COL(count_line_row, "count_id", count),
    FACT_COL(count_line_row, "n", n),
    FACT_COL(count_line_row, "lot_id", lot),
    FACT_COL_OPTIONAL(count_line_row, "unit_id", unit),
    FACT_COL(count_line_row, "counted_milli", counted),
    FACT_COL(count_line_row, "ledger_milli", ledger),
    FACT_COL_OPTIONAL(count_line_row, "ledger_place_id", ledger_place),
    FACT_COL(count_line_row, "at_ms", at),
};
const struct fact_table count_line_table =
    FACT_TABLE("count_line", count_line_row, count_line_cols);

static const struct fact_col count_finish_cols[] = {
    FACT_COL(count_finish_row, "count_id", count),
    FACT_COL(count_finish_row, "note", note),
    FACT_COL(count_finish_row, "approver", approver),
    FACT_COL(count_finish_row, "counted", counted),
    FACT_COL(count_finish_row, "cases", cases),
};
const struct fact_table count_finish_table =
    FACT_TABLE("count_finish", count_finish_row, count_finish_cols);

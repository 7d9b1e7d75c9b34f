/* The fact tables of the stock: places, lots, pieces, moves. */
#include "inventory/stock.h"

static const struct fact_col place_cols[] = {
    FACT_COL(place_row, "id", id),           FACT_COL(place_row, "kind", kind),
    FACT_COL(place_row, "code", code),       FACT_COL(place_row, "name", name),
    FACT_COL(place_row, "guarded", guarded),
};
const struct fact_table place_table = FACT_TABLE("place", place_row, place_cols);

static const struct fact_col lot_cols[] = {
    FACT_COL(lot_row, "id", id),
    FACT_COL(lot_row, "product_id", product),
    FACT_COL_OPTIONAL(lot_row, "variant_id", variant),
    FACT_COL(lot_row, "code", code),
    FACT_COL(lot_row, "workshop_id", workshop),
    FACT_COL(lot_row, "made_day", made),
    FACT_COL(lot_row, "expires", expires),
    FACT_COL(lot_row, "expiry_day", expiry),
    FACT_COL(lot_row, "qty_milli", qty),
    FACT_COL(lot_row, "cost_known", cost_known),
    FACT_COL(lot_row, "unit_cost_rp", unit_cost),
    FACT_COL_OPTIONAL(lot_row, "key", key),
};
const struct fact_table lot_table = FACT_TABLE("lot", lot_row, lot_cols);

static const struct fact_col unit_cols[] = {
    FACT_COL(unit_row, "lot_id", lot),
    FACT_COL(unit_row, "no", no),
    FACT_COL(unit_row, "id", id),
    FACT_COL(unit_row, "code", code),
};
const struct fact_table unit_table = FACT_TABLE("unit", unit_row, unit_cols);

static const struct fact_col stock_move_cols[] = {
    FACT_COL(stock_move_row, "line", line),
    FACT_COL(stock_move_row, "lot_id", lot),
    FACT_COL_OPTIONAL(stock_move_row, "unit_id", unit),
    FACT_COL(stock_move_row, "from_id", from),
    FACT_COL(stock_move_row, "to_id", to),
    FACT_COL(stock_move_row, "qty_milli", qty),
    FACT_COL(stock_move_row, "reason", reason),
    FACT_COL(stock_move_row, "doc_line", doc_line),
};
const struct fact_table stock_move_table =
    FACT_TABLE("stock_move", stock_move_row, stock_move_cols);

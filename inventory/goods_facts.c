/* The fact tables of the goods: families, products, prices. */
#include "inventory/goods.h"

static const struct fact_col family_cols[] = {
    FACT_COL(family_row, "code", code),
    FACT_COL(family_row, "name", name),
};
const struct fact_table family_table = FACT_TABLE("family", family_row, family_cols);

static const struct fact_col product_cols[] = {
    FACT_COL(product_row, "id", id),
    FACT_COL(product_row, "sku", sku),
    FACT_COL(product_row, "tracking", tracking),
    FACT_COL(product_row, "unit", unit),
};
const struct fact_table product_table = FACT_TABLE("product", product_row, product_cols);

static const struct fact_col product_rev_cols[] = {
    FACT_COL(product_rev_row, "product_id", product),
    FACT_COL(product_rev_row, "rev", rev),
    FACT_COL(product_rev_row, "name", name),
    FACT_COL(product_rev_row, "family", family),
    FACT_COL(product_rev_row, "workshop_id", workshop),
    FACT_COL(product_rev_row, "revenue_account", revenue_account),
    FACT_COL(product_rev_row, "shelf_life_days", shelf_life_days),
    FACT_COL(product_rev_row, "motif", motif),
    FACT_COL(product_rev_row, "technique", technique),
    FACT_COL(product_rev_row, "active", active),
};
const struct fact_table product_rev_table =
    FACT_TABLE("product_rev", product_rev_row, product_rev_cols);

static const struct fact_col variant_cols[] = {
    FACT_COL(variant_row, "id", id),         FACT_COL(variant_row, "product_id", product),
    FACT_COL(variant_row, "code", code),     FACT_COL(variant_row, "size", size),
    FACT_COL(variant_row, "colour", colour), FACT_COL(variant_row, "motif", motif),
};
const struct fact_table variant_table = FACT_TABLE("variant", variant_row, variant_cols);

static const struct fact_col price_cols[] = {
    FACT_COL(price_row, "product_id", product),
    FACT_COL(price_row, "id", id),
    FACT_COL_OPTIONAL(price_row, "variant_id", variant),
    FACT_COL(price_row, "price_rp", price),
    FACT_COL(price_row, "cost_known", cost_known),
    FACT_COL(price_row, "cost_rp", cost),
    FACT_COL(price_row, "approver", approver),
    FACT_COL(price_row, "valid_from_ms", valid_from),
};
const struct fact_table price_table = FACT_TABLE("price", price_row, price_cols);

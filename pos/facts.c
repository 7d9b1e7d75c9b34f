/* Every fact table of the program, and what opening its store needs. */
#include "pos/facts.h"

#include "embedded.h"
#include "inventory/document_no.h"
#include "inventory/goods.h"
#include "inventory/label_print.h"
#include "inventory/maker.h"
#include "inventory/material.h"
#include "inventory/photo.h"
#include "inventory/price_proposal.h"
#include "inventory/programme.h"
#include "inventory/stock.h"
#include "inventory/stock_case.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "inventory/work.h"
#include "inventory/write_off.h"
#include "pos/cart.h"
#include "pos/ledger.h"
#include "pos/sale.h"
#include "pos/setting.h"
#include "pos/staff.h"
#include "sql_names.h"

static const struct fact_table *const list[] = {
    &place_table,
    &family_table,
    &product_table,
    &product_rev_table,
    &variant_table,
    &price_table,
    &lot_table,
    &unit_table,
    &stock_move_table,
    &setting_table,
    &staff_table,
    &staff_rev_table,
    &account_table,
    &sale_table,
    &sale_line_table,
    &payment_table,
    &money_move_table,
    &cart_event_table,
    &receipt_copy_table,
    /* ---- numbers of papers ---- */
    &document_no_table,
    /* ---- photos and stories ---- */
    &photo_table,
    &photo_hidden_table,
    &product_story_table,
    /* ---- makers and prices ---- */
    &maker_table,
    &maker_look_table,
    &cost_sheet_table,
    &cost_sheet_line_table,
    &price_proposal_table,
    &price_decision_table,
    /* ---- materials and work ---- */
    &lot_cost_table,
    &material_receipt_table,
    &programme_table,
    &work_order_table,
    &work_state_table,
    &material_use_table,
    &work_share_table,
    &quality_check_table,
    &work_output_table,
    &unit_grade_table,
    /* ---- papers of the stock ---- */
    &transfer_table,
    &transfer_line_table,
    &transfer_receipt_table,
    &transfer_received_table,
    &stock_case_table,
    &case_close_table,
    &write_off_table,
    &write_off_line_table,
    &write_off_decision_table,
    &stock_count_table,
    &count_line_table,
    &count_finish_table,
    /* ---- labels ---- */
    &label_print_table,
    &label_print_line_table,
    &label_void_table,
};

const struct fact_tables program_facts = {.list = list, .count = LENGTH(list)};

struct store_options program_store(const char *where, enum store_profile profile)
{
    return (struct store_options){
        .where = where,
        .profile = profile,
        .queries = query_files,
        .query_files = query_files_count,
        .query_names = sql_names,
        .query_count = SQL_COUNT,
        .file = {.migrations = migration_files, .migration_count = migration_files_count},
        .server = {.migrations = server_migration_files,
                   .migration_count = server_migration_files_count,
                   .overrides = server_query_files,
                   .override_files = server_query_files_count},
        .tables = program_facts.list,
        .table_count = program_facts.count,
    };
}

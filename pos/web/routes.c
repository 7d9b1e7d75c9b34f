/* The table of all addresses. */
#include "pos/web/route.h"

#include "pos/web/api.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/first_admin_page.h"
#include "pos/web/health.h"
#include "pos/web/login_page.h"
#include "pos/web/phone.h"
#include "pos/web/static_files.h"
#include "pos/web/stock_pages.h"
#include "pos/web/till_pages.h"

enum {
    QUIET = ROUTE_NO_SESSION,
    STAFF = API_SALE_READERS,
    /* Those who read the books. */
    BOOKS = ROLE_TREASURER | ROLE_SUPERVISOR | ROLE_AUDITOR | ROLE_ADMIN,
};

const struct route routes[] = {
    /* ---- for everybody ---- */
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_POST, "/keluar", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, logout_do, NULL},
    {METHOD_POST, "/bahasa", ROUTE_PUBLIC, ROUTE_PAGE, 0, lang_inputs, lang_do, NULL},
    {METHOD_GET, "/sehat", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, health_text, NULL},
    {METHOD_GET, "/healthz", ROUTE_PUBLIC, ROUTE_JSON, QUIET, NULL, health_json, NULL},
    {METHOD_GET, "/robots.txt", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, robots_text, NULL},
    {METHOD_GET, "/favicon.ico", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, favicon, NULL},
    {METHOD_GET, "/s/{hash}/{name}", ROUTE_PUBLIC, ROUTE_FILE, QUIET, NULL, static_file, NULL},

    /* ---- for machines ---- */
    {METHOD_GET, "/api/v1/items/{code}", ROUTE_ANY_USER, ROUTE_JSON, ROUTE_DB, NULL, api_items_get,
     NULL},
    {METHOD_GET, "/api/v1/stock", STAFF, ROUTE_JSON, ROUTE_DB, api_stock_fields, api_stock_get,
     NULL},
    {METHOD_POST, "/api/v1/sales", ROLE_CASHIER, ROUTE_JSON,
     ROUTE_DB | ROUTE_KEYED | ROUTE_KEY_KEPT, NULL, api_sales_post, NULL},
    {METHOD_GET, "/api/v1/sales/{number}", STAFF, ROUTE_JSON, ROUTE_DB, NULL, api_sales_get, NULL},
    {METHOD_GET, "/api/v1/export/journal.jsonl", BOOKS, ROUTE_JSON, 0, NULL, api_export_journal,
     NULL},
    {METHOD_GET, "/api/v1/export/sales.csv", BOOKS, ROUTE_JSON, 0, NULL, api_export_sales, NULL},
    {METHOD_GET, "/api/v1/export/stock.csv", BOOKS, ROUTE_JSON, 0, NULL, api_export_stock, NULL},
    {METHOD_GET, "/api/v1/export/ledger.hledger", BOOKS, ROUTE_JSON, 0, NULL, api_export_ledger,
     NULL},

    /* ---- home, first administrator ---- */
    {METHOD_GET, "/", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, page_home, NULL},
    {METHOD_GET, "/mulai/{token}", ROUTE_PUBLIC, ROUTE_PAGE, 0, NULL, page_first_admin, NULL},
    {METHOD_POST, "/mulai/{token}", ROUTE_PUBLIC, ROUTE_PAGE, 0, first_admin_fields,
     page_first_admin_make, page_first_admin_again},

    /* ---- the till ---- */
    {METHOD_GET, "/kasir", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, till_fields, page_till, NULL},
    {METHOD_GET, "/kasir/pilih", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, NULL, page_till_choice, NULL},
    {METHOD_POST, "/kasir/pilih", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, till_choose_fields,
     page_till_choose, NULL},
    {METHOD_POST, "/kasir/pindai", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, till_scan_fields,
     page_till_scan, page_till},
    {METHOD_POST, "/kasir/baris", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, till_line_fields,
     page_till_line, page_till},
    {METHOD_POST, "/kasir/urung", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, NULL, page_till_undo,
     page_till},
    {METHOD_POST, "/kasir/batal", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, NULL, page_till_abandon,
     page_till},
    {METHOD_GET, "/kasir/bayar", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, pay_fields, page_pay, NULL},
    {METHOD_POST, "/kasir/bayar", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED | ROUTE_KEY_KEPT,
     pay_post_fields, page_pay_post, page_pay_again},
    {METHOD_GET, "/kasir/cek", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, pay_check_fields, page_pay_check,
     NULL},
    {METHOD_GET, "/kasir/selesai/{no}", TILL_PEOPLE, ROUTE_PAGE, ROUTE_DB, NULL, page_done, NULL},

    /* ---- receipts ---- */
    {METHOD_GET, "/struk", RECEIPT_READERS, ROUTE_PAGE, ROUTE_DB, receipts_fields, page_receipts,
     NULL},
    {METHOD_GET, "/struk/{no}.png", RECEIPT_READERS, ROUTE_FILE, ROUTE_DB, receipt_file_fields,
     page_receipt_png, NULL},
    {METHOD_GET, "/struk/{no}.pdf", RECEIPT_READERS, ROUTE_FILE, ROUTE_DB, receipt_file_fields,
     page_receipt_pdf, NULL},
    {METHOD_GET, "/struk/{no}", RECEIPT_READERS, ROUTE_PAGE, ROUTE_DB, receipt_fields, page_receipt,
     NULL},
    {METHOD_POST, "/struk/{no}/cetak", RECEIPT_PRINTERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     receipt_print_fields, page_receipt_print, NULL},
    {METHOD_GET, "/S/{tanda}", ROUTE_PUBLIC, ROUTE_PAGE, ROUTE_DB | ROUTE_ANY_CASE, NULL,
     page_receipt_public, NULL},

    /* ---- goods and stock ---- */
    {METHOD_GET, "/barang", DESK_STAFF, ROUTE_PAGE, ROUTE_DB, goods_inputs, goods_list, NULL},
    {METHOD_GET, "/barang/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, NULL, item_new_form, NULL},
    {METHOD_POST, "/barang/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, item_new_inputs,
     item_new, item_new_form},
    {METHOD_GET, "/barang/impor", DESK_PRICERS, ROUTE_PAGE, 0, NULL, import_form, NULL},
    {METHOD_POST, "/barang/impor", DESK_PRICERS, ROUTE_PAGE, ROUTE_DB | ROUTE_UPLOAD, import_inputs,
     import_check, import_form},
    {METHOD_POST, "/barang/impor/simpan", DESK_PRICERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     import_save_inputs, import_save, import_form},
    {METHOD_GET, "/barang/{sku}", DESK_STAFF, ROUTE_PAGE, ROUTE_DB, NULL, goods_item, NULL},
    {METHOD_GET, "/barang/{sku}/ubah", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, NULL, item_change_form,
     NULL},
    {METHOD_POST, "/barang/{sku}/ubah", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     item_change_inputs, item_change, item_change_form},
    {METHOD_GET, "/barang/{sku}/harga", DESK_COSTS, ROUTE_PAGE, ROUTE_DB, NULL, item_price_form,
     NULL},
    {METHOD_POST, "/barang/{sku}/harga", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     item_price_inputs, item_price, item_price_form},
    {METHOD_GET, "/barang/{sku}/biaya", DESK_COSTS, ROUTE_PAGE, ROUTE_DB, item_cost_asked,
     item_cost_form, NULL},
    {METHOD_POST, "/barang/{sku}/biaya", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     item_cost_inputs, item_cost, item_cost_form},
    {METHOD_GET, "/harga", DESK_COSTS, ROUTE_PAGE, ROUTE_DB, NULL, prices_list, NULL},
    {METHOD_GET, "/harga/{no}", DESK_COSTS, ROUTE_PAGE, ROUTE_DB, NULL, price_page, NULL},
    {METHOD_POST, "/harga/{no}/putusan", DESK_PRICERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     price_decide_inputs, price_decided, price_page},
    {METHOD_GET, "/stok", DESK_STAFF, ROUTE_PAGE, ROUTE_DB, stock_inputs, stock_list_page, NULL},

    /* ---- places, and papers of the stock ---- */
    {METHOD_GET, "/stok/tempat/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, NULL, place_new_form,
     NULL},
    {METHOD_POST, "/stok/tempat/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     place_new_inputs, place_new, place_new_form},
    {METHOD_GET, "/stok/tempat/{jenis}/{kode}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, place_inputs,
     place_page, NULL},
    {METHOD_GET, "/kirim", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, transfers_page, NULL},
    {METHOD_GET, "/kirim/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, NULL, transfer_form, NULL},
    {METHOD_POST, "/kirim/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, transfer_inputs,
     transfer_make, transfer_form},
    {METHOD_GET, "/kirim/{no}.pdf", DESK_LOTS, ROUTE_FILE, ROUTE_DB, NULL, transfer_paper, NULL},
    {METHOD_GET, "/kirim/{no}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, transfer_page, NULL},
    {METHOD_POST, "/kirim/{no}/terima", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     transfer_receive_inputs, transfer_got, transfer_page},
    {METHOD_GET, "/hitung", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, counts_page, NULL},
    {METHOD_POST, "/hitung", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, count_start_inputs,
     count_begin, counts_page},
    {METHOD_GET, "/hitung/{no}.pdf", DESK_LOTS, ROUTE_FILE, ROUTE_DB, NULL, count_paper, NULL},
    {METHOD_GET, "/hitung/{no}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, count_page, NULL},
    {METHOD_POST, "/hitung/{no}/tambah", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     count_add_inputs, count_more, count_page},
    {METHOD_POST, "/hitung/{no}/selesai", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     count_finish_inputs, count_end, count_page},
    {METHOD_GET, "/kasus", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, cases_page, NULL},
    {METHOD_GET, "/kasus/{no}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, case_page, NULL},
    {METHOD_POST, "/kasus/{no}", DESK_PRICERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, case_inputs,
     case_decide, case_page},
    {METHOD_GET, "/hapus", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, write_offs_page, NULL},
    {METHOD_GET, "/hapus/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, write_off_asked, write_off_form,
     NULL},
    {METHOD_POST, "/hapus/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, write_off_inputs,
     write_off_make, write_off_form},
    {METHOD_GET, "/hapus/{no}.pdf", DESK_LOTS, ROUTE_FILE, ROUTE_DB, NULL, write_off_paper, NULL},
    {METHOD_GET, "/hapus/{no}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, NULL, write_off_page, NULL},
    {METHOD_POST, "/hapus/{no}", DESK_PRICERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     write_off_decide_inputs, write_off_decided, write_off_page},

    /* ---- the workshop and its labels ---- */
    {METHOD_GET, "/produksi", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, lots_inputs, lots_list, NULL},
    {METHOD_GET, "/produksi/baru", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, receive_asked, receive_form,
     NULL},
    {METHOD_POST, "/produksi/baru", DESK_MAKERS, ROUTE_PAGE,
     ROUTE_DB | ROUTE_KEYED | ROUTE_KEY_KEPT, receive_inputs, receive_goods, receive_form},
    {METHOD_GET, "/produksi/{lot}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, lot_inputs, lot_page, NULL},
    {METHOD_GET, "/label/{lot}.pdf", DESK_LOTS, ROUTE_FILE, ROUTE_DB, label_pdf_inputs, label_pdf,
     NULL},
    {METHOD_GET, "/label/{lot}.png", DESK_LOTS, ROUTE_FILE, ROUTE_DB, label_png_inputs,
     label_picture, NULL},
    {METHOD_GET, "/label/{lot}", DESK_LOTS, ROUTE_PAGE, ROUTE_DB, label_inputs, label_page, NULL},
    {METHOD_GET, "/P/{kode}", ROUTE_PUBLIC, ROUTE_PAGE, ROUTE_DB | ROUTE_ANY_CASE, NULL,
     public_label, NULL},
    {METHOD_GET, "/01/{gtin}/21/{serial}", ROUTE_PUBLIC, ROUTE_PAGE, ROUTE_DB, NULL, public_link,
     NULL},

    /* ---- makers ---- */
    {METHOD_GET, "/perajin", DESK_MAKERS | ROLE_AUDITOR, ROUTE_PAGE, ROUTE_DB, NULL, makers_list,
     NULL},
    {METHOD_GET, "/perajin/baru", DESK_NAMES, ROUTE_PAGE, ROUTE_DB, NULL, maker_new_form, NULL},
    {METHOD_POST, "/perajin/baru", DESK_NAMES, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED, maker_new_inputs,
     maker_new, maker_new_form},
    {METHOD_GET, "/perajin/{kode}", DESK_MAKERS | ROLE_AUDITOR, ROUTE_PAGE, ROUTE_DB, NULL,
     maker_page, NULL},
    {METHOD_POST, "/perajin/{kode}/buka", DESK_NAMES, ROUTE_PAGE, ROUTE_DB, maker_open_inputs,
     maker_open, maker_page},
    {METHOD_POST, "/perajin/{kode}/data", DESK_NAMES, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     maker_file_inputs, maker_save, maker_file_again},

    /* ---- phones ---- */
    {METHOD_GET, "/m", PHONE_PEOPLE, ROUTE_PAGE, ROUTE_DB, NULL, phone_home, NULL},
    {METHOD_GET, "/m/qr.svg", DESK_MAKERS, ROUTE_FILE, 0, phone_qr_inputs, phone_qr, NULL},
    {METHOD_GET, "/m/hitung/{no}", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, phone_count_asked,
     phone_count, NULL},
    {METHOD_POST, "/m/hitung/{no}", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     phone_count_inputs, phone_count_scan, phone_count},
    {METHOD_GET, "/m/terima/{no}", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB, phone_receive_asked,
     phone_receive, NULL},
    {METHOD_POST, "/m/terima/{no}", DESK_MAKERS, ROUTE_PAGE, ROUTE_DB | ROUTE_KEYED,
     phone_receive_inputs, phone_receive_finish, phone_receive},
    {METHOD_GET, "/m/pindai", PHONE_PEOPLE, ROUTE_PAGE, ROUTE_DB, phone_scan_inputs, phone_scan,
     NULL},

    /* ---- the state's money ---- */
    {METHOD_GET, "/pnbp", DESK_MONEY, ROUTE_PAGE, ROUTE_DB, pnbp_inputs, pnbp_page, NULL},

    /* ---- administration and help ---- */
    {METHOD_GET, "/atur", DESK_ADMIN, ROUTE_PAGE, ROUTE_DB, NULL, admin_settings, NULL},
    {METHOD_POST, "/atur/setelan/{nama}", ROLE_ADMIN, ROUTE_PAGE, ROUTE_DB, setting_inputs,
     admin_setting, admin_settings},
    {METHOD_GET, "/atur/pengguna", DESK_ADMIN, ROUTE_PAGE, ROUTE_DB, NULL, users_list, NULL},
    {METHOD_POST, "/atur/pengguna", ROLE_ADMIN, ROUTE_PAGE, 0, user_new_inputs, user_new,
     users_list},
    {METHOD_GET, "/atur/pengguna/{login}", DESK_ADMIN, ROUTE_PAGE, ROUTE_DB, NULL, user_page, NULL},
    {METHOD_POST, "/atur/pengguna/{login}", ROLE_ADMIN, ROUTE_PAGE, ROUTE_DB, user_change_inputs,
     user_change, user_page},
    {METHOD_POST, "/atur/pengguna/{login}/sandi", ROLE_ADMIN, ROUTE_PAGE, 0, user_password_inputs,
     user_password, user_page},
    {METHOD_GET, "/atur/kunci", DESK_ADMIN, ROUTE_PAGE, ROUTE_DB, NULL, tokens_list, NULL},
    {METHOD_POST, "/atur/kunci", ROLE_ADMIN, ROUTE_PAGE, ROUTE_DB, token_new_inputs, token_new,
     tokens_list},
    {METHOD_POST, "/atur/kunci/cabut", ROLE_ADMIN, ROUTE_PAGE, ROUTE_DB, token_revoke_inputs,
     token_end, tokens_list},
    {METHOD_GET, "/bantuan", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, help_page, NULL},
    {METHOD_GET, NULL, 0, ROUTE_PAGE, 0, NULL, NULL, NULL},
};
const size_t routes_count = sizeof routes / sizeof routes[0] - 1;

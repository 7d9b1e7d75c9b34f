/* Handlers, input tables and view tables of the desk pages, for routes.c and pages.c. */
#ifndef WEB_DESK_PAGES_H
#define WEB_DESK_PAGES_H

#include "pos/web/form.h"
#include "pos/web/request.h"
#include "pos/web/tpl.h"

/* page_goods.c: /barang, /barang/{sku} */
extern const struct input goods_inputs[];
extern const struct tpl_field goods_fields[], item_fields[];
enum err goods_list(struct request *rq);
enum err goods_item(struct request *rq);

/* page_item.c: /barang/baru, /barang/{sku}/ubah */
extern const struct input item_new_inputs[], item_change_inputs[];
extern const struct tpl_field item_form_fields[];
enum err item_new_form(struct request *rq);
enum err item_new(struct request *rq);
enum err item_change_form(struct request *rq);
enum err item_change(struct request *rq);

/* page_price.c: /barang/{sku}/harga, /harga, /harga/{no} and its decision */
extern const struct input item_price_inputs[], price_decide_inputs[];
extern const struct tpl_field price_form_fields[], prices_fields[], price_one_fields[];
enum err item_price_form(struct request *rq);
enum err item_price(struct request *rq);
enum err prices_list(struct request *rq);
enum err price_page(struct request *rq);
enum err price_decided(struct request *rq);

/* page_cost.c: /barang/{sku}/biaya */
extern const struct input item_cost_asked[], item_cost_inputs[];
extern const struct tpl_field cost_fields[];
enum err item_cost_form(struct request *rq);
enum err item_cost(struct request *rq);

/* page_import.c: /barang/impor, /barang/impor/simpan */
extern const struct input import_inputs[], import_save_inputs[];
extern const struct tpl_field import_fields[];
enum err import_form(struct request *rq);
enum err import_check(struct request *rq);
enum err import_save(struct request *rq);

/* page_stock.c: /stok */
extern const struct input stock_inputs[];
extern const struct tpl_field stock_fields[];
enum err stock_list_page(struct request *rq);

/* page_receive.c: /produksi/baru */
extern const struct input receive_asked[], receive_inputs[];
extern const struct tpl_field receive_fields[];
enum err receive_form(struct request *rq);
enum err receive_goods(struct request *rq);

/* page_lot.c: /produksi, /produksi/{lot} */
extern const struct input lots_inputs[], lot_inputs[];
extern const struct tpl_field lots_fields[], lot_fields[];
enum err lots_list(struct request *rq);
enum err lot_page(struct request *rq);

/* page_public.c: /P/{kode}, /01/{gtin}/21/{serial} */
extern const struct tpl_field public_fields[], public_unknown_fields[];
enum err public_label(struct request *rq);
enum err public_link(struct request *rq);

/* page_pnbp.c: /pnbp */
extern const struct input pnbp_inputs[];
extern const struct tpl_field pnbp_fields[];
enum err pnbp_page(struct request *rq);

/* page_admin.c: /atur, /atur/unit/{nama} */
extern const struct input setting_inputs[];
extern const struct tpl_field settings_fields[];
enum err admin_settings(struct request *rq);
enum err admin_setting(struct request *rq);

/* page_users.c: /atur/pengguna, /atur/pengguna/{login} and what changes a person */
extern const struct input user_new_inputs[], user_change_inputs[], user_password_inputs[];
extern const struct tpl_field users_fields[], user_fields[];
enum err users_list(struct request *rq);
enum err user_new(struct request *rq);
enum err user_page(struct request *rq);
enum err user_change(struct request *rq);
enum err user_password(struct request *rq);

/* page_tokens.c: /atur/kunci */
extern const struct input token_new_inputs[], token_revoke_inputs[];
extern const struct tpl_field tokens_fields[];
enum err tokens_list(struct request *rq);
enum err token_new(struct request *rq);
enum err token_end(struct request *rq);

/* page_maker.c: /perajin, /perajin/baru, /perajin/{kode} and what opens and changes a file */
extern const struct input maker_open_inputs[], maker_new_inputs[], maker_file_inputs[];
extern const struct tpl_field makers_fields[], maker_fields[], maker_file_fields[];
enum err makers_list(struct request *rq);
enum err maker_new_form(struct request *rq);
enum err maker_new(struct request *rq);
enum err maker_page(struct request *rq);
enum err maker_open(struct request *rq);
enum err maker_save(struct request *rq);
enum err maker_file_again(struct request *rq);

/* page_help.c: /bantuan */
extern const struct tpl_field help_fields[];
enum err help_page(struct request *rq);

#endif

/* The phone pages over real sockets: counting is answered thing by thing, a lost answer counts
 * nothing twice, a delivery is ticked off in the address and written once, and who may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inventory/base/arena.h"
#include "inventory/label_print.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "people.h"
#include "pos/web/desk.h"
#include "pos/web/login_page.h"
#include "pos/web/phone.h"

static const struct route table[] = {
    {METHOD_GET, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_query_inputs, login_show, NULL},
    {METHOD_POST, "/masuk", ROUTE_PUBLIC, ROUTE_PAGE, 0, login_inputs, login_do, login_show},
    {METHOD_GET, "/siapa", ROUTE_ANY_USER, ROUTE_PAGE, 0, NULL, answer_who, NULL},
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
};

static struct shop shop;
static struct browser workshop, supervisor;
static struct label_code batik[3]; /* the second stands in the store, the third is on its way */
static struct label_code rings;    /* a counted lot of 100 */
static struct label_code box[2];   /* one piece: its label that is void, and the one in force */
static int keys;

#define SHOP_OK(call)                                                                              \
    do {                                                                                           \
        if ((call) != OK) {                                                                        \
            fail_msg("%s: %s", #call, shop.cx.why.text);                                           \
        }                                                                                          \
    } while (0)

static struct received make(const char *sku, const char *name, enum tracking tracking, int64_t n)
{
    struct product_new wanted = {.sku = sku,
                                 .name = name,
                                 .family = "kerajinan",
                                 .workshop = "Bengkel Uji",
                                 .tracking = tracking,
                                 .unit = tracking == TRACK_PIECE ? "potong" : "buah",
                                 .revenue_account = "425119",
                                 .motif = "",
                                 .technique = ""};
    struct goods_receive receive = {.qty = QTY_WHOLE(n)};
    struct received got;

    SHOP_OK(product_create(&receive.product, &shop.cx, &wanted));
    SHOP_OK(goods_receive(&got, &shop.cx, &receive));
    return got;
}

static void send(struct label_code code, struct place_id from, struct place_id to)
{
    struct transfer_made made;
    struct take take = {.code = code.text};

    SHOP_OK(transfer_send(
        &made, &shop.cx,
        &(struct transfer_new){.from = from, .to = to, .note = "", .takes = &take, .count = 1}));
}

static void make_goods(void)
{
    struct place showroom, store;
    struct document_no number;
    struct take take = {.code = batik[1].text};
    struct received got;
    struct label label;
    int32_t voided;
    size_t missing;

    SHOP_OK(place_of_kind(&showroom, &shop.cx, PLACE_SHOWROOM));
    SHOP_OK(place_of_kind(&store, &shop.cx, PLACE_STORE));
    got = make("BTK-001", "Kain batik", TRACK_PIECE, 3);
    memcpy(batik, got.codes, sizeof batik);
    rings = make("KRJ-001", "Gantungan kunci", TRACK_LOT, 100).lot_code;
    got = make("KRJ-002", "Kotak ukir", TRACK_PIECE, 1);
    box[0] = got.codes[0];
    SHOP_OK(label_void(
        &voided, &shop.cx,
        &(struct label_void_new){.lot = got.lot, .from = 1, .count = 1, .reason = "luntur"}));
    SHOP_OK(label_find(&label, &shop.cx, box[0]));
    box[1] = label.now;
    send(batik[1], showroom.id, store.id);
    snprintf(shop.cx.actor, sizeof shop.cx.actor, "%s", "penerima");
    SHOP_OK(transfer_receive(&missing, &shop.cx, "SJ-2026-0001", &take, 1, ""));
    snprintf(shop.cx.actor, sizeof shop.cx.actor, "%s", "pengirim");
    send(batik[2], showroom.id, store.id);
    SHOP_OK(count_start(&number, &shop.cx, showroom.id, ""));
    assert_string_equal(number.text, "SO-2026-0001");
}

static int open_shop(void **state)
{
    (void)state;
    shop_open(&shop, table, LENGTH(table), NULL);
    make_people(&shop);
    shop_take(&shop);
    make_goods();
    shop_give(&shop);
    workshop = sign_in(&shop, "bengkel");
    supervisor = sign_in(&shop, "penyelia");
    return 0;
}

static int close_shop(void **state)
{
    (void)state;
    shop_close(&shop);
    return 0;
}

/* POST with a key of its own, or `key` when it is not 0. */
static struct answer count(const char *code, const char *qty, int key)
{
    char body[400];

    snprintf(body, sizeof body, "csrf=%s&kunci=%032d&kode=%s&jumlah=%s", workshop.csrf,
             key ? key : ++keys, code, qty);
    return ask(&shop, "POST /m/hitung/SO-2026-0001", workshop.headers, body);
}

static int64_t pieces_counted(void)
{
    struct stock_count c;

    shop_take(&shop);
    SHOP_OK(count_get(&c, &shop.cx, "SO-2026-0001"));
    shop_give(&shop);
    return c.pieces;
}

static void see(const char *line, const char *part)
{
    struct answer a = ask(&shop, line, workshop.headers, NULL);

    expect(&a, 200, part);
    answer_done(&a);
}

/* The answer to a scan that was counted is a redirect; where it leads, the page says `part`. */
static void counted(const char *code, const char *qty, const char *part)
{
    struct answer a = count(code, qty, 0);
    char where[200], line[220];

    expect(&a, 303, NULL);
    assert_true(answer_header(&a, "Location", where, sizeof where));
    answer_done(&a);
    snprintf(line, sizeof line, "GET %s", where);
    see(line, part);
}

static void said(const char *code, const char *qty, const char *part, const char *sound)
{
    struct answer a = count(code, qty, 0);
    char mark[40];

    expect(&a, 200, part);
    snprintf(mark, sizeof mark, "data-sound=\"%s\"", sound);
    expect(&a, 200, mark);
    answer_done(&a);
}

static void scans_are_counted_once(void **state)
{
    struct answer first, again;
    char where[2][200];

    (void)state;
    /* The answer is lost and the phone sends the same again: the same answer, one piece. */
    first = count(batik[0].text, "", 777);
    again = count(batik[0].text, "", 777);
    expect(&first, 303, NULL);
    expect(&again, 303, NULL);
    assert_true(answer_header(&first, "Location", where[0], sizeof where[0]));
    assert_true(answer_header(&again, "Location", where[1], sizeof where[1]));
    assert_string_equal(where[0], where[1]);
    answer_done(&first);
    answer_done(&again);
    assert_int_equal(pieces_counted(), 1);
    /* The person scans it once more: that is another key, and is said. */
    said(batik[0].text, "", "sudah dihitung, tidak dihitung lagi", "again");
    assert_int_equal(pieces_counted(), 1);
    counted(batik[1].text, "", "menurut buku ada di");
    assert_int_equal(pieces_counted(), 2);
    said("BUKAN-LABEL", "", "bukan label kami", "bad");
    said("B000000000", "", "bukan label kami", "bad");
    assert_int_equal(pieces_counted(), 2);
    said(box[0].text, "", "label ini batal, tidak dihitung", "bad");
    assert_int_equal(pieces_counted(), 2);
    counted(box[1].text, "", "Kotak ukir dihitung");
    said(box[0].text, "", "label ini batal, tidak dihitung", "bad");
    said(box[1].text, "", "sudah dihitung, tidak dihitung lagi", "again");
    assert_int_equal(pieces_counted(), 3);
}

static void a_lot_is_asked_for_its_quantity(void **state)
{
    struct answer a;

    (void)state;
    counted(rings.text, "", "Berapa buah yang ada di sini?");
    said(rings.text, "2,5", "dihitung utuh", "bad");
    a = count(rings.text, "banyak", 0);
    expect(&a, 422, "Berapa buah yang ada di sini?"); /* asked again, with what was wrong */
    answer_done(&a);
    counted(rings.text, "99", "99 buah dicatat");
    counted(rings.text, "0", "0 buah dicatat");
    counted(rings.text, "98", "98 buah dicatat");
    see("GET /m/hitung/SO-2026-0001", "id=\"jumlah-lot\">1<");
    see("GET /m", "SO-2026-0001");
}

static void a_delivery_is_written_once(void **state)
{
    char line[300], body[400];
    struct answer a;

    (void)state;
    see("GET /m/terima/SJ-2026-0002", "dari 1 dipindai");
    snprintf(line, sizeof line, "GET /m/terima/SJ-2026-0002?kode=%s", batik[2].text);
    see(line, "Selesai, lengkap");
    snprintf(line, sizeof line, "GET /m/terima/SJ-2026-0002?kode=%s", box[0].text);
    see(line, "data-sound=\"bad\"");
    snprintf(line, sizeof line, "GET /m/terima/SJ-2026-0002?sudah=%s&kode=%s", batik[2].text,
             batik[0].text);
    see(line, "bukan bagian kiriman ini");
    /* Short, and no reason given: asked for, with all that was scanned still there. */
    snprintf(body, sizeof body, "csrf=%s&kunci=%032d&sudah=%s&alasan=", workshop.csrf, 9001,
             batik[0].text);
    a = ask(&shop, "POST /m/terima/SJ-2026-0002", workshop.headers, body);
    expect(&a, 422, "Tulis apa yang diketahui");
    expect(&a, 422, batik[0].text);
    answer_done(&a);
    snprintf(body, sizeof body, "csrf=%s&kunci=%032d&sudah=%s&alasan=hilang", supervisor.csrf, 9002,
             "");
    for (int i = 0; i < 2; i++) {
        a = ask(&shop, "POST /m/terima/SJ-2026-0002", supervisor.headers, body);
        expect(&a, 303, "Location: /m/terima/SJ-2026-0002\r\n");
        answer_done(&a);
    }
    see("GET /m/terima/SJ-2026-0002", "Kiriman ini sudah diterima");
    see("GET /m/terima/SJ-2026-0001", "Kiriman ini sudah diterima");
    snprintf(body, sizeof body, "csrf=%s&kunci=%032d&sudah=&alasan=lagi", workshop.csrf, 9003);
    a = ask(&shop, "POST /m/terima/SJ-2026-0002", workshop.headers, body);
    expect(&a, 409, "sudah diterima oleh penyelia");
    answer_done(&a);
}

static void an_address_becomes_a_symbol(void **state)
{
    static const char *const wrong[] = {"", "%2Fkasir", "https%3A%2F%2Flain.example%2Fm%2F",
                                        "%2Fm%2F..%2Fkasir", "%2Fm%2F%22%3E"};

    (void)state;
    see("GET /m/qr.svg?ke=%2Fm%2Fhitung%2FSO-2026-0001", "<svg xmlns=");
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        char line[200];

        snprintf(line, sizeof line, "GET /m/qr.svg?ke=%s", wrong[i]);
        assert_int_equal(status_of(&shop, line, workshop.headers, NULL), 422);
    }
}

static void a_finished_count_takes_nothing(void **state)
{
    struct answer a;
    size_t cases;

    (void)state;
    shop_take(&shop);
    SHOP_OK(count_finish(&cases, &shop.cx, "SO-2026-0001", "", false));
    shop_give(&shop);
    a = count(batik[2].text, "", 0);
    expect(&a, 409, "sudah diselesaikan");
    expect(&a, 409, "id=\"m-kabar\"");
    answer_done(&a);
    assert_int_equal(status_of(&shop, "GET /m/hitung/SO-2026-0077", workshop.headers, NULL), 404);
}

static void strangers_and_others_are_kept_out(void **state)
{
    struct browser cashier = sign_in(&shop, "kasir"), auditor = sign_in(&shop, "auditor");

    (void)state;
    assert_int_equal(status_of(&shop, "GET /m", cashier.headers, NULL), 200);
    assert_int_equal(status_of(&shop, "GET /m/hitung/SO-2026-0001", cashier.headers, NULL), 403);
    assert_int_equal(status_of(&shop, "GET /m", auditor.headers, NULL), 403);
    assert_int_equal(post(&shop, &auditor, "/m/hitung/SO-2026-0001", "&kode=X"), 403);
    assert_int_equal(post(&shop, &workshop, "/m/hitung/SO-2026-0001", "&kode=X"), 422);
    assert_int_equal(status_of(&shop, "GET /m/terima/SJ-2026-0001", "", NULL), 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_are_counted_once),
        cmocka_unit_test(a_lot_is_asked_for_its_quantity),
        cmocka_unit_test(a_delivery_is_written_once),
        cmocka_unit_test(an_address_becomes_a_symbol),
        cmocka_unit_test(a_finished_count_takes_nothing),
        cmocka_unit_test(strangers_and_others_are_kept_out),
    };

    return cmocka_run_group_tests(tests, open_shop, close_shop);
}

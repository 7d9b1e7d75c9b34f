/* Work that must be run again leaves what one run leaves: every kind of act, with the first commit
 * of each refused, lost, or without an answer. */
#include "tests/story.h"

#include "inventory/base/id.h"
#include "inventory/base/sbuf.h"
#include "inventory/fact.h"
#include "inventory/import.h"
#include "inventory/journal.h"
#include "inventory/maker.h"
#include "inventory/price_proposal.h"
#include "pos/cart.h"
#include "pos/print_job.h"
#include "pos/setting_names.h"
#include "pos/staff.h"
#include "tests/faulty.h"

enum { TRACE_MAX = 1024 * 1024 };

/* ---- every kind of act, once ---- */

struct scene {
    struct story story;
    struct product_id batik;
    struct received pieces;
    struct sale sale;
    struct print_job job;
    char token[TOKEN_TEXT_MAX];
};

static struct cart_scanned scan(struct scene *c, const char *text, int64_t seq)
{
    struct cart_scanned out;

    STORY_OK(&c->story,
             cart_scan(&out, &c->story.cx, text, (struct scan_mark){seq ? "a" : NULL, seq}));
    return out;
}

static void products(struct scene *c)
{
    c->batik = story_product(&c->story, "BTK-001", "Kain batik", TRACK_PIECE, 250000, 160000);
}

static void more_products(struct scene *c)
{
    story_product(&c->story, "KRJ-001", "Gantungan kunci", TRACK_LOT, 15000, 9000);
}

static void revised(struct scene *c)
{
    struct product_change change = {.name = "Kain batik tulis",
                                    .family = "kerajinan",
                                    .workshop = "Bengkel Kerajinan",
                                    .revenue_account = "425119",
                                    .motif = "",
                                    .technique = "",
                                    .active = true};

    STORY_OK(&c->story, product_revise(&c->story.cx, c->batik, &change));
}

static void variant(struct scene *c)
{
    struct variant_id id;

    STORY_OK(&c->story,
             variant_create(
                 &id, &c->story.cx,
                 &(struct variant_new){
                     .product = c->batik, .code = "L", .size = "L", .colour = "", .motif = ""}));
}

static void price(struct scene *c)
{
    STORY_OK(&c->story, price_set(&c->story.cx, &(struct price_new){.product = c->batik,
                                                                    .price = RUPIAH(260000),
                                                                    .cost_known = true,
                                                                    .cost = RUPIAH(160000)}));
}

static void pieces(struct scene *c)
{
    c->pieces = story_receive(&c->story, "BTK-001", QTY_WHOLE(3), 160000);
    assert_int_equal(c->pieces.piece_count, 3);
}

static void lot(struct scene *c)
{
    story_receive(&c->story, "KRJ-001", QTY_WHOLE(100), 9000);
}

static bool any_account(void *arg, const char *code)
{
    (void)arg;
    return *code != '\0';
}

static void list(struct scene *c)
{
    static const char file[] =
        "sku,name,family,workshop,tracking,unit,price_rp,cost_rp,revenue_account,shelf_life_days,"
        "motif_or_model,technique\n"
        "KRJ-001,Gantungan kunci,kerajinan,Bengkel Kerajinan,lot,buah,16000,9000,425119,,,\n"
        "KRJ-002,Gelang benang,kerajinan,Bengkel Kerajinan,lot,buah,5000,1800,425119,,,\n";
    const struct import_options options = {.account_known = any_account};
    struct import_report report;

    STORY_OK(&c->story, import_products(&report, &c->story.cx, file, sizeof file - 1, &options));
    assert_int_equal(report.created, 1);
    assert_int_equal(report.changed, 1);
    assert_true(report.written);
}

static void first_admin_link(struct scene *c)
{
    STORY_OK(&c->story, first_admin_token(c->token, &c->story.cx));
}

static void first_admin(struct scene *c)
{
    struct staff_new wanted = {"kepala", "Kepala Contoh", ROLE_ADMIN, "$hash$"};
    struct staff_id id;

    STORY_OK(&c->story, first_admin_create(&id, &c->story.cx, c->token, &wanted));
}

static void person(struct scene *c)
{
    struct staff_new wanted = {"kasir", "Rina Contoh", ROLE_CASHIER, "$hash$"};
    struct staff_id id;

    STORY_OK(&c->story, staff_create(&id, &c->story.cx, &wanted));
}

static void other_role(struct scene *c)
{
    STORY_OK(&c->story, staff_revise(&c->story.cx, "kasir", "Rina Contoh", ROLE_SUPERVISOR, true));
}

static void password(struct scene *c)
{
    STORY_OK(&c->story, staff_set_password(&c->story.cx, "kasir", "$other$"));
}

/* Counted once for each attempt, however often it was written down. */
static void wrong_password(struct scene *c)
{
    STORY_OK(&c->story, staff_login_note(&c->story.cx, "kasir", false));
}

static void setting(struct scene *c)
{
    STORY_OK(&c->story, setting_set(&c->story.cx, SET_UNIT_NAME, "Galeri Lain"));
}

static void scan_one(struct scene *c)
{
    assert_int_equal(scan(c, "3*KRJ-001", 1).qty.milli, 3000);
}

static void scan_more(struct scene *c)
{
    assert_int_equal(scan(c, "KRJ-001", 2).qty.milli, 4000);
}

static void scan_seen(struct scene *c)
{
    assert_int_equal(scan(c, "KRJ-001", 2).kind, CART_SEEN);
}

static void scan_piece(struct scene *c)
{
    assert_int_equal(scan(c, c->pieces.codes[0].text, 0).kind, CART_ADDED);
}

static void add(struct scene *c)
{
    struct cart_scanned out;
    struct product p;

    STORY_OK(&c->story, product_by_sku(&p, &c->story.cx, "KRJ-001"));
    STORY_OK(&c->story, cart_add(&out, &c->story.cx, p.id, QTY_WHOLE(1)));
    assert_int_equal(out.qty.milli, 5000);
}

static void one_more(struct scene *c)
{
    STORY_OK(&c->story, cart_line_more(&c->story.cx, 1));
}

static void one_less(struct scene *c)
{
    STORY_OK(&c->story, cart_line_less(&c->story.cx, 1));
}

static void set_line(struct scene *c)
{
    STORY_OK(&c->story, cart_line_set(&c->story.cx, 1, QTY_WHOLE(2)));
}

static void remove_line(struct scene *c)
{
    STORY_OK(&c->story, cart_line_remove(&c->story.cx, 1));
}

static void undo(struct scene *c)
{
    STORY_OK(&c->story, cart_undo(&c->story.cx));
}

/* The cart: two key rings and a cloth. */
static void sell_cart(struct scene *c)
{
    struct tender cash = {TENDER_CASH, RUPIAH(300000)};
    struct cart cart;
    bool again;

    STORY_OK(&c->story, cart_now(&cart, &c->story.cx));
    assert_int_equal(cart.count, 2);
    assert_int_equal(cart.total.rp, 2 * 16000 + 260000);
    STORY_OK(
        &c->story,
        sale_commit(&c->sale, &again, &c->story.cx,
                    &(struct sale_wanted){
                        .key = cart.key, .cart = cart.id, .tenders = &cash, .tender_count = 1}));
    assert_int_equal(c->sale.head.no, 1);
    assert_int_equal(c->sale.line_count, 2);
}

static void sell_list(struct scene *c)
{
    STORY_OK(&c->story, story_sell(&c->story, &c->sale, "list", "KRJ-001", QTY_WHOLE(5), 100000));
    assert_int_equal(c->sale.head.no, 2);
}

static void copy(struct scene *c)
{
    int32_t no;

    STORY_OK(&c->story, receipt_copy(&no, &c->story.cx, c->sale.id));
    assert_int_equal(no, 1);
}

static void job(struct scene *c)
{
    STORY_OK(&c->story, print_job_add(&c->job, &c->story.cx, c->sale.id, 0, "file"));
    assert_int_equal(c->job.number, 1);
}

static void job_fails(struct scene *c)
{
    const struct print_outcome outcome = {.device = DEVICE_FAILED, .path = "", .why = "Rusak."};

    STORY_OK(&c->story, print_job_end(&c->story.cx, c->job.id, &outcome));
}

static void job_taken(struct scene *c)
{
    bool taken;

    STORY_OK(&c->story, print_job_take(&taken, &c->story.cx, c->job.id));
    assert_true(taken);
}

static void job_seen(struct scene *c)
{
    STORY_OK(&c->story, print_job_seen(&c->story.cx, c->job.id));
}

static void scan_last(struct scene *c)
{
    scan(c, "KRJ-001", 0);
}

static void abandon(struct scene *c)
{
    STORY_OK(&c->story, cart_abandon(&c->story.cx));
}

static const struct maker_file somebody = {
    .name = "Orang Contoh",
    .register_no = "BI-1",
    .document_no = "",
    .active = true,
    .skills = {{"batik", "", "", {0}}},
    .skill_count = 1,
};

static void maker_in(struct scene *c)
{
    story_as(&c->story, "bengkel", ROLE_WORKSHOP, "1");
    STORY_OK(&c->story, maker_create(&c->story.cx, "W-03", &somebody));
}

static void maker_other(struct scene *c)
{
    STORY_OK(&c->story, maker_change(&c->story.cx, "W-03", &somebody));
}

static void maker_seen(struct scene *c)
{
    struct maker_file seen;

    STORY_OK(&c->story, maker_view(&seen, &c->story.cx, "W-03", "penugasan"));
    assert_int_equal(seen.skill_count, 1);
}

static void sheet(struct scene *c)
{
    const struct sheet_line lines[] = {{false, "kain", RUPIAH(110000)},
                                       {true, "listrik", RUPIAH(50000)}};
    struct cost_sheet out;

    STORY_OK(&c->story,
             cost_sheet_put(&out, &c->story.cx,
                            &(struct sheet_new){
                                .product = c->batik, .lines = lines, .line_count = 2, .note = ""}));
    assert_int_equal(out.total.rp, 160000);
}

static void proposed(struct scene *c)
{
    struct document_no no;

    STORY_OK(&c->story,
             price_propose(&no, &c->story.cx,
                           &(struct proposal_new){
                               .product = c->batik, .price = RUPIAH(275000), .basis = "pasar"}));
    assert_string_equal(no.text, "UH-2026-0001");
}

static void decided(struct scene *c)
{
    story_as(&c->story, "penyelia", ROLE_SUPERVISOR, "1");
    STORY_OK(&c->story, price_decide(&c->story.cx, "UH-2026-0001", true, ""));
}

static void (*const steps[])(struct scene *c) = {
    products,
    more_products,
    revised,
    variant,
    price,
    pieces,
    lot,
    list,
    setting,
    first_admin_link,
    first_admin,
    person,
    other_role,
    password,
    scan_one,
    scan_more,
    scan_seen,
    scan_piece,
    add,
    one_more,
    one_less,
    set_line,
    remove_line,
    undo,
    sell_cart,
    sell_list,
    copy,
    job,
    job_fails,
    job_taken,
    job_seen,
    scan_last,
    abandon,
    wrong_password,
    wrong_password,
    wrong_password,
    wrong_password,
    maker_in,
    maker_other,
    maker_seen,
    sheet,
    proposed,
    decided,
};

/* ---- what is left behind ---- */

/* Kind of each line and tables of its facts: ids and codes are made anew with each run. */
static enum err trace_line(void *arg, const struct journal_line *line)
{
    struct sbuf *out = arg;

    sbuf_format(out, "%lld %s", (long long)line->seq, line->kind);
    for (const char *at = strstr(line->body, "[\""); at; at = strstr(at + 1, "[\"")) {
        sbuf_format(out, " %.*s", (int)strcspn(at + 2, "\""), at + 2);
    }
    sbuf_char(out, '\n');
    return OK;
}

static enum err trace_work(struct ctx *cx, void *arg)
{
    return journal_read(cx, 0, 1000, trace_line, arg);
}

static void trace(struct sbuf *out, struct story *s)
{
    static const char *const kinds[] = {"till_drawer", "premi_owed", "production_fund"};
    struct print_job_list jobs;
    struct staff_login login;
    struct product_list all;
    struct cart cart;
    struct sale sale;

    sbuf_init(out, TRACE_MAX);
    STORY_OK(s, read_run(&s->cx, trace_work, out));
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        sbuf_format(out, "%s %lld\n", kinds[i], (long long)story_balance(s, kinds[i], "1"));
    }
    STORY_OK(s, product_page(&all, &s->cx, "", NULL, 100));
    for (size_t i = 0; i < all.count; i++) {
        sbuf_format(out, "%s %lld %lld\n", all.items[i].sku, (long long)all.items[i].on_hand.milli,
                    (long long)all.items[i].price.rp);
    }
    STORY_OK(s, sale_by_number(&sale, &s->cx, "1/632331/2026/000002"));
    STORY_OK(s, print_jobs_of_sale(&jobs, &s->cx, sale.id));
    STORY_OK(s, staff_login(&login, &s->cx, "kasir"));
    story_as(s, "admin", ROLE_ADMIN, "1");
    STORY_OK(s, cart_now(&cart, &s->cx));
    sbuf_format(out, "jobs %zu %s, cart %zu, wait %lld, hash %s\n", jobs.count,
                print_state_name(jobs.items[0].state), cart.count, (long long)login.wait_until.ms,
                login.hash);
}

static void play(struct sbuf *out, enum fault fault)
{
    struct scene c = {.token = ""};

    story_open_named(&c.story, "KEP-1990", __func__);
    faulty_begin(c.story.cx.db);
    for (size_t i = 0; i < LENGTH(steps); i++) {
        faulty_arm(fault, 1);
        steps[i](&c);
        if (fault != FAULT_NONE && faulty_left() != 0) {
            fail_msg("step %zu committed nothing", i);
        }
    }
    faulty_arm(FAULT_NONE, 0);
    trace(out, &c.story);
    faulty_end(c.story.cx.db);
    story_close(&c.story);
}

static void test_every_act_again(void **state)
{
    static const enum fault faults[] = {FAULT_BUSY, FAULT_LOST, FAULT_UNKNOWN_DONE,
                                        FAULT_UNKNOWN_NOT};
    struct sbuf once, again;

    (void)state;
    play(&once, FAULT_NONE);
    assert_non_null(strstr(sbuf_str(&once), "product.import"));
    for (size_t i = 0; i < LENGTH(faults); i++) {
        play(&again, faults[i]);
        assert_string_equal(sbuf_str(&again), sbuf_str(&once));
        sbuf_done(&again);
    }
    sbuf_done(&once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_act_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

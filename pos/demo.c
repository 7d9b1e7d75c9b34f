/* The demo showroom: users, catalogue, goods and ninety days of business hours, all through the
 * acts. */
#include "pos/demo.h"

#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/secret.h"
#include "inventory/goods.h"
#include "inventory/import.h"
#include "inventory/stock.h"
#include "pos/demo_papers.h"
#include "pos/demo_shelf.h"
#include "pos/pnbp/reference.h"
#include "pos/sale.h"
#include "pos/setting.h"
#include "pos/staff.h"

enum {
    OPEN_MIN = 8 * 60,        /* minutes of the local day */
    CLOSE_MIN = 16 * 60,      /* Monday to Friday */
    CLOSE_SATURDAY = 13 * 60, /* and half of Saturday */
    SALES_A_TILL_MIN = 3,
    SALES_A_TILL_SPREAD = 7,
    LINES_MAX = 4,
    DAY_ARENA_MAX = 64 * 1024 * 1024,
};

#define MINUTE_MS INT64_C(60000)

static const struct demo_user staff_list[] = {
    {.login = "kasir", .name = "Kasir Satu", .role = ROLE_CASHIER},
    {.login = "bengkel", .name = "Petugas Bengkel", .role = ROLE_WORKSHOP},
    {.login = "mitra", .name = "Toko Sinar Tarakan", .role = ROLE_PARTNER},
    {.login = "bendahara", .name = "Bendahara Penerimaan", .role = ROLE_TREASURER},
    {.login = "kepala", .name = "Kepala Seksi Kegiatan Kerja", .role = ROLE_SUPERVISOR},
    {.login = "auditor", .name = "Auditor", .role = ROLE_AUDITOR},
    {.login = "admin", .name = "Administrator", .role = ROLE_ADMIN},
    {.login = "kasir2", .name = "Kasir Dua", .role = ROLE_CASHIER},
    {.login = "kasir3", .name = "Kasir Tiga", .role = ROLE_CASHIER},
};

static const struct {
    const char *login, *till;
} cashiers[DEMO_TILLS] = {{"kasir", "1"}, {"kasir2", "2"}, {"kasir3", "3"}};

struct demo {
    struct ctx *cx;
    const struct demo_options *options;
    struct instant at; /* the demo's clock stands here */
    struct random random;
    struct shelf shelf;
    struct arena *arena; /* of the day */
};

static void act_as(struct demo *d, const char *actor, enum role role, const char *till)
{
    snprintf(d->cx->actor, sizeof d->cx->actor, "%s", actor);
    snprintf(d->cx->till, sizeof d->cx->till, "%s", till);
    d->cx->role = role;
}

/* ---- people ---- */

static void make_password(char out[DEMO_TEXT_MAX], const char *login)
{
    static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";
    uint8_t bytes[8];
    char tail[sizeof bytes + 1];

    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        tail[i] = alphabet[bytes[i] % (sizeof alphabet - 1)];
    }
    tail[sizeof bytes] = '\0';
    snprintf(out, DEMO_TEXT_MAX, "%s-%s", login, tail);
}

static enum err hire(struct demo *d, struct demo_user users[], size_t *count)
{
    char hash[PASSWORD_HASH_MAX];
    struct staff_id id;
    enum err e = OK;

    act_as(d, "system", ROLE_ADMIN, "");
    *count = LENGTH(staff_list);
    for (size_t i = 0; i < LENGTH(staff_list) && !e; i++) {
        users[i] = staff_list[i];
        make_password(users[i].password, users[i].login);
        if (!password_hash(hash, users[i].password)) {
            return ERR_IO;
        }
        e = staff_create(&id, d->cx,
                         &(struct staff_new){.login = users[i].login,
                                             .name = users[i].name,
                                             .role = users[i].role,
                                             .password_hash = hash});
    }
    return e;
}

/* ---- goods ---- */

static enum err stock_catalogue(struct demo *d)
{
    struct day today = instant_day(d->options->now, d->cx->site->zone);
    struct import_options how = {.account_known = revenue_account_known, .arg = &today};
    struct import_report report;
    enum err e;

    act_as(d, "kepala", ROLE_SUPERVISOR, "");
    e = import_products(&report, d->cx, d->options->products_csv, d->options->products_n, &how);
    if (e) {
        return e;
    }
    return shelf_load(&d->shelf, d->cx);
}

/* What a workshop brings: dear goods singly, small ones by the dozen; always enough for some days.
 */
static enum err restock(struct demo *d)
{
    act_as(d, "bengkel", ROLE_WORKSHOP, "");
    for (size_t i = 0; i < d->shelf.count; i++) {
        struct shelf_item *item = &d->shelf.items[i];
        enum err e;

        if (!shelf_is_low(item)) {
            continue;
        }
        d->at.ms += MINUTE_MS;
        if ((e = shelf_receive(item, d->cx, &d->random))) {
            return e;
        }
    }
    return OK;
}

/* ---- sales ---- */

/* A note or two on top, as people pay: the exact sum one time in three. */
static struct rupiah handed_over(struct demo *d, struct rupiah total)
{
    struct quick_sums sums = quick_sums(total);

    return sums.sums[random_below(&d->random, (int32_t)sums.count)];
}

static enum err sell(struct demo *d)
{
    struct sale_line_wanted lines[LINES_MAX];
    int32_t wanted = 1 + random_below(&d->random, LINES_MAX);
    struct rupiah total = RUPIAH(0);
    struct tender cash;
    struct sale sale;
    size_t n = 0;
    bool again;
    enum err e;

    for (int32_t i = 0; i < wanted; i++) {
        struct rupiah line;

        if (shelf_take(&lines[n], &line, &d->shelf, &d->random)) {
            total.rp += line.rp;
            n++;
        }
    }
    if (n == 0) {
        return OK;
    }
    cash = (struct tender){.kind = TENDER_CASH, .amount = handed_over(d, total)};
    e = sale_commit(&sale, &again, d->cx,
                    &(struct sale_wanted){.key = idem_id_new(d->at),
                                          .lines = lines,
                                          .line_count = n,
                                          .tenders = &cash,
                                          .tender_count = 1});
    /* Yesterday's fish is not for sale: that customer goes home, the fish stays in the book. */
    return e == ERR_REFUSED && strcmp(d->cx->why.slug, "expired") == 0 ? OK : e;
}

/* The moments of the day's sales, till by till, in order of time. */
struct moment {
    int32_t second; /* of the local day */
    int32_t till;
};

static int by_second(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;

    return (x->second > y->second) - (x->second < y->second);
}

static size_t plan_day(struct moment out[], struct demo *d, int32_t close_min)
{
    int32_t span = (close_min - OPEN_MIN) * 60;
    size_t n = 0;

    for (int32_t till = 0; till < DEMO_TILLS; till++) {
        int32_t sales = SALES_A_TILL_MIN + random_below(&d->random, SALES_A_TILL_SPREAD);

        for (int32_t i = 0; i < sales; i++) {
            out[n++] = (struct moment){.second = OPEN_MIN * 60 + random_below(&d->random, span),
                                       .till = till};
        }
    }
    qsort(out, n, sizeof *out, by_second);
    return n;
}

static enum err trade(struct demo *d, struct day day, int32_t close_min)
{
    struct moment moments[DEMO_TILLS * (SALES_A_TILL_MIN + SALES_A_TILL_SPREAD)];
    size_t n = plan_day(moments, d, close_min);
    struct instant morning = day_begins(day, d->cx->site->zone);
    enum err e = OK;

    for (size_t i = 0; i < n && !e; i++) {
        struct instant at = INSTANT(morning.ms + (int64_t)moments[i].second * 1000);

        if (at.ms >= d->options->now.ms) {
            break;
        }
        d->at = at.ms > d->at.ms ? at : d->at;
        act_as(d, cashiers[moments[i].till].login, ROLE_CASHIER, cashiers[moments[i].till].till);
        e = sell(d);
    }
    return e;
}

static enum err run_day(struct demo *d, struct day day, const struct holidays *holidays)
{
    int32_t weekday = day_weekday(day);
    int32_t close = weekday == 5 ? CLOSE_SATURDAY : CLOSE_MIN;
    struct instant opens =
        INSTANT(day_begins(day, d->cx->site->zone).ms + (OPEN_MIN - 60) * MINUTE_MS);
    enum err e;

    if (weekday == 6 || (weekday < 5 && !workday((struct workdays){holidays, day}, day))) {
        return OK;
    }
    if (opens.ms >= d->options->now.ms) {
        return OK;
    }
    d->at = opens.ms > d->at.ms ? opens : d->at;
    if ((e = restock(d))) {
        return e;
    }
    return trade(d, day, close);
}

static enum err run_days(struct demo *d)
{
    struct day today = instant_day(d->options->now, d->cx->site->zone);
    const struct holidays *holidays = &reference()->holidays;
    enum err e = OK;

    for (int32_t i = d->options->days - 1; i >= 0 && !e; i--) {
        struct arena *kept = d->cx->arena;

        d->cx->arena = arena_new(DAY_ARENA_MAX);
        e = run_day(d, DAY(today.since_1970 - i), holidays);
        arena_free(d->cx->arena);
        d->cx->arena = kept;
    }
    return e;
}

static enum err fill(struct demo *d, struct demo_user users[], size_t *count)
{
    static const struct site_new site = {
        .unit_name = "Galeri Karya Lapas Contoh",
        .unit_address = "Jalan Pembinaan 17",
        .unit_city = "Kota Contoh",
        .label_host = "GALERI.EXAMPLE",
        .split_rule = "KEP-1990",
        .receipt_footer = "Terima kasih. Setiap pembelian ikut membina.",
        .tills = DEMO_TILLS,
        .demo = true,
    };
    struct site_new wanted = site;
    enum err e;

    wanted.satker = d->cx->site->code;
    act_as(d, "system", ROLE_ADMIN, "");
    if ((e = site_init(d->cx, &wanted)) || (e = hire(d, users, count)) ||
        (e = stock_catalogue(d)) || (e = run_days(d))) {
        return e;
    }
    struct demo_stage stage = {.cx = d->cx, .at = &d->at};

    return (e = demo_workshop(&stage)) ? e : demo_stock_papers(&stage);
}

enum err demo_fill(struct demo_user users[DEMO_USERS_MAX], size_t *count, struct ctx *cx,
                   const struct demo_options *options)
{
    struct demo d = {.cx = cx, .options = options, .random = {options->seed}};
    const struct clock *clock = cx->clock;
    struct clock fixed = clock_fixed(&d.at);
    struct day today = instant_day(options->now, cx->site->zone);
    enum err e;

    static_assert(LENGTH(staff_list) <= DEMO_USERS_MAX, "room for every user");
    d.at = INSTANT(day_begins(DAY(today.since_1970 - options->days), cx->site->zone).ms +
                   OPEN_MIN * MINUTE_MS);
    cx->clock = &fixed;
    id_seed(options->seed);
    e = fill(&d, users, count);
    id_seed(0);
    cx->clock = clock;
    act_as(&d, "system", ROLE_ADMIN, "");
    shelf_free(&d.shelf);
    return e;
}

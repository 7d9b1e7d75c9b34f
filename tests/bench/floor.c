/* The floor: what a sale costs when a naive program writes its rows and does nothing else.
 *
 *     floor FILE PORT PRODUCTS [JOURNAL_BYTES]
 *
 * libmicrohttpd with a thread a connection, one SQLite connection in WAL with synchronous=FULL. The
 * tables have the columns and keys of ours, but no checks, no foreign keys and no triggers; nothing
 * is split, hashed, authorised or drawn.  A sale of four lines is 27 rows: sale, 4 lines, payment,
 * 4 stock moves, 4 stock levels, 5 money moves, 5 account levels, the day's totals, the counter of
 * numbers and a journal line.  That line holds the request, padded to JOURNAL_BYTES when they are
 * given, so that the floor can be asked for a journal as wide as ours.
 *
 * POST /api/v1/sales sells; GET /p?code=SKU looks a product up; GET /hello is the smallest answer.
 * It prints the port and ends with SIGTERM. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

enum {
    ID = 16,
    DIGEST = 32,
    LINES_MAX = 200,
    BODY_MAX = 64 * 1024,
    ANSWER_MAX = 1024,
    SKU_MAX = 33
};
enum { SHOWROOM = 1, CUSTOMER = 2, DRAWER = 11, CLEARING = 10, ACCOUNTS = 5, PRICE = 15000 };

static const char schema[] =
    "CREATE TABLE product (site TEXT, id BLOB, sku TEXT, name TEXT, price_rp INTEGER, lot_id BLOB,"
    " PRIMARY KEY (site, id), UNIQUE (site, sku)) WITHOUT ROWID;"
    "CREATE TABLE sale (site TEXT, act_id BLOB, number TEXT, epoch TEXT, year INTEGER, till TEXT,"
    " no INTEGER, business_day INTEGER, at_ms INTEGER, cashier TEXT, key BLOB, content BLOB,"
    " journal_seq INTEGER, line_count INTEGER, total_rp INTEGER, tendered_rp INTEGER,"
    " change_rp INTEGER, pnbp_rp INTEGER, premi_rp INTEGER, fund_rp INTEGER, cost_rp INTEGER,"
    " PRIMARY KEY (site, act_id), UNIQUE (site, key), UNIQUE (site, number)) WITHOUT ROWID;"
    "CREATE TABLE sale_line (site TEXT, act_id BLOB, line INTEGER, product_id BLOB, sku TEXT,"
    " name TEXT, unit_name TEXT, qty_milli INTEGER, price_id BLOB, price_rp INTEGER,"
    " total_rp INTEGER, cost_known INTEGER, cost_total_rp INTEGER, revenue_account TEXT, rule TEXT,"
    " rule_base TEXT, pnbp_bps INTEGER, premi_bps INTEGER, fund_bps INTEGER, base_rp INTEGER,"
    " pnbp_rp INTEGER, premi_rp INTEGER, fund_rp INTEGER, cost_back_rp INTEGER, loss INTEGER,"
    " PRIMARY KEY (site, act_id, line)) WITHOUT ROWID;"
    "CREATE TABLE payment (site TEXT, act_id BLOB, line INTEGER, kind TEXT, account_id BLOB,"
    " tendered_rp INTEGER, change_rp INTEGER, amount_rp INTEGER,"
    " PRIMARY KEY (site, act_id, line)) WITHOUT ROWID;"
    "CREATE TABLE stock_move (site TEXT, act_id BLOB, line INTEGER, lot_id BLOB, from_id BLOB,"
    " to_id BLOB, qty_milli INTEGER, reason TEXT, doc_line INTEGER,"
    " PRIMARY KEY (site, act_id, line)) WITHOUT ROWID;"
    "CREATE TABLE stock_now (site TEXT, place_id BLOB, product_id BLOB, lot_id BLOB,"
    " qty_milli INTEGER, PRIMARY KEY (site, place_id, product_id, lot_id)) WITHOUT ROWID;"
    "CREATE TABLE money_move (site TEXT, act_id BLOB, line INTEGER, from_id BLOB, to_id BLOB,"
    " amount_rp INTEGER, reason TEXT, PRIMARY KEY (site, act_id, line)) WITHOUT ROWID;"
    "CREATE TABLE account_now (site TEXT, account_id BLOB, balance_rp INTEGER,"
    " PRIMARY KEY (site, account_id)) WITHOUT ROWID;"
    "CREATE TABLE pnbp_daily (site TEXT, business_day INTEGER, revenue_account TEXT,"
    " lines INTEGER, gross_rp INTEGER, pnbp_rp INTEGER,"
    " PRIMARY KEY (site, business_day, revenue_account)) WITHOUT ROWID;"
    "CREATE TABLE sale_no_now (site TEXT, year INTEGER, till TEXT, last_no INTEGER,"
    " PRIMARY KEY (site, year, till)) WITHOUT ROWID;"
    "CREATE TABLE journal (site TEXT, epoch TEXT, seq INTEGER, id BLOB, kind TEXT, ver INTEGER,"
    " at_ms INTEGER, actor TEXT, till TEXT, body TEXT, prev_hash BLOB, hash BLOB,"
    " PRIMARY KEY (site, epoch, seq));"
    "CREATE UNIQUE INDEX journal_by_id ON journal (id);";

enum statement {
    PRODUCT,
    PRODUCT_PUT,
    SALE,
    SALE_LINE,
    PAYMENT,
    STOCK_MOVE,
    STOCK_NOW,
    MONEY_MOVE,
    ACCOUNT_NOW,
    DAILY,
    NUMBER,
    JOURNAL,
    STATEMENTS
};

static const char *const sql[STATEMENTS] = {
    [PRODUCT] = "SELECT id, name, price_rp, lot_id FROM product WHERE site = '999001' AND sku = ?1",
    [PRODUCT_PUT] = "INSERT INTO product VALUES ('999001',?1,?2,?3,?4,?5)",
    [SALE] = "INSERT INTO sale VALUES "
             "('999001',?1,?2,'A',2026,'1',?3,20779,?4,'kasir',?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,"
             "?15)",
    [SALE_LINE] = "INSERT INTO sale_line VALUES ('999001',?1,?2,?3,?4,?5,'buah',?6,?7,?8,?9,1,?10,"
                  "'425119','KEP-1990','PROFIT',1500,5000,3500,?11,?12,?13,?14,?15,0)",
    [PAYMENT] = "INSERT INTO payment VALUES ('999001',?1,1,'cash',?2,?3,?4,?5)",
    [STOCK_MOVE] = "INSERT INTO stock_move VALUES ('999001',?1,?2,?3,?4,?5,?6,'sale',?2)",
    [STOCK_NOW] = "INSERT INTO stock_now VALUES ('999001',?1,?2,?3,-?4) ON CONFLICT DO UPDATE SET "
                  "qty_milli = qty_milli + excluded.qty_milli",
    [MONEY_MOVE] = "INSERT INTO money_move VALUES ('999001',?1,?2,?3,?4,?5,'sale')",
    [ACCOUNT_NOW] = "INSERT INTO account_now VALUES ('999001',?1,?2) ON CONFLICT DO UPDATE SET "
                    "balance_rp = balance_rp + excluded.balance_rp",
    [DAILY] = "INSERT INTO pnbp_daily VALUES ('999001',20779,'425119',?1,?2,?3) ON CONFLICT DO "
              "UPDATE SET lines = lines + excluded.lines, gross_rp = gross_rp + excluded.gross_rp, "
              "pnbp_rp = pnbp_rp + excluded.pnbp_rp",
    [NUMBER] = "INSERT INTO sale_no_now VALUES ('999001',2026,'1',?1) ON CONFLICT DO UPDATE SET "
               "last_no = excluded.last_no",
    [JOURNAL] = "INSERT INTO journal VALUES ('999001','A',?1,?2,'sale',1,?3,'kasir','1',?4,?5,?6)",
};

static sqlite3 *db;
static sqlite3_stmt *statements[STATEMENTS];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int64_t sales;
static size_t journal_bytes;

static void stop(const char *what)
{
    fprintf(stderr, "floor: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
    exit(1);
}

static void exec(const char *text)
{
    if (sqlite3_exec(db, text, NULL, NULL, NULL)) {
        stop(text);
    }
}

/* Ids in order of time, as ours: the number first, then what stands for chance. */
static void make_id(uint8_t out[ID], int64_t a, int64_t b)
{
    for (int i = 0; i < 8; i++) {
        out[i] = (uint8_t)(a >> (56 - 8 * i));
        out[8 + i] = (uint8_t)(((uint64_t)b * UINT64_C(0x9e3779b97f4a7c15)) >> (8 * i));
    }
}

/* Binds and runs.  In `kinds`: t text, i integer, b an id, h a digest. */
static void put(enum statement which, const char *kinds, ...)
{
    sqlite3_stmt *st = statements[which];
    va_list args;

    va_start(args, kinds);
    for (int i = 0; kinds[i]; i++) {
        if (kinds[i] == 'i') {
            sqlite3_bind_int64(st, i + 1, va_arg(args, int64_t));
        } else if (kinds[i] == 't') {
            sqlite3_bind_text(st, i + 1, va_arg(args, const char *), -1, SQLITE_STATIC);
        } else {
            sqlite3_bind_blob(st, i + 1, va_arg(args, const uint8_t *),
                              kinds[i] == 'b' ? ID : DIGEST, SQLITE_STATIC);
        }
    }
    va_end(args);
    if (sqlite3_step(st) != SQLITE_DONE) {
        stop(sql[which]);
    }
    sqlite3_reset(st);
}

/* ---- a sale ---- */

struct line {
    char sku[SKU_MAX];
    uint8_t product[ID], lot[ID];
    char name[80];
    int64_t price;
};

/* Every "code":"..." of the request. */
static int read_lines(struct line lines[], const char *body)
{
    static const char mark[] = "\"code\":\"";
    int n = 0;

    while (n < LINES_MAX && (body = strstr(body, mark))) {
        size_t length;

        body += sizeof mark - 1;
        length = strcspn(body, "\"");
        length = length < SKU_MAX ? length : SKU_MAX - 1;
        memcpy(lines[n].sku, body, length);
        lines[n++].sku[length] = '\0';
    }
    return n;
}

static bool find(struct line *line)
{
    sqlite3_stmt *st = statements[PRODUCT];
    bool found;

    sqlite3_bind_text(st, 1, line->sku, -1, SQLITE_STATIC);
    found = sqlite3_step(st) == SQLITE_ROW;
    if (found) {
        memcpy(line->product, sqlite3_column_blob(st, 0), ID);
        snprintf(line->name, sizeof line->name, "%s", (const char *)sqlite3_column_text(st, 1));
        line->price = sqlite3_column_int64(st, 2);
        memcpy(line->lot, sqlite3_column_blob(st, 3), ID);
    }
    sqlite3_reset(st);
    return found;
}

static void put_goods(const uint8_t act[ID], struct line lines[], int n)
{
    uint8_t showroom[ID], customer[ID];

    make_id(showroom, SHOWROOM, SHOWROOM);
    make_id(customer, CUSTOMER, CUSTOMER);
    for (int i = 0; i < n; i++) {
        const struct line *l = &lines[i];
        int64_t at = i + 1, one = 1000, base = l->price * 2 / 5, cost = l->price - base;

        put(SALE_LINE, "bibttibiiiiiiii", act, at, l->product, l->sku, l->name, one, l->product,
            l->price, l->price, cost, base, base * 15 / 100, base / 2,
            base - base * 15 / 100 - base / 2, cost);
        put(STOCK_MOVE, "bibbbi", act, at, l->lot, showroom, customer, one);
        put(STOCK_NOW, "bbbi", showroom, l->product, l->lot, one);
    }
}

static void put_money(const uint8_t act[ID], int64_t total)
{
    uint8_t clearing[ID], account[ID];

    make_id(clearing, CLEARING, CLEARING);
    for (int64_t i = 0; i < ACCOUNTS; i++) {
        int64_t amount = i == 0 ? total : total / (i + 1);

        make_id(account, DRAWER + i, DRAWER + i);
        put(MONEY_MOVE, "bibbi", act, i + 1, i ? account : clearing, i ? clearing : account,
            amount);
        put(ACCOUNT_NOW, "bi", account, i ? -amount : amount);
        if (i == 0) {
            put(PAYMENT, "bbiii", act, account, total, (int64_t)0, total);
        }
    }
}

static void put_sale(const uint8_t act[ID], const char *number, int n, int64_t total)
{
    static const uint8_t digest[DIGEST];
    uint8_t key[ID];
    int64_t base = total * 2 / 5, none = 0;

    make_id(key, (int64_t)((uint64_t)sales * UINT64_C(0xbf58476d1ce4e5b9)), sales);
    put(SALE, "btiibhiiiiiiiii", act, number, sales, INT64_C(1795347725000) + sales, key, digest,
        sales, (int64_t)n, total, total, none, base * 15 / 100, base / 2,
        base - base * 15 / 100 - base / 2, total - base);
    put(DAILY, "iii", (int64_t)n, total, base * 15 / 100);
    put(NUMBER, "i", sales);
}

static void put_journal(const uint8_t act[ID], const char *body)
{
    static const uint8_t digest[DIGEST];
    static char wide[BODY_MAX];
    size_t n = strlen(body);

    if (journal_bytes > n && journal_bytes < sizeof wide) {
        memset(wide, 'x', journal_bytes);
        memcpy(wide, body, n);
        body = wide;
    }
    put(JOURNAL, "ibithh", sales, act, INT64_C(1795347725000) + sales, body, digest, digest);
}

static int sell(char out[ANSWER_MAX], const char *body)
{
    static struct line lines[LINES_MAX];
    uint8_t act[ID];
    char number[40];
    int64_t total = 0;
    int n = read_lines(lines, body);

    for (int i = 0; i < n; i++) {
        if (!find(&lines[i])) {
            snprintf(out, ANSWER_MAX, "{\"unknown\":\"%.32s\"}", lines[i].sku);
            return 422;
        }
        total += lines[i].price;
    }
    sales++;
    make_id(act, INT64_C(1795347725000) + sales, sales);
    snprintf(number, sizeof number, "1/999001/2026/%06lld", (long long)sales);
    exec("BEGIN IMMEDIATE");
    put_sale(act, number, n, total);
    put_goods(act, lines, n);
    put_money(act, total);
    put_journal(act, body);
    exec("COMMIT");
    snprintf(out, ANSWER_MAX, "{\"number\":\"%s\",\"total_rp\":%lld}", number, (long long)total);
    return 201;
}

static int look_up(char out[ANSWER_MAX], const char *code)
{
    struct line line = {.price = 0};

    snprintf(line.sku, sizeof line.sku, "%s", code ? code : "");
    if (!find(&line)) {
        snprintf(out, ANSWER_MAX, "{\"unknown\":\"%s\"}", line.sku);
        return 404;
    }
    snprintf(out, ANSWER_MAX, "{\"sku\":\"%s\",\"name\":\"%s\",\"price_rp\":%lld}", line.sku,
             line.name, (long long)line.price);
    return 200;
}

/* ---- HTTP ---- */

struct upload {
    size_t n;
    char body[BODY_MAX];
};

static enum MHD_Result answer(struct MHD_Connection *c, int status, const char *text)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text,
                                                             MHD_RESPMEM_MUST_COPY);
    enum MHD_Result queued = MHD_queue_response(c, (unsigned)status, r);

    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result handle(struct MHD_Connection *c, const char *url, const char *body)
{
    char out[ANSWER_MAX] = "ok";
    int status = 200;

    if (strcmp(url, "/hello") != 0) {
        pthread_mutex_lock(&turn);
        status = strcmp(url, "/p") == 0
                     ? look_up(out, MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "code"))
                     : sell(out, body);
        pthread_mutex_unlock(&turn);
    }
    return answer(c, status, out);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *n, void **place)
{
    struct upload *up = *place;

    (void)arg;
    (void)method;
    (void)version;
    if (!up) {
        *place = calloc(1, sizeof *up);
        return *place ? MHD_YES : MHD_NO;
    }
    if (*n > 0) {
        if (*n >= sizeof up->body - up->n) {
            return MHD_NO;
        }
        memcpy(up->body + up->n, bytes, *n);
        up->n += *n;
        *n = 0;
        return MHD_YES;
    }
    return handle(c, url, up->body);
}

static void on_completed(void *arg, struct MHD_Connection *c, void **place,
                         enum MHD_RequestTerminationCode code)
{
    (void)arg;
    (void)c;
    (void)code;
    free(*place);
    *place = NULL;
}

/* ---- start ---- */

static void open_file(const char *path, int64_t products)
{
    if (sqlite3_open(path, &db)) {
        stop(path);
    }
    exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    exec(schema);
    for (int i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &statements[i], NULL)) {
            stop(sql[i]);
        }
    }
    exec("BEGIN");
    for (int64_t i = 1; i <= products; i++) {
        uint8_t id[ID], lot[ID];
        char sku[SKU_MAX], name[80];

        make_id(id, INT64_C(1790000000000) + i, i);
        make_id(lot, INT64_C(1791000000000) + i, i);
        snprintf(sku, sizeof sku, "BRG-%05lld", (long long)i);
        snprintf(name, sizeof name, "Barang contoh nomor %05lld dari bengkel", (long long)i);
        put(PRODUCT_PUT, "bttib", id, sku, name, (int64_t)PRICE, lot);
    }
    exec("COMMIT");
}

/* Loopback only. */
static struct MHD_Daemon *listen_on(uint16_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL,
        NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
}

int main(int argc, char **argv)
{
    struct MHD_Daemon *daemon;
    sigset_t ends;
    int got;

    if (argc < 4) {
        fprintf(stderr, "usage: floor FILE PORT PRODUCTS [JOURNAL_BYTES]\n");
        return 2;
    }
    journal_bytes = argc > 4 ? strtoul(argv[4], NULL, 10) : 0;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    open_file(argv[1], strtoll(argv[3], NULL, 10));
    if (!(daemon = listen_on((uint16_t)strtoul(argv[2], NULL, 10)))) {
        stop("cannot listen");
    }
    printf("%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    sigwait(&ends, &got);
    MHD_stop_daemon(daemon);
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(statements[i]);
    }
    return sqlite3_close(db) ? 1 : 0;
}

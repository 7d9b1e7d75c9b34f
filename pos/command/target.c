/* Building a showroom anew in another store. */
#include "pos/command/target.h"

#include "inventory/base/refuse.h"
#include "inventory/journal.h"
#include "pos/facts.h"
#include "pos/setting.h"
#include "sql_names.h"

enum { TOLD_EACH = 10000 };

/* ---- what is there ---- */

static enum err say_taken(struct target *t, const char *holds, struct why *why)
{
    return why_say(why, ERR_CONFLICT, "target-taken",
                   "Tujuan %s sudah berisi %s. Pilih tujuan yang kosong; yang ada tidak diubah.",
                   store_about(t->store).where, holds);
}

static enum err say_begun(struct target *t, struct why *why)
{
    return why_say(why, ERR_CONFLICT, "target-begun",
                   "Tujuan %s berisi sebagian jurnal ini, dari penyalinan yang terputus. Lanjutkan "
                   "dengan etalase copy, atau pilih tujuan yang kosong.",
                   store_about(t->store).where);
}

/* Journals of the target: none, or, for a copy that goes on, ours alone. */
static enum err check_streams(struct target *t, bool begun, struct why *why)
{
    struct stmt *st = db_stmt(t->cx.db, SQL_JOURNAL_STREAMS);
    const struct site *site = t->cx.site;
    bool ours = false, others = false;
    enum err e;

    while (stmt_row(st, &e)) {
        bool same = strcmp(col_text(st, "site"), site->code) == 0 &&
                    strcmp(col_text(st, "epoch"), site->epoch) == 0;

        ours = ours || same;
        others = others || !same;
    }
    if (e) {
        db_explain(t->cx.db, e, why);
        return e;
    }
    if (others) {
        return say_taken(t, "jurnal etalase lain", why);
    }
    return ours && !begun ? say_begun(t, why) : OK;
}

static enum err check_empty(struct target *t, bool begun, struct why *why)
{
    struct site there;
    enum err e = db_begin(t->cx.db, DB_READ);

    if (!e) {
        e = site_load(&there, &t->cx);
    }
    if (e && e != ERR_NOT_FOUND) {
        db_explain(t->cx.db, e, why);
    } else if (!e) {
        e = say_taken(t, "sebuah etalase", why);
    } else {
        e = check_streams(t, begun, why);
    }
    db_rollback(t->cx.db);
    return e;
}

enum err target_open(struct target *target, const struct shop *from, const char *where, bool begun,
                     struct why *why)
{
    struct store_options options = program_store(where, STORE_FILLING);
    enum err e;

    *target = (struct target){.cx = from->cx};
    options.pool = 1;
    if ((e = store_open(&target->store, &options, why))) {
        return e;
    }
    target->cx.db = store_take(target->store);
    return check_empty(target, begun, why);
}

void target_close(struct target *target)
{
    if (target->store) {
        store_give(target->store, target->cx.db);
        store_close(target->store);
    }
    *target = (struct target){.store = NULL};
}

/* ---- filling it ---- */

struct told {
    int64_t last, of;
};

static void tell(void *arg, int64_t seq)
{
    struct told *told = arg;

    if (seq - told->last >= TOLD_EACH) {
        fprintf(stderr, "%lld dari %lld baris jurnal\n", (long long)seq, (long long)told->of);
        told->last = seq;
    }
}

/* A store is settled by its owner, not by the one who holds its connection. */
static enum err settle(struct target *t, struct why *why)
{
    enum err e;

    store_give(t->store, t->cx.db);
    e = store_settle(t->store, why);
    t->cx.db = store_take(t->store);
    return e;
}

enum err target_fill(struct target *target, struct shop *from, struct why *why)
{
    struct journal_head head;
    struct told told = {.last = 0};
    enum err e = journal_head(&head, &from->cx);

    if (e) {
        db_explain(from->cx.db, e, why);
        return e;
    }
    told.of = head.seq;
    from->cx.why = (struct why){.code = OK};
    if ((e = journal_rebuild(&target->cx, &from->cx, &program_facts,
                             &(struct journal_told){tell, &told}))) {
        *why = from->cx.why;
        return e;
    }
    return settle(target, why);
}

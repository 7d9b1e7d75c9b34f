/* Who worked on an order: makers by their codes, with hours or shares. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/maker.h"
#include "inventory/work_parts.h"
#include "sql_names.h"

enum { WHOLE_BPS = 10000, REASON_LEAST = 3 };

void work_shares_of_hours(struct work_share *shares, size_t count)
{
    int64_t hours = 0, given = 0;
    int64_t rest[WORK_SHARES_MAX];

    for (size_t i = 0; i < count; i++) {
        hours += shares[i].hours.milli;
    }
    if (hours <= 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const int64_t part = shares[i].hours.milli * WHOLE_BPS;

        shares[i].share_bps = (int32_t)(part / hours);
        rest[i] = part % hours;
        given += shares[i].share_bps;
    }
    for (; given < WHOLE_BPS; given++) {
        size_t most = 0;

        for (size_t i = 1; i < count; i++) {
            most = rest[i] > rest[most] ? i : most;
        }
        shares[most].share_bps++;
        rest[most] = -1;
    }
}

struct put {
    const char *number;
    const struct work_share *given;
    size_t count;
    struct work_share shares[WORK_SHARES_MAX];
    struct work_order work;
};

static enum err check_maker(struct ctx *cx, const struct work_share *s)
{
    struct maker_standing standing;
    char until[DATE_TEXT_MAX];
    enum err e = maker_standing(&standing, cx, s->maker, instant_day(act_at(cx), cx->site->zone));

    if (e) {
        return e;
    }
    if (!standing.known) {
        return refuse_field(cx, ERR_INVALID, "maker-unknown", "shares",
                            _("Kode perajin %.12s tidak ada. Daftarkan dulu di halaman Perajin."),
                            s->maker);
    }
    if ((standing.active && !standing.passed) || strlen(s->reason) >= REASON_LEAST) {
        return OK;
    }
    if (!standing.active) {
        return refuse_field(cx, ERR_REFUSED, "maker-passed", "shares",
                            _("%s tidak aktif lagi. Keluarkan dari daftar, atau tulis alasannya di "
                              "belakang angkanya."),
                            s->maker);
    }
    day_text(until, standing.until, cx->lang);
    return refuse_field(cx, ERR_REFUSED, "maker-passed", "shares",
                        _("Izin bekerja %s tidak berlaku (sampai %s). Keluarkan dari daftar, atau "
                          "tulis alasannya di belakang angkanya."),
                        s->maker, until);
}

static enum err check_total(struct put *p, struct ctx *cx)
{
    int64_t bps = 0, hours = 0;

    for (size_t i = 0; i < p->count; i++) {
        bps += p->shares[i].share_bps;
        hours += p->shares[i].hours.milli;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(p->shares[k].maker, p->shares[i].maker) == 0) {
                return refuse_field(cx, ERR_INVALID, "shares-twice", "shares",
                                    _("%s disebut dua kali. Gabungkan menjadi satu baris."),
                                    p->shares[i].maker);
            }
        }
    }
    if (hours > 0 && bps == 0) {
        work_shares_of_hours(p->shares, p->count);
        return OK;
    }
    if (bps != WHOLE_BPS) {
        return refuse_field(cx, ERR_INVALID, "shares-total", "shares",
                            _("Jumlah bagian harus 100 %%, sekarang %d,%02d %%. Ubah bagiannya."),
                            (int)(bps / 100), (int)(bps % 100));
    }
    return OK;
}

static enum err next_rev(int32_t *rev, struct ctx *cx, struct work_order_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_WORK_SHARE_REV);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":work", id.bytes);
    e = stmt_one(st);
    *rev = e ? 1 : (int32_t)col_int(st, "rev") + 1;
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err shares_work(struct ctx *cx, void *arg)
{
    struct put *p = arg;
    int32_t rev;
    enum err e =
        work_open(&p->work, cx, p->number,
                  WORK_STATE(WORK_PLANNED) | WORK_STATE(WORK_RUNNING) | WORK_STATE(WORK_CHECKED));

    if (e) {
        return e;
    }
    if (p->count == 0 || p->count > WORK_SHARES_MAX) {
        return refuse_field(cx, ERR_INVALID, "shares-none", "shares",
                            _("Tulis 1 sampai %d perajin, satu kode satu baris."), WORK_SHARES_MAX);
    }
    memcpy(p->shares, p->given, p->count * sizeof *p->given);
    e = check_total(p, cx);
    for (size_t i = 0; i < p->count && !e; i++) {
        e = check_maker(cx, &p->shares[i]);
    }
    if (e || (e = next_rev(&rev, cx, p->work.id))) {
        return e;
    }
    for (size_t i = 0; i < p->count && !e; i++) {
        e = fact_put(cx, &work_share_table,
                     &(struct work_share_row){.work_order = p->work.id,
                                              .rev = rev,
                                              .line = (int32_t)i + 1,
                                              .maker = p->shares[i].maker,
                                              .hours = p->shares[i].hours,
                                              .share_bps = p->shares[i].share_bps,
                                              .reason = p->shares[i].reason});
    }
    return e;
}

enum err work_shares_put(struct ctx *cx, const char *number, const struct work_share *shares,
                         size_t count)
{
    struct put *p = ARENA_ARRAY(cx->arena, struct put, 1);

    p->number = number;
    p->given = shares;
    p->count = count;
    return act_run(cx, "work.shares", 1, shares_work, p);
}

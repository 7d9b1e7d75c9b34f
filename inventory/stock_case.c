/* Cases: opened by other acts, listed, and closed by a decision that makes the moves. */
#include "inventory/stock_case.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/stock_doc.h"
#include "inventory/stock_take_parts.h"
#include "sql_names.h"

static const char *const kind_names[] = {
    [CASE_TRANSFER_SHORT] = "transfer_short",
    [CASE_COUNT_SHORT] = "count_short",
    [CASE_COUNT_OVER] = "count_over",
    [CASE_COUNT_ELSEWHERE] = "count_elsewhere",
    [CASE_NEGATIVE] = "negative",
    [CASE_FINDING] = "finding",
};
static const char *const choice_names[] = {
    [CHOICE_ARRIVED] = "arrived", [CHOICE_BACK] = "back",   [CHOICE_LOST] = "lost",
    [CHOICE_DAMAGED] = "damaged", [CHOICE_MOVED] = "moved", [CHOICE_BOOKED] = "booked",
    [CHOICE_STAYS] = "stays",
};

const char *case_kind_name(enum case_kind kind)
{
    return kind_names[kind];
}

const char *case_choice_name(enum case_choice choice)
{
    return choice_names[choice];
}

bool case_choice_from_name(enum case_choice *out, const char *name)
{
    for (size_t i = 0; i < LENGTH(choice_names); i++) {
        if (strcmp(choice_names[i], name) == 0) {
            *out = (enum case_choice)i;
            return true;
        }
    }
    return false;
}

#define CHOICE(c) (1U << (c))

bool case_choice_fits(enum case_kind kind, enum case_choice choice)
{
    static const unsigned fits[] = {
        [CASE_TRANSFER_SHORT] = CHOICE(CHOICE_ARRIVED) | CHOICE(CHOICE_BACK) | CHOICE(CHOICE_LOST) |
                                CHOICE(CHOICE_DAMAGED),
        [CASE_COUNT_SHORT] = CHOICE(CHOICE_LOST) | CHOICE(CHOICE_DAMAGED) | CHOICE(CHOICE_STAYS),
        [CASE_COUNT_OVER] = CHOICE(CHOICE_BOOKED) | CHOICE(CHOICE_STAYS),
        [CASE_COUNT_ELSEWHERE] = CHOICE(CHOICE_MOVED) | CHOICE(CHOICE_STAYS),
        [CASE_NEGATIVE] = CHOICE(CHOICE_BOOKED),
        [CASE_FINDING] = CHOICE(CHOICE_STAYS),
    };

    return (fits[kind] & CHOICE(choice)) != 0;
}

enum err stock_may_approve(struct ctx *cx)
{
    if (cx->role == ROLE_SUPERVISOR || cx->role == ROLE_ADMIN) {
        return OK;
    }
    return refuse(cx, ERR_FORBIDDEN, "stock-approval",
                  _("Keputusan ini hanya boleh diambil penyelia atau admin. Minta mereka "
                    "membukanya."));
}

/* ---- opening, inside another act ---- */

enum err case_put(struct document_no *number, struct ctx *cx, const struct case_new *w)
{
    enum err e = document_no_take(number, cx, DOC_CASE);

    if (e) {
        return e;
    }
    return fact_put(cx, &stock_case_table,
                    &(struct stock_case_row){
                        .id = stock_case_id_new(act_at(cx)),
                        .number = number->text,
                        .kind = kind_names[w->kind],
                        .lot = w->item->lot,
                        .unit = w->item->unit,
                        .place = w->place,
                        .other_place = w->other,
                        .qty = w->item->qty,
                        .source = w->source,
                        .opener = cx->actor,
                        .note = w->note,
                    });
}

/* ---- reading ---- */

static void case_read(struct stock_case *out, struct ctx *cx, struct stmt *st)
{
    static const char *const place[] = {"place_id", "place_kind", "place_code", "place_name"};
    static const char *const other[] = {"other_place_id", "other_kind", "other_code", "other_name"};
    const char *kind = col_text(st, "kind");

    *out = (struct stock_case){
        .number = arena_text(cx->arena, col_text(st, "number")),
        .opener = arena_text(cx->arena, col_text(st, "opener")),
        .note = arena_text(cx->arena, col_text(st, "note")),
        .opened_at = col_instant(st, "opened_at_ms"),
        .has_other = !col_null(st, "other_place_id"),
        .closed = !col_null(st, "choice"),
        .approver = arena_text(cx->arena, col_text(st, "approver")),
        .close_note = arena_text(cx->arena, col_text(st, "close_note")),
    };
    for (size_t i = 0; i < LENGTH(kind_names); i++) {
        out->kind = strcmp(kind_names[i], kind) == 0 ? (enum case_kind)i : out->kind;
    }
    col_id(st, "id", out->id.bytes);
    taken_read(&out->item, cx, st);
    col_id(st, "unit_id", out->item.unit.bytes);
    place_read(&out->place, cx, st, place);
    if (out->has_other) {
        place_read(&out->other, cx, st, other);
    }
    if (out->closed) {
        out->closed_at = col_instant(st, "closed_at_ms");
        if (!case_choice_from_name(&out->choice, col_text(st, "choice"))) {
            out->choice = CHOICE_STAYS; /* the schema allows no other word */
        }
    }
}

enum which { WHICH_ANY, WHICH_OPEN, WHICH_CLOSED };

static enum err read_list(struct stock_case_list *out, struct ctx *cx, const char *number,
                          struct act_id source, enum which which)
{
    struct stmt *st = db_stmt(cx->db, SQL_CASE_LIST);
    enum err e = OK;

    *out =
        (struct stock_case_list){.items = ARENA_ARRAY(cx->arena, struct stock_case, CASES_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":number", number);
    bind_id(st, ":source", source.bytes);
    bind_bool(st, ":any_source", act_id_is_nil(source));
    bind_int(st, ":which", which);
    bind_int(st, ":most", CASES_SHOWN);
    while (out->count < CASES_SHOWN && stmt_row(st, &e)) {
        case_read(&out->items[out->count++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err case_list(struct stock_case_list *out, struct ctx *cx, bool open)
{
    return read_list(out, cx, "", (struct act_id){{0}}, open ? WHICH_OPEN : WHICH_CLOSED);
}

enum err case_list_of(struct stock_case_list *out, struct ctx *cx, struct act_id source)
{
    return read_list(out, cx, "", source, WHICH_ANY);
}

enum err case_get(struct stock_case *out, struct ctx *cx, const char *number)
{
    struct stock_case_list list;
    enum err e = read_list(&list, cx, number, (struct act_id){{0}}, WHICH_ANY);

    if (e) {
        return e;
    }
    if (list.count != 1) {
        return refuse(cx, ERR_NOT_FOUND, "case-unknown",
                      _("Kasus %.30s tidak ada. Periksa nomornya di daftar kasus."), number);
    }
    *out = list.items[0];
    return OK;
}

enum err case_open_count(int64_t *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_CASE_OPEN_COUNT);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    e = stmt_one(st);
    *out = e ? 0 : col_int(st, "n");
    stmt_done(st);
    return e;
}

/* ---- closing ---- */

struct closing {
    const char *number, *note;
    enum case_choice choice;
    struct stock_case c;
};

/* Where the transfer of a case was sent from. */
static enum err sent_from(struct place_id *out, struct ctx *cx, struct stock_case_id id)
{
    struct stmt *st = db_stmt(cx->db, SQL_CASE_SENT_FROM);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":case", id.bytes);
    if (!(e = stmt_one(st))) {
        col_id(st, "from_id", out->bytes);
        stmt_done(st);
    }
    return e;
}

/* From where the goods go, and to where, by that decision. */
static enum err ways(struct place_id way[2], bool *moves, struct ctx *cx, const struct closing *k)
{
    const struct stock_case *c = &k->c;
    enum err e = OK;

    way[0] = c->place.id;
    *moves = true;
    switch (k->choice) {
    case CHOICE_ARRIVED: way[1] = c->other.id; break;
    case CHOICE_BACK: e = sent_from(&way[1], cx, c->id); break;
    case CHOICE_LOST: e = place_need(&way[1], cx, PLACE_LOST, "hilang", "Hilang"); break;
    case CHOICE_DAMAGED: e = place_need(&way[1], cx, PLACE_SCRAP, "rusak", "Rusak"); break;
    case CHOICE_MOVED:
        way[0] = c->other.id;
        way[1] = c->place.id;
        break;
    case CHOICE_BOOKED:
        *moves = c->kind == CASE_COUNT_OVER;
        way[1] = c->place.id;
        e = place_need(&way[0], cx, PLACE_LOST, "selisih", "Selisih buku");
        break;
    case CHOICE_STAYS: *moves = false; break;
    }
    return e;
}

static enum err changed_since(struct ctx *cx, const struct closing *k)
{
    return refuse(cx, ERR_CONFLICT, "case-changed",
                  _("Buku sudah berubah sejak kasus %s dibuka: %s tidak lagi di tempat itu. Lihat "
                    "kartu barangnya, lalu pilih keputusan lain."),
                  k->number, k->c.item.name);
}

/* The thing must still stand where the decision takes it from. */
static enum err still_there(struct ctx *cx, const struct closing *k, struct place_id from)
{
    const struct taken *t = &k->c.item;
    struct stmt *st;
    struct place_id at;
    struct qty on_hand;
    enum err e;

    if (unit_id_is_nil(t->unit)) {
        if (k->choice == CHOICE_BOOKED) {
            return OK; /* from the corrections, which may go below zero */
        }
        e = stock_at(&on_hand, cx, from, t->product, t->lot);
        return e ? e : on_hand.milli >= t->qty.milli ? OK : changed_since(cx, k);
    }
    st = db_stmt(cx->db, SQL_UNIT_PLACE);
    bind_text(st, ":site", cx->site->code);
    bind_id(st, ":unit", t->unit.bytes);
    if ((e = stmt_one(st))) {
        return e == ERR_NOT_FOUND ? changed_since(cx, k) : e;
    }
    col_id(st, "place_id", at.bytes);
    stmt_done(st);
    return place_id_equal(at, from) ? OK : changed_since(cx, k);
}

static enum err check_closing(struct closing *k, struct ctx *cx)
{
    char when[DATE_TEXT_MAX];
    enum err e;

    if ((e = stock_may_approve(cx)) || (e = case_get(&k->c, cx, k->number))) {
        return e;
    }
    if (k->c.closed) {
        time_seconds(when, k->c.closed_at, cx->site->zone);
        return refuse(cx, ERR_CONFLICT, "case-closed", _("Kasus %s sudah ditutup %s pada %s."),
                      k->number, k->c.approver, when);
    }
    if (strcmp(k->c.opener, cx->actor) == 0) {
        return refuse(cx, ERR_FORBIDDEN, "case-own",
                      _("Anda yang membuka kasus %s. Keputusannya harus diambil orang lain."),
                      k->number);
    }
    if (!case_choice_fits(k->c.kind, k->choice)) {
        return refuse_field(cx, ERR_INVALID, "choice-wrong", "choice",
                            _("Pilih salah satu keputusan yang ditawarkan untuk kasus ini."));
    }
    if (k->choice == CHOICE_MOVED && k->c.other.kind == PLACE_CUSTOMER) {
        return refuse_field(cx, ERR_REFUSED, "case-sold", "choice",
                            _("Menurut buku %s sudah terjual. Bila pembeli mengembalikannya, catat "
                              "lewat retur; bila label tertukar, pilih buku tetap."),
                            k->c.item.name);
    }
    return note_check(cx, k->note, true);
}

static enum err close_work(struct ctx *cx, void *arg)
{
    struct closing *k = arg;
    struct place_id way[2] = {{{0}}, {{0}}};
    int32_t line = 0;
    bool moves;
    enum err e;

    if ((e = check_closing(k, cx)) || (e = ways(way, &moves, cx, k)) ||
        (moves && (e = still_there(cx, k, way[0])))) {
        return e;
    }
    e = fact_put(cx, &case_close_table,
                 &(struct case_close_row){
                     .stock_case = k->c.id,
                     .choice = choice_names[k->choice],
                     .note = k->note,
                     .approver = cx->actor,
                 });
    if (e || !moves) {
        return e;
    }
    return taken_move(cx, &line, &k->c.item, way[0], way[1], "case", 0);
}

enum err case_close(struct ctx *cx, const char *number, enum case_choice choice, const char *note)
{
    struct closing k = {.number = number, .note = note, .choice = choice};

    return act_run(cx, "case.closed", 1, close_work, &k);
}

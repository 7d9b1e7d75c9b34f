/* Makers by their codes, and the files that only two roles see. */
#include "inventory/maker.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "sql_names.h"

#include <strings.h>

/* Shorter words of a name ("bin") stand in ordinary sentences too. */
enum { WORD_LEAST = 4 };

static const struct fact_col maker_cols[] = {
    FACT_COL(maker_row, "code", code),
    FACT_COL(maker_row, "since_day", since),
};
const struct fact_table maker_table = FACT_TABLE("maker", maker_row, maker_cols);

static const struct fact_col maker_look_cols[] = {
    FACT_COL(maker_look_row, "code", code),
    FACT_COL(maker_look_row, "n", n),
    FACT_COL(maker_look_row, "what", what),
    FACT_COL(maker_look_row, "purpose", purpose),
};
const struct fact_table maker_look_table =
    FACT_TABLE("maker_look", maker_look_row, maker_look_cols);

/* ---- how a code stands ---- */

static void standing_read(struct maker_standing *out, struct stmt *st, struct day on)
{
    *out = (struct maker_standing){
        .known = true,
        .active = col_bool(st, "active"),
        .has_window = col_bool(st, "has_window"),
        .until = col_day(st, "to_day"),
    };
    out->passed = out->has_window && (on.since_1970 < col_day(st, "from_day").since_1970 ||
                                      on.since_1970 > out->until.since_1970);
}

enum err maker_standing(struct maker_standing *out, struct ctx *cx, const char *code, struct day on)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_STANDING);
    enum err e;

    *out = (struct maker_standing){.known = false};
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    if (!(e = stmt_one(st))) {
        standing_read(out, st, on);
        stmt_done(st);
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err maker_all(struct maker_list *out, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_ALL);
    const struct day today = instant_day(clock_now(cx->clock), cx->site->zone);
    enum err e = OK;

    *out = (struct maker_list){.items = ARENA_ARRAY(cx->arena, struct maker_brief, MAKERS_SHOWN)};
    bind_text(st, ":site", cx->site->code);
    while (out->count < MAKERS_SHOWN && stmt_row(st, &e)) {
        struct maker_brief *m = &out->items[out->count++];

        *m = (struct maker_brief){.code = arena_text(cx->arena, col_text(st, "code")),
                                  .workshop = arena_text(cx->arena, col_text(st, "workshop")),
                                  .since = col_day(st, "since_day")};
        standing_read(&m->standing, st, today);
    }
    stmt_done(st);
    return e;
}

static enum err refuse_unknown(struct ctx *cx)
{
    return refuse(cx, ERR_NOT_FOUND, "maker-unknown",
                  _("Kode perajin itu tidak ada. Pilih dari daftar perajin."));
}

static enum err must_exist(struct ctx *cx, const char *code)
{
    struct maker_standing s;
    enum err e = maker_standing(&s, cx, code, DAY(0));

    return e ? e : s.known ? OK : refuse_unknown(cx);
}

enum err maker_looks(struct maker_looks *out, struct ctx *cx, const char *code)
{
    struct stmt *st;
    enum err e = must_exist(cx, code);

    *out = (struct maker_looks){.items = ARENA_ARRAY(cx->arena, struct maker_look, LOOKS_SHOWN)};
    if (e) {
        return e;
    }
    st = db_stmt(cx->db, SQL_MAKER_LOOKS);
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    bind_int(st, ":most", LOOKS_SHOWN);
    while (out->count < LOOKS_SHOWN && stmt_row(st, &e)) {
        out->items[out->count++] =
            (struct maker_look){.n = (int32_t)col_int(st, "n"),
                                .what = arena_text(cx->arena, col_text(st, "what")),
                                .purpose = arena_text(cx->arena, col_text(st, "purpose")),
                                .actor = arena_text(cx->arena, col_text(st, "actor")),
                                .at = col_instant(st, "at_ms")};
    }
    stmt_done(st);
    return e;
}

/* ---- checks: no sentence repeats what was typed ---- */

enum err maker_may_see(struct ctx *cx)
{
    if (cx->role == ROLE_WORKSHOP || cx->role == ROLE_SUPERVISOR) {
        return OK;
    }
    return refuse(cx, ERR_FORBIDDEN, "maker-restricted",
                  _("Data pribadi perajin hanya boleh dibuka petugas bengkel dan penyelia."));
}

static bool line_right(const char *text, size_t least, size_t most)
{
    const size_t n = utf8_count(text);

    return n >= least && n <= most && utf8_valid(text, strlen(text)) && !utf8_has_control(text) &&
           !strpbrk(text, "\n\t");
}

static enum err check_code(struct ctx *cx, const char *code)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const size_t n = strlen(code);

    /* A digit, so that no first name can be taken for a code. */
    if (n < 2 || n >= MAKER_CODE_MAX || strspn(code, allowed) != n || code[0] == '-' ||
        !strpbrk(code, "0123456789")) {
        return refuse_field(
            cx, ERR_INVALID, "maker-code", "code",
            _("Kode perajin harus 2 sampai %d huruf besar, angka atau tanda hubung, dengan angka, "
              "misalnya W-03. Jangan memakai nama atau nomor register."),
            MAKER_CODE_MAX - 1);
    }
    return OK;
}

static enum err check_window(struct ctx *cx, const struct maker_file *f)
{
    if (f->has_window && (f->to.since_1970 < f->from.since_1970 || f->from.since_1970 <= 0)) {
        return refuse_field(
            cx, ERR_INVALID, "maker-window", "to",
            _("Masa izin bekerja berakhir sebelum dimulai. Periksa kedua tanggal."));
    }
    if (f->has_window && !line_right(f->document_no, 1, MAKER_NAME_MAX)) {
        return refuse_field(cx, ERR_INVALID, "maker-window", "document",
                            _("Masa izin bekerja perlu nomor dokumennya (SK atau berita acara)."));
    }
    return OK;
}

static enum err check_file(struct ctx *cx, const struct maker_file *f)
{
    if (!line_right(f->name, 1, MAKER_NAME_MAX) || !line_right(f->register_no, 0, MAKER_NAME_MAX) ||
        !line_right(f->document_no, 0, MAKER_NAME_MAX)) {
        return refuse_field(
            cx, ERR_INVALID, "maker-name", "name",
            _("Nama harus diisi, paling banyak %d huruf; begitu pula nomor register "
              "dan nomor dokumen."),
            MAKER_NAME_MAX);
    }
    for (size_t i = 0; i < f->skill_count; i++) {
        const struct maker_skill *s = &f->skills[i];

        if (!line_right(s->skill, 1, MAKER_NAME_MAX) ||
            !line_right(s->certificate_no, 0, MAKER_NAME_MAX) ||
            !line_right(s->issuer, 0, MAKER_NAME_MAX)) {
            return refuse_field(cx, ERR_INVALID, "maker-skill", "skill",
                                _("Keterampilan ke-%zu: isi namanya, paling banyak %d huruf tiap "
                                  "kolom."),
                                i + 1, MAKER_NAME_MAX);
        }
    }
    return check_window(cx, f);
}

/* Whether `text` holds `word` of n bytes, in whatever case. */
static bool holds(const char *text, const char *word, size_t n)
{
    for (; *text; text++) {
        if (strncasecmp(text, word, n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether `text` holds one of the words of `names` that are long enough to name somebody. */
static bool names_in(const char *text, const char *names)
{
    while (*names) {
        const size_t n = strcspn(names, " .,");

        if (n >= WORD_LEAST && holds(text, names, n)) {
            return true;
        }
        names += n + (names[n] != '\0');
    }
    return false;
}

/* What goes into the journal may name nobody: neither this maker nor another. */
enum err maker_nameless(struct ctx *cx, const char *text, const char *field)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_NAMES);
    bool found = false;
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    while (stmt_row(st, &e)) {
        found = found || names_in(text, col_text(st, "name")) ||
                names_in(text, col_text(st, "register_no"));
    }
    stmt_done(st);
    if (e || !found) {
        return e;
    }
    return refuse_field(cx, ERR_INVALID, "maker-named", field,
                        _("Tulisan ini memuat nama atau nomor register perajin, padahal akan "
                          "tercatat untuk semua pembaca. Sebut kodenya saja."));
}

/* ---- writing ---- */

struct maker_ask {
    const char *code, *purpose;
    const struct maker_file *file;
    struct maker_file *out;
};

static enum err put_look(struct ctx *cx, const char *code, const char *what, const char *purpose)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_LAST_LOOK);
    int32_t last;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    e = stmt_one(st);
    last = e ? 0 : (int32_t)col_int(st, "n");
    stmt_done(st);
    if (e && e != ERR_NOT_FOUND) {
        return e;
    }
    return fact_put(
        cx, &maker_look_table,
        &(struct maker_look_row){.code = code, .n = last + 1, .what = what, .purpose = purpose});
}

static enum err put_skills(struct ctx *cx, const struct maker_ask *a)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_SKILLS_DROP);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", a->code);
    e = stmt_run(st);
    for (size_t i = 0; i < a->file->skill_count && !e; i++) {
        const struct maker_skill *s = &a->file->skills[i];

        st = db_stmt(cx->db, SQL_MAKER_SKILL_PUT);
        bind_text(st, ":site", cx->site->code);
        bind_text(st, ":code", a->code);
        bind_int(st, ":line", (int64_t)i + 1);
        bind_text(st, ":skill", s->skill);
        bind_text(st, ":certificate_no", s->certificate_no);
        bind_text(st, ":issuer", s->issuer);
        bind_day(st, ":day", s->day);
        e = stmt_run(st);
    }
    return e;
}

static enum err put_file(struct ctx *cx, const struct maker_ask *a)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_FILE_PUT);
    const struct maker_file *f = a->file;
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", a->code);
    bind_text(st, ":name", f->name);
    bind_text(st, ":register_no", f->register_no);
    bind_id(st, ":workshop", f->workshop.bytes);
    bind_bool(st, ":has_window", f->has_window);
    bind_day(st, ":from_day", f->has_window ? f->from : DAY(0));
    bind_day(st, ":to_day", f->has_window ? f->to : DAY(0));
    bind_text(st, ":document_no", f->document_no);
    bind_bool(st, ":active", f->active);
    e = stmt_run(st);
    return e ? e : put_skills(cx, a);
}

static enum err create_work(struct ctx *cx, void *arg)
{
    const struct maker_ask *a = arg;
    struct maker_standing s;
    enum err e;

    if ((e = maker_may_see(cx)) || (e = check_code(cx, a->code)) || (e = check_file(cx, a->file)) ||
        (e = maker_standing(&s, cx, a->code, DAY(0)))) {
        return e;
    }
    if (holds(a->file->register_no, a->code, strlen(a->code))) {
        return refuse_field(cx, ERR_INVALID, "maker-code", "code",
                            _("Kode perajin tidak boleh bagian dari nomor register. Pilih kode "
                              "lain, misalnya W-03."));
    }
    if (s.known) {
        return refuse_field(cx, ERR_CONFLICT, "maker-taken", "code",
                            _("Kode perajin itu sudah dipakai. Pilih kode lain; kode lama tidak "
                              "pernah dipakai ulang."));
    }
    e = fact_put(
        cx, &maker_table,
        &(struct maker_row){.code = a->code, .since = instant_day(act_at(cx), cx->site->zone)});
    return e ? e : put_file(cx, a);
}

static const char *upper(struct ctx *cx, const char *code)
{
    char *copy = arena_text(cx->arena, code);

    for (char *c = copy; *c; c++) {
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return copy;
}

enum err maker_create(struct ctx *cx, const char *code, const struct maker_file *file)
{
    struct maker_ask a = {.code = upper(cx, code), .file = file};

    return act_run(cx, "maker.created", 1, create_work, &a);
}

static enum err change_work(struct ctx *cx, void *arg)
{
    const struct maker_ask *a = arg;
    enum err e;

    if ((e = maker_may_see(cx)) || (e = must_exist(cx, a->code)) || (e = check_file(cx, a->file)) ||
        (e = put_look(cx, a->code, "changed", "-"))) {
        return e;
    }
    return put_file(cx, a);
}

enum err maker_change(struct ctx *cx, const char *code, const struct maker_file *file)
{
    struct maker_ask a = {.code = upper(cx, code), .file = file};

    return act_run(cx, "maker.changed", 1, change_work, &a);
}

/* ---- looking ---- */

static enum err read_skills(struct maker_file *out, struct ctx *cx, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_SKILLS);
    enum err e = OK;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    while (out->skill_count < MAKER_SKILLS_MAX && stmt_row(st, &e)) {
        out->skills[out->skill_count++] = (struct maker_skill){
            .skill = arena_text(cx->arena, col_text(st, "skill")),
            .certificate_no = arena_text(cx->arena, col_text(st, "certificate_no")),
            .issuer = arena_text(cx->arena, col_text(st, "issuer")),
            .day = col_day(st, "day"),
        };
    }
    stmt_done(st);
    return e;
}

static enum err read_file(struct maker_file *out, struct ctx *cx, const char *code)
{
    struct stmt *st = db_stmt(cx->db, SQL_MAKER_FILE_GET);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":code", code);
    if ((e = stmt_one(st))) {
        return e == ERR_NOT_FOUND ? refuse_unknown(cx) : e;
    }
    *out = (struct maker_file){
        .name = arena_text(cx->arena, col_text(st, "name")),
        .register_no = arena_text(cx->arena, col_text(st, "register_no")),
        .has_window = col_bool(st, "has_window"),
        .from = col_day(st, "from_day"),
        .to = col_day(st, "to_day"),
        .document_no = arena_text(cx->arena, col_text(st, "document_no")),
        .active = col_bool(st, "active"),
    };
    col_id(st, "workshop_id", out->workshop.bytes);
    stmt_done(st);
    return read_skills(out, cx, code);
}

static enum err view_work(struct ctx *cx, void *arg)
{
    const struct maker_ask *a = arg;
    enum err e;

    if ((e = maker_may_see(cx))) {
        return e;
    }
    if (!line_right(a->purpose, 3, MAKER_PURPOSE_MAX)) {
        return refuse_field(cx, ERR_INVALID, "maker-purpose", "purpose",
                            _("Tulis untuk apa data pribadi ini dibuka, 3 sampai %d huruf. Setiap "
                              "pembukaan tercatat."),
                            MAKER_PURPOSE_MAX);
    }
    if ((e = must_exist(cx, a->code)) || (e = maker_nameless(cx, a->purpose, "purpose")) ||
        (e = put_look(cx, a->code, "viewed", a->purpose))) {
        return e;
    }
    return read_file(a->out, cx, a->code);
}

enum err maker_view(struct maker_file *out, struct ctx *cx, const char *code, const char *purpose)
{
    struct maker_ask a = {.code = upper(cx, code), .purpose = purpose, .out = out};

    return act_run(cx, "maker.viewed", 1, view_work, &a);
}

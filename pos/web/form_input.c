/* Checks a form against a page's input table. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/id.h"
#include "inventory/base/money_text.h"
#include "inventory/base/qty_text.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words.h"
#include "pos/web/form.h"

enum {
    ERROR_ROOM_MORE = 8,
    BOUND_TEXT_MAX =
        (int)DATE_TEXT_MAX > (int)MONEY_TEXT_MAX ? (int)DATE_TEXT_MAX : (int)MONEY_TEXT_MAX,
};

/* One value being checked. */
struct check {
    struct ctx *cx;
    const struct input *row;
    const char *label; /* in the person's language */
    int64_t min, max;
    struct input_value *value;
};

/* The bounds a table gets when it names none. */
static const struct {
    int64_t min, max;
} bounds[] = {
    [INPUT_LINE] = {0, 200},
    [INPUT_TEXT] = {0, 2000},
    [INPUT_CODE] = {1, 64},
    [INPUT_PASSWORD] = {1, 200},
    [INPUT_INT] = {0, 1000000000},
    [INPUT_RUPIAH] = {0, RUPIAH_MAX},
    [INPUT_QTY] = {1, QTY_MAX_MILLI},
    [INPUT_DAY] = {-7305, 47846}, /* 1 January 1950 to 31 December 2100 */
    [INPUT_ID] = {0, 0},
    [INPUT_CHOICE] = {0, 0},
    [INPUT_FLAG] = {0, 1},
    [INPUT_KEY] = {0, 0},
};

#define SAY(c, ...) refuse_field((c)->cx, ERR_INVALID, "input", (c)->row->name, __VA_ARGS__)

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static char *trimmed(struct arena *a, const char *text)
{
    size_t n = strlen(text);

    while (is_blank(*text)) {
        text++;
        n--;
    }
    while (n > 0 && is_blank(text[n - 1])) {
        n--;
    }
    return arena_text_n(a, text, n);
}

/* ---- the types ---- */

static enum err check_length(const struct check *c, const char *text)
{
    const int64_t n = (int64_t)utf8_count(text);

    if (n > c->max) {
        return SAY(c, _("%s terlalu panjang: %lld huruf, paling banyak %lld. Persingkat isinya."),
                   c->label, (long long)n, (long long)c->max);
    }
    if (n < c->min) {
        return SAY(c, _("%s terlalu pendek: %lld huruf, paling sedikit %lld. Lengkapi isinya."),
                   c->label, (long long)n, (long long)c->min);
    }
    return OK;
}

static enum err check_line(const struct check *c)
{
    if (c->row->type != INPUT_TEXT && strpbrk(c->value->text, "\n\t")) {
        return SAY(c, _("%s harus satu baris tanpa tab. Hapus ganti barisnya."), c->label);
    }
    return check_length(c, c->value->text);
}

static enum err check_code(const struct check *c)
{
    static const char others[] = "-_./";
    char *upper = arena_text(c->cx->arena, c->value->text);

    for (char *p = upper; *p; p++) {
        if (*p >= 'a' && *p <= 'z') {
            *p = (char)(*p - 'a' + 'A');
        }
        if (!(*p >= 'A' && *p <= 'Z') && !(*p >= '0' && *p <= '9') && !strchr(others, *p)) {
            return SAY(c,
                       _("%s hanya boleh berisi huruf, angka, dan tanda - _ . / tanpa spasi. "
                         "Periksa lagi kodenya."),
                       c->label);
        }
    }
    c->value->text = upper;
    return check_length(c, upper);
}

/* A bound as the person would write it. */
static void bound_text(char out[BOUND_TEXT_MAX], const struct check *c, int64_t value)
{
    if (c->row->type == INPUT_RUPIAH) {
        money_short(out, RUPIAH(value));
    } else if (c->row->type == INPUT_QTY) {
        qty_text(out, (struct qty){value});
    } else if (c->row->type == INPUT_DAY) {
        day_text(out, DAY((int32_t)value), c->cx->lang);
    } else {
        snprintf(out, BOUND_TEXT_MAX, "%lld", (long long)value);
    }
}

static enum err check_range(const struct check *c, int64_t number)
{
    char least[BOUND_TEXT_MAX], most[BOUND_TEXT_MAX];

    if (number >= c->min && number <= c->max) {
        c->value->number = number;
        return OK;
    }
    bound_text(least, c, c->min);
    bound_text(most, c, c->max);
    return SAY(c, _("%s harus antara %s dan %s. Periksa lagi isinya."), c->label, least, most);
}

/* An optional minus and at most 18 digits. */
static bool read_int(int64_t *out, const char *text)
{
    const bool minus = *text == '-';
    int64_t value = 0;
    size_t n = 0;

    for (text += minus; text[n] >= '0' && text[n] <= '9' && n < 19; n++) {
        value = n < 18 ? value * 10 + (text[n] - '0') : value;
    }
    *out = minus ? -value : value;
    return n > 0 && n <= 18 && text[n] == '\0';
}

static enum err check_int(const struct check *c)
{
    int64_t value = 0;

    if (!read_int(&value, c->value->text)) {
        return SAY(c, _("%s harus bilangan bulat tanpa titik atau koma, misalnya 12."), c->label);
    }
    return check_range(c, value);
}

static enum err check_rupiah(const struct check *c)
{
    struct rupiah amount = {0};

    if (money_parse(&amount, c->value->text)) {
        return SAY(c, _("%s tidak terbaca sebagai rupiah. Tulis seperti 250000 atau 250.000."),
                   c->label);
    }
    return check_range(c, amount.rp);
}

static enum err check_qty(const struct check *c)
{
    struct qty qty = {0};

    if (qty_parse(&qty, c->value->text)) {
        return SAY(c, _("%s tidak terbaca sebagai jumlah. Tulis seperti 3 atau 26,5."), c->label);
    }
    return check_range(c, qty.milli);
}

static enum err check_day(const struct check *c)
{
    struct day day = {0};

    if (day_parse(&day, c->value->text)) {
        return SAY(c, _("%s bukan tanggal. Tulis seperti 22-11-2026."), c->label);
    }
    return check_range(c, day.since_1970);
}

static enum err check_id(const struct check *c)
{
    if (!id_parse(c->value->id, c->value->text)) {
        return SAY(c, _("%s tidak dikenal. Muat ulang halaman lalu pilih lagi."), c->label);
    }
    return OK;
}

static enum err check_key(const struct check *c)
{
    if (strspn(c->value->text, "0123456789abcdef") != ID_HEX_MAX - 1 ||
        !id_parse(c->value->id, c->value->text)) {
        return SAY(c, _("Kunci kiriman halaman ini rusak. Muat ulang halaman lalu kirim lagi."));
    }
    return OK;
}

static enum err check_choice(const struct check *c)
{
    for (size_t i = 0; c->row->choices[i]; i++) {
        if (strcmp(c->row->choices[i], c->value->text) == 0) {
            c->value->number = (int64_t)i;
            return OK;
        }
    }
    return SAY(c, _("%s: pilihan itu tidak ada. Pilih salah satu dari daftar."), c->label);
}

static enum err check_flag(const struct check *c)
{
    const char *text = c->value->text;

    if (strcmp(text, "1") != 0 && strcmp(text, "on") != 0 && strcmp(text, "ya") != 0) {
        return SAY(c, _("%s: pilihan itu tidak ada. Pilih salah satu dari daftar."), c->label);
    }
    c->value->number = 1;
    return OK;
}

static enum err check_type(const struct check *c)
{
    switch (c->row->type) {
    case INPUT_LINE:
    case INPUT_TEXT:
    case INPUT_PASSWORD: return check_line(c);
    case INPUT_CODE: return check_code(c);
    case INPUT_INT: return check_int(c);
    case INPUT_RUPIAH: return check_rupiah(c);
    case INPUT_QTY: return check_qty(c);
    case INPUT_DAY: return check_day(c);
    case INPUT_ID: return check_id(c);
    case INPUT_CHOICE: return check_choice(c);
    case INPUT_FLAG: return check_flag(c);
    case INPUT_KEY: return check_key(c);
    }
    return ERR_INVALID;
}

/* ---- rows ---- */

static void add_error(struct inputs *in, struct ctx *cx, const char *field, const char *text)
{
    if (in->error_count == in->error_room) {
        struct input_error *more =
            ARENA_ARRAY(cx->arena, struct input_error, in->error_room + ERROR_ROOM_MORE);
        if (in->error_count) {
            memcpy(more, in->errors, in->error_count * sizeof(*more));
        }
        in->errors = more;
        in->error_room += ERROR_ROOM_MORE;
    }
    in->errors[in->error_count++] =
        (struct input_error){arena_text(cx->arena, field), arena_text(cx->arena, text)};
}

static enum err check_value(const struct check *c, const char *typed)
{
    struct input_value *v = c->value;
    const bool secret = c->row->type == INPUT_PASSWORD;
    enum err e = OK;

    v->raw = secret ? "" : typed;
    v->text = secret ? typed : trimmed(c->cx->arena, typed);
    if (*v->text) {
        e = check_type(c);
        v->given = e == OK;
    } else if (c->row->required) {
        e = SAY(c, _("%s belum diisi. Isi dulu, lalu kirim lagi."), c->label);
    }
    if (e) {
        v->text = "";
        v->number = 0;
        memset(v->id, 0, sizeof(v->id));
    }
    return e;
}

/* Checks what came for the i-th row; the first thing wrong with it. */
static enum err check_row(struct inputs *in, struct ctx *cx, size_t i, const struct form *form)
{
    const struct input *row = &in->table[i];
    const bool unbound = row->min == 0 && row->max == 0;
    struct check c = {.cx = cx,
                      .row = row,
                      .label = row->label ? words(cx->lang, row->label) : row->name,
                      .min = unbound ? bounds[row->type].min : row->min,
                      .max = unbound ? bounds[row->type].max : row->max};
    enum err e = OK;

    if (in->howmany[i] > 1 && !row->many) {
        return SAY(&c, _("%s terkirim lebih dari sekali. Muat ulang halaman lalu kirim lagi."),
                   c.label);
    }
    if (in->howmany[i] == 0 && row->required) {
        return SAY(&c, _("%s belum diisi. Isi dulu, lalu kirim lagi."), c.label);
    }
    for (size_t k = 0; e == OK && k < in->howmany[i]; k++) {
        c.value = &in->values[in->first[i] + k];
        e = check_value(&c, form_nth(form, row->name, k));
    }
    return e;
}

/* Finds out how many values each row has, and gives each row its place. */
static void lay_out(struct inputs *in, struct ctx *cx, const struct form *form)
{
    size_t total = 0;

    while (in->table[in->count].name) {
        in->count++;
    }
    in->first = ARENA_ARRAY(cx->arena, size_t, in->count + 1);
    in->howmany = ARENA_ARRAY(cx->arena, size_t, in->count + 1);
    for (size_t i = 0; i < in->count; i++) {
        while (form_nth(form, in->table[i].name, in->howmany[i])) {
            in->howmany[i]++;
        }
        in->first[i] = total;
        total += in->howmany[i] ? in->howmany[i] : 1;
    }
    in->values = ARENA_ARRAY(cx->arena, struct input_value, total + 1);
    for (size_t i = 0; i < total; i++) {
        in->values[i].raw = in->values[i].text = "";
    }
}

enum err input_check(struct inputs *out, struct ctx *cx, const struct input *table,
                     const struct form *form)
{
    struct why first = {.code = OK};

    *out = (struct inputs){.table = table};
    lay_out(out, cx, form);
    for (size_t i = 0; i < out->count; i++) {
        assert(table[i].type != INPUT_CHOICE || table[i].choices);
        if (check_row(out, cx, i, form)) {
            first = out->error_count ? first : cx->why;
            add_error(out, cx, table[i].name, cx->why.text);
        }
    }
    if (out->error_count) {
        cx->why = first;
        return ERR_INVALID;
    }
    return OK;
}

void input_add_why(struct inputs *in, struct ctx *cx)
{
    add_error(in, cx, cx->why.field, cx->why.text);
}

const char *input_error(const struct inputs *in, const char *field)
{
    for (size_t i = 0; i < in->error_count; i++) {
        if (strcmp(in->errors[i].field, field) == 0) {
            return in->errors[i].text;
        }
    }
    return NULL;
}

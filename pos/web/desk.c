/* Small pieces of views that the desk pages share. */
#include "pos/web/desk.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/qty_text.h"
#include "inventory/base/words.h"
#include "pos/staff.h"

#include <ctype.h>
#include <stdarg.h>

const struct tpl_field desk_field_fields[] = {
    TPL_FIELD(desk_field, value),
    TPL_FIELD(desk_field, error),
    TPL_FIELD_END,
};

const struct tpl_field desk_option_fields[] = {
    TPL_FIELD(desk_option, value),
    TPL_FIELD(desk_option, label),
    TPL_FIELD(desk_option, selected),
    TPL_FIELD_END,
};

static const struct tpl_field error_fields[] = {
    TPL_FIELD(desk_error, field),
    TPL_FIELD(desk_error, text),
    TPL_FIELD_END,
};

const struct tpl_field desk_form_fields[] = {
    TPL_FIELD(desk_form, csrf),
    TPL_FIELD(desk_form, key),
    TPL_FIELD_LIST(desk_form, errors, desk_error, error_fields),
    TPL_FIELD_END,
};

/* ---- forms ---- */

struct desk_field desk_field(const struct request *rq, const char *name, const char *first)
{
    return (struct desk_field){.value = request_typed_or(rq, name, first),
                               .error = request_error(rq, name)};
}

void desk_choose(struct desk_option *options, size_t n, const char *chosen)
{
    for (size_t i = 0; i < n; i++) {
        options[i].selected = strcmp(options[i].value, chosen) == 0;
    }
}

static struct tpl_list error_list(struct request *rq)
{
    const struct inputs *in = &rq->in;
    struct desk_error *list = ARENA_ARRAY(rq->cx.arena, struct desk_error, in->error_count + 1);
    size_t n = 0;

    if (rq->refused == OK) {
        return TPL_LIST(list, 0);
    }
    for (size_t i = 0; i < in->error_count; i++) {
        list[n++] = (struct desk_error){.field = in->errors[i].field, .text = in->errors[i].text};
    }
    if (n == 0) {
        list[n++] = (struct desk_error){.field = arena_text(rq->cx.arena, rq->cx.why.field),
                                        .text = arena_text(rq->cx.arena, rq->cx.why.text)};
    }
    return TPL_LIST(list, n);
}

struct desk_form desk_form(struct request *rq)
{
    const char *sent = rq->refused == ERR_UNKNOWN ? form_get(&rq->form, "kunci") : NULL;

    return (struct desk_form){.csrf = rq->session ? rq->session->csrf : "",
                              .key = sent ? sent : request_new_key(rq),
                              .errors = error_list(rq)};
}

enum err desk_refused(struct request *rq, enum err e)
{
    static const struct {
        const char *act, *form;
    } names[] = {
        {"name", "nama"},      {"family", "kelompok"},      {"workshop", "bengkel"},
        {"unit", "satuan"},    {"revenue_account", "akun"}, {"shelf_life_days", "tahan"},
        {"price", "harga"},    {"cost", "biaya"},           {"product", "barang"},
        {"qty", "jumlah"},     {"made", "selesai"},         {"expiry", "kedaluwarsa"},
        {"tracking", "lacak"}, {"role", "peran"},           {"file", "berkas"},
        {"reason", "alasan"},  {"cell", "petak"},           {"size", "ukuran"},
        {"count", "sampai"},   {"printer", "printer"},      {"code", "kode"},
        {"to", "sampai"},      {"document", "dokumen"},     {"skill", "terampil"},
        {"purpose", "tujuan"}, {"basis", "dasar"},          {"valid_from", "mulai"},
        {"reason", "alasan"},  {"lines", "baris"},          {"caption", "keterangan"},
        {"photo", "foto"},     {"story", "cerita"},
    };
    struct why *why = &rq->cx.why;

    for (size_t i = 0; e && i < LENGTH(names); i++) {
        if (strcmp(why->field, names[i].act) == 0) {
            snprintf(why->field, sizeof(why->field), "%s", names[i].form);
            break;
        }
    }
    return e;
}

const char *const desk_roles[] = {"cashier",    "workshop", "partner", "treasurer",
                                  "supervisor", "auditor",  "admin",   NULL};

struct tpl_list desk_role_options(struct request *rq, const char *chosen)
{
    const size_t n = LENGTH(desk_roles) - 1;
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, n);

    for (size_t i = 0; i < n; i++) {
        enum role role = ROLE_NONE;

        if (role_from_name(&role, desk_roles[i])) {
            options[i] = (struct desk_option){.value = desk_roles[i], .label = desk_role(rq, role)};
        }
    }
    desk_choose(options, n, chosen);
    return TPL_LIST(options, n);
}

bool desk_may(const struct request *rq, unsigned roles)
{
    return ((unsigned)rq->cx.role & roles) != 0;
}

const char *desk_asked(const struct request *rq, const char *name)
{
    return rq->method == METHOD_GET ? input_raw(&rq->in, name) : "";
}

/* ---- texts ---- */

/* The format may be a translation; words_same_format() has shown that it takes the same arguments.
 */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
const char *desk_say(struct request *rq, const char *format, ...)
{
    const char *other = request_words(rq, format);
    char text[WHY_TEXT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), words_same_format(format, other) ? other : format, args);
    va_end(args);
    return arena_text(rq->cx.arena, text);
}
#pragma GCC diagnostic pop

const char *desk_day(struct request *rq, struct day d)
{
    char text[DATE_TEXT_MAX];

    day_text(text, d, rq->cx.lang);
    return arena_text(rq->cx.arena, text);
}

const char *desk_day_long(struct request *rq, struct day d)
{
    char text[DATE_TEXT_MAX];

    day_long(text, d, rq->cx.lang);
    return arena_text(rq->cx.arena, text);
}

const char *desk_day_iso(struct request *rq, struct day d)
{
    char text[DATE_TEXT_MAX];

    day_iso(text, d);
    return arena_text(rq->cx.arena, text);
}

const char *desk_month(struct request *rq, struct day d)
{
    const char *text = desk_day(rq, d);
    const char *blank = strchr(text, ' ');

    return blank ? blank + 1 : text;
}

const char *desk_moment(struct request *rq, struct instant at)
{
    const struct zone zone = rq->cx.site->zone;
    char clock[DATE_TEXT_MAX];

    time_text(clock, at, zone);
    return arena_format(rq->cx.arena, "%s, %s", desk_day(rq, instant_day(at, zone)), clock);
}

const char *desk_qty(struct request *rq, struct qty q)
{
    char text[QTY_TEXT_MAX];

    qty_text(text, q);
    return arena_text(rq->cx.arena, text);
}

struct day desk_today(const struct request *rq)
{
    return instant_day(rq->at, rq->cx.site->zone);
}

const char *desk_tracking(const struct request *rq, enum tracking t)
{
    const char *text = "";

    switch (t) {
    case TRACK_PIECE: text = _("per potong"); break;
    case TRACK_LOT: text = _("per lot"); break;
    case TRACK_SERVICE: text = _("tanpa stok"); break;
    case TRACK_MATERIAL: text = _("bahan"); break;
    }
    return request_words(rq, text);
}

const char *desk_tracking_long(const struct request *rq, enum tracking t)
{
    const char *text = "";

    switch (t) {
    case TRACK_PIECE: text = _("per potong, tiap potong berlabel sendiri"); break;
    case TRACK_LOT: text = _("per lot, satu kode untuk semua"); break;
    case TRACK_SERVICE: text = _("jasa, tanpa stok"); break;
    case TRACK_MATERIAL: text = _("bahan, dibeli dan dipakai"); break;
    }
    return request_words(rq, text);
}

const char *desk_role(const struct request *rq, enum role role)
{
    const char *text = "";

    switch (role) {
    case ROLE_NONE: return "";
    case ROLE_CASHIER: text = _("Kasir"); break;
    case ROLE_WORKSHOP: text = _("Bengkel"); break;
    case ROLE_PARTNER: text = _("Mitra"); break;
    case ROLE_TREASURER: text = _("Bendahara penerimaan"); break;
    case ROLE_SUPERVISOR: text = _("Penyelia"); break;
    case ROLE_AUDITOR: text = _("Pemeriksa"); break;
    case ROLE_ADMIN: text = _("Administrator"); break;
    }
    return request_words(rq, text);
}

const char *desk_code_groups(struct request *rq, struct label_code code)
{
    char text[LABEL_GROUPS_MAX];

    label_code_groups(text, code);
    return arena_text(rq->cx.arena, text);
}

/* ---- what the path names ---- */

struct url desk_lot_url(struct request *rq, struct label_code code)
{
    return desk_may(rq, DESK_LOTS) ? url_part(rq->cx.arena, url_fixed("/produksi"), code.text)
                                   : (struct url){NULL};
}

enum err desk_lot_of_path(struct lot *out, struct request *rq)
{
    const char *said = request_param(rq, "lot");
    struct label_code code = {.text = ""};
    enum err e = ERR_NOT_FOUND;

    if (strlen(said) == LABEL_CODE_LEN) {
        for (size_t i = 0; i < LABEL_CODE_LEN; i++) {
            code.text[i] = (char)toupper((unsigned char)said[i]);
        }
        if (label_code_valid(code.text)) {
            e = lot_by_code(out, &rq->cx, code);
        }
    }
    return e == ERR_NOT_FOUND ? refuse(&rq->cx, e, "lot-unknown",
                                       _("Tidak ada lot dengan kode %s. Periksa kodenya, atau cari "
                                         "lot itu di daftar Produksi."),
                                       said)
                              : e;
}

enum err desk_product_of_path(struct product *out, struct request *rq)
{
    const char *sku = request_param(rq, "sku");
    const enum err e = product_by_sku(out, &rq->cx, sku);

    return e == ERR_NOT_FOUND ? refuse(&rq->cx, e, "product-unknown",
                                       _("Tidak ada barang dengan kode %s. Periksa kodenya, atau "
                                         "cari menurut nama di daftar Barang."),
                                       sku)
                              : e;
}

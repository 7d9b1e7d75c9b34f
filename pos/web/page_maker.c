/* Makers: codes for everybody at a desk, files for the workshop and the supervisor.
 *
 * A file is the answer to a POST, which says what it is opened for; nothing of it stands in an
 * address, in the sentence for the next page, or in an answer that is kept. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/fact.h"
#include "inventory/maker.h"

#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"

#include <strings.h>

enum { BLANK_SKILLS = 2 };

const struct input maker_open_inputs[] = {
    {.name = "tujuan", .label = _("Tujuan"), .type = INPUT_LINE, .max = MAKER_PURPOSE_MAX},
    INPUT_END,
};

#define MAKER_FILE_INPUTS                                                                          \
    {.name = "nama",                                                                               \
     .label = _("Nama"),                                                                           \
     .type = INPUT_LINE,                                                                           \
     .required = true,                                                                             \
     .max = MAKER_NAME_MAX},                                                                       \
        {.name = "register",                                                                       \
         .label = _("Nomor register"),                                                             \
         .type = INPUT_LINE,                                                                       \
         .max = MAKER_NAME_MAX},                                                                   \
        {.name = "bengkel", .label = _("Bengkel"), .type = INPUT_ID},                              \
        {.name = "dari", .label = _("Boleh bekerja sejak"), .type = INPUT_DAY},                    \
        {.name = "sampai", .label = _("Boleh bekerja sampai"), .type = INPUT_DAY},                 \
        {.name = "dokumen",                                                                        \
         .label = _("Nomor dokumen izin"),                                                         \
         .type = INPUT_LINE,                                                                       \
         .max = MAKER_NAME_MAX},                                                                   \
        {.name = "aktif", .label = _("Masih bekerja"), .type = INPUT_FLAG},                        \
        {.name = "terampil",                                                                       \
         .label = _("Keterampilan"),                                                               \
         .type = INPUT_LINE,                                                                       \
         .many = true,                                                                             \
         .max = MAKER_NAME_MAX},                                                                   \
        {.name = "sertifikat",                                                                     \
         .label = _("Nomor sertifikat"),                                                           \
         .type = INPUT_LINE,                                                                       \
         .many = true,                                                                             \
         .max = MAKER_NAME_MAX},                                                                   \
        {.name = "penerbit",                                                                       \
         .label = _("Penerbit"),                                                                   \
         .type = INPUT_LINE,                                                                       \
         .many = true,                                                                             \
         .max = MAKER_NAME_MAX},                                                                   \
    {                                                                                              \
        .name = "terbit", .label = _("Tanggal sertifikat"), .type = INPUT_DAY, .many = true        \
    }

const struct input maker_new_inputs[] = {
    {.name = "kode", .label = _("Kode perajin"), .type = INPUT_LINE, .required = true, .max = 20},
    MAKER_FILE_INPUTS,
    INPUT_END,
};

const struct input maker_file_inputs[] = {
    MAKER_FILE_INPUTS,
    INPUT_END,
};

/* ---- the list ---- */

struct maker_line {
    struct url url;
    const char *code;
    const char *workshop;
    const char *since;
    bool active, has_window, passed;
    const char *until;
};

static const struct tpl_field maker_line_fields[] = {
    TPL_FIELD(maker_line, url),    TPL_FIELD(maker_line, code),   TPL_FIELD(maker_line, workshop),
    TPL_FIELD(maker_line, since),  TPL_FIELD(maker_line, active), TPL_FIELD(maker_line, has_window),
    TPL_FIELD(maker_line, passed), TPL_FIELD(maker_line, until),  TPL_FIELD_END,
};

struct makers_view {
    bool may_see;
    struct tpl_list rows;
};

const struct tpl_field makers_fields[] = {
    TPL_FIELD(makers_view, may_see),
    TPL_FIELD_LIST(makers_view, rows, maker_line, maker_line_fields),
    TPL_FIELD_END,
};

static struct url maker_url(struct request *rq, const char *code)
{
    return url_part(rq->cx.arena, url_fixed("/perajin"), code);
}

static struct maker_line maker_line(struct request *rq, const struct maker_brief *m)
{
    return (struct maker_line){
        .url = maker_url(rq, m->code),
        .code = m->code,
        .workshop = m->workshop,
        .since = desk_day(rq, m->since),
        .active = m->standing.active,
        .has_window = m->standing.has_window,
        .passed = m->standing.passed,
        .until = m->standing.has_window ? desk_day(rq, m->standing.until) : "",
    };
}

enum err makers_list(struct request *rq)
{
    struct makers_view view = {.may_see = desk_may(rq, DESK_NAMES)};
    struct maker_list list;
    struct maker_line *rows;
    enum err e = maker_all(&list, &rq->cx);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct maker_line, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        rows[i] = maker_line(rq, &list.items[i]);
    }
    view.rows = TPL_LIST(rows, list.count);
    respond_page(rq, 0, PAGE_MAKERS, &view);
    return OK;
}

/* ---- one code ---- */

struct look_view {
    const char *at;
    const char *actor;
    bool changed;
    const char *purpose;
};

static const struct tpl_field look_fields[] = {
    TPL_FIELD(look_view, at),
    TPL_FIELD(look_view, actor),
    TPL_FIELD(look_view, changed),
    TPL_FIELD(look_view, purpose),
    TPL_FIELD_END,
};

struct maker_view {
    struct desk_form form;
    struct maker_line m;
    bool may_see;
    struct url open;
    struct desk_field purpose;
    struct tpl_list looks;
};

const struct tpl_field maker_fields[] = {
    TPL_FIELD_NEST(maker_view, form, desk_form, desk_form_fields),
    TPL_FIELD_NEST(maker_view, m, maker_line, maker_line_fields),
    TPL_FIELD(maker_view, may_see),
    TPL_FIELD(maker_view, open),
    TPL_FIELD_NEST(maker_view, purpose, desk_field, desk_field_fields),
    TPL_FIELD_LIST(maker_view, looks, look_view, look_fields),
    TPL_FIELD_END,
};

/* The code of the path, as it is kept; ERR_NOT_FOUND with a sentence that does not repeat it. */
static enum err maker_of_path(struct maker_brief *out, struct request *rq)
{
    const char *code = request_param(rq, "kode");
    struct maker_list list;
    enum err e = maker_all(&list, &rq->cx);

    for (size_t i = 0; !e && i < list.count; i++) {
        if (strcasecmp(list.items[i].code, code) == 0) {
            *out = list.items[i];
            return OK;
        }
    }
    return e ? e
             : refuse(&rq->cx, ERR_NOT_FOUND, "maker-unknown",
                      _("Kode perajin itu tidak ada. Pilih dari daftar perajin."));
}

static enum err fill_looks(struct maker_view *view, struct request *rq, const char *code)
{
    struct maker_looks looks;
    struct look_view *rows;
    enum err e = maker_looks(&looks, &rq->cx, code);

    if (e) {
        return e;
    }
    rows = ARENA_ARRAY(rq->cx.arena, struct look_view, looks.count + 1);
    for (size_t i = 0; i < looks.count; i++) {
        rows[i] = (struct look_view){.at = desk_moment(rq, looks.items[i].at),
                                     .actor = looks.items[i].actor,
                                     .changed = strcmp(looks.items[i].what, "changed") == 0,
                                     .purpose = looks.items[i].purpose};
    }
    view->looks = TPL_LIST(rows, looks.count);
    return OK;
}

enum err maker_page(struct request *rq)
{
    struct maker_brief m;
    struct maker_view view;
    enum err e;

    request_db(rq);
    if ((e = maker_of_path(&m, rq))) {
        return e;
    }
    view = (struct maker_view){
        .form = desk_form(rq),
        .m = maker_line(rq, &m),
        .may_see = desk_may(rq, DESK_NAMES),
        .open = url_part(rq->cx.arena, maker_url(rq, m.code), "buka"),
        .purpose = desk_field(rq, "tujuan", ""),
    };
    if ((e = fill_looks(&view, rq, m.code))) {
        return e;
    }
    rq->title = m.code;
    respond_page(rq, 0, PAGE_MAKER, &view);
    return OK;
}

/* ---- the file ---- */

struct skill_view {
    int32_t no;
    const char *skill, *certificate, *issuer, *day;
};

static const struct tpl_field skill_fields[] = {
    TPL_FIELD(skill_view, no),     TPL_FIELD(skill_view, skill), TPL_FIELD(skill_view, certificate),
    TPL_FIELD(skill_view, issuer), TPL_FIELD(skill_view, day),   TPL_FIELD_END,
};

struct maker_file_view {
    struct desk_form form;
    bool is_new;
    const char *code_now; /* "" for a new one */
    struct url save, back;
    struct desk_field code, name, register_no, workshop, from, to, document, skill;
    bool active;
    struct tpl_list workshops, skills;
};

const struct tpl_field maker_file_fields[] = {
    TPL_FIELD_NEST(maker_file_view, form, desk_form, desk_form_fields),
    TPL_FIELD(maker_file_view, is_new),
    TPL_FIELD(maker_file_view, code_now),
    TPL_FIELD(maker_file_view, save),
    TPL_FIELD(maker_file_view, back),
    TPL_FIELD_NEST(maker_file_view, code, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, name, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, register_no, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, workshop, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, from, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, to, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, document, desk_field, desk_field_fields),
    TPL_FIELD_NEST(maker_file_view, skill, desk_field, desk_field_fields),
    TPL_FIELD(maker_file_view, active),
    TPL_FIELD_LIST(maker_file_view, workshops, desk_option, desk_option_fields),
    TPL_FIELD_LIST(maker_file_view, skills, skill_view, skill_fields),
    TPL_FIELD_END,
};

static const char *typed_at(const struct request *rq, const char *name, size_t i)
{
    const char *text = form_nth(&rq->form, name, i);

    return text ? text : "";
}

/* What was typed, or what the file says, and a few empty rows after it. */
static struct tpl_list skill_rows(struct request *rq, const struct maker_file *f)
{
    struct skill_view *rows = ARENA_ARRAY(rq->cx.arena, struct skill_view, MAKER_SKILLS_MAX);
    size_t n = 0, blank = 0;

    while (rq->refused && n < MAKER_SKILLS_MAX && form_nth(&rq->form, "terampil", n)) {
        rows[n] = (struct skill_view){.skill = typed_at(rq, "terampil", n),
                                      .certificate = typed_at(rq, "sertifikat", n),
                                      .issuer = typed_at(rq, "penerbit", n),
                                      .day = typed_at(rq, "terbit", n)};
        blank += *rows[n++].skill == '\0';
    }
    for (size_t i = 0; !rq->refused && i < f->skill_count; i++) {
        const struct maker_skill *s = &f->skills[i];

        rows[n++] = (struct skill_view){
            .skill = s->skill,
            .certificate = s->certificate_no,
            .issuer = s->issuer,
            .day = s->day.since_1970 ? desk_day_iso(rq, s->day) : "",
        };
    }
    for (; blank < BLANK_SKILLS && n < MAKER_SKILLS_MAX; blank++) {
        rows[n++] = (struct skill_view){.skill = "", .certificate = "", .issuer = "", .day = ""};
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].no = (int32_t)i + 1;
    }
    return TPL_LIST(rows, n);
}

static enum err workshop_options(struct maker_file_view *view, struct request *rq)
{
    struct place_list list;
    struct desk_option *options;
    enum err e = place_all(&list, &rq->cx, PLACE_WORKSHOP);

    if (e) {
        return e;
    }
    options = ARENA_ARRAY(rq->cx.arena, struct desk_option, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        char hex[ID_HEX_MAX];

        id_hex(hex, list.items[i].id.bytes);
        options[i] = (struct desk_option){.value = arena_text(rq->cx.arena, hex),
                                          .label = list.items[i].name};
    }
    desk_choose(options, list.count, view->workshop.value);
    view->workshops = TPL_LIST(options, list.count);
    return OK;
}

/* `code` is "" for a new maker. */
static enum err show_file(struct request *rq, const char *code, const struct maker_file *f)
{
    const bool is_new = *code == '\0';
    const struct url here = is_new ? url_fixed("/perajin") : maker_url(rq, code);
    struct maker_file_view view = {
        .form = desk_form(rq),
        .is_new = is_new,
        .code_now = code,
        .save = url_part(rq->cx.arena, here, is_new ? "baru" : "data"),
        .back = here,
        .code = desk_field(rq, "kode", ""),
        .name = desk_field(rq, "nama", f->name),
        .register_no = desk_field(rq, "register", f->register_no),
        .from = desk_field(rq, "dari", f->has_window ? desk_day_iso(rq, f->from) : ""),
        .to = desk_field(rq, "sampai", f->has_window ? desk_day_iso(rq, f->to) : ""),
        .document = desk_field(rq, "dokumen", f->document_no),
        .skill = desk_field(rq, "terampil", ""),
        .active = rq->refused ? request_typed(rq, "aktif")[0] != '\0' : f->active,
        .skills = skill_rows(rq, f),
    };
    char hex[ID_HEX_MAX];
    enum err e;

    id_hex(hex, f->workshop.bytes);
    view.workshop = desk_field(rq, "bengkel",
                               place_id_is_nil(f->workshop) ? "" : arena_text(rq->cx.arena, hex));
    if ((e = workshop_options(&view, rq))) {
        return e;
    }
    rq->title = is_new ? request_words(rq, _("Perajin baru")) : code;
    respond_page(rq, 0, PAGE_MAKER_FILE, &view);
    return OK;
}

static const struct maker_file empty_file = {
    .name = "", .register_no = "", .document_no = "", .active = true};

enum err maker_new_form(struct request *rq)
{
    request_db(rq);
    return show_file(rq, "", &empty_file);
}

/* The form of a file that was refused, with what was typed alone: nothing is read, so nobody
 * looks. */
enum err maker_file_again(struct request *rq)
{
    struct maker_brief m;
    enum err e;

    request_db(rq);
    e = maker_of_path(&m, rq);
    return e ? e : show_file(rq, m.code, &empty_file);
}

enum err maker_open(struct request *rq)
{
    struct maker_brief m;
    struct maker_file file;
    enum err e;

    if ((e = maker_of_path(&m, rq)) ||
        (e = maker_view(&file, &rq->cx, m.code, input_text(&rq->in, "tujuan")))) {
        return desk_refused(rq, e);
    }
    return show_file(rq, m.code, &file);
}

static enum err wanted_skills(struct maker_file *out, struct request *rq)
{
    const struct inputs *in = &rq->in;
    const size_t n = input_count(in, "terampil");

    if (n > MAKER_SKILLS_MAX || input_count(in, "sertifikat") != n ||
        input_count(in, "penerbit") != n || input_count(in, "terbit") != n) {
        return refuse(&rq->cx, ERR_INVALID, "form-rows",
                      _("Formulir ini tidak lengkap. Muat ulang halamannya, lalu kirim lagi."));
    }
    for (size_t i = 0; i < n; i++) {
        const struct maker_skill s = {
            .skill = input_at(in, "terampil", i)->text,
            .certificate_no = input_at(in, "sertifikat", i)->text,
            .issuer = input_at(in, "penerbit", i)->text,
            .day = DAY((int32_t)input_at(in, "terbit", i)->number),
        };

        if (*s.skill || *s.certificate_no || *s.issuer || s.day.since_1970) {
            out->skills[out->skill_count++] = s;
        }
    }
    return OK;
}

static enum err wanted_file(struct maker_file *out, struct request *rq)
{
    const struct inputs *in = &rq->in;
    const bool from = input_given(in, "dari"), to = input_given(in, "sampai");

    *out = (struct maker_file){
        .name = input_text(in, "nama"),
        .register_no = input_text(in, "register"),
        .has_window = from && to,
        .from = input_day(in, "dari"),
        .to = input_day(in, "sampai"),
        .document_no = input_text(in, "dokumen"),
        .active = input_flag(in, "aktif"),
    };
    if (input_given(in, "bengkel")) {
        memcpy(out->workshop.bytes, input_id(in, "bengkel"), ID_BYTES);
    }
    if (from != to) {
        return refuse_field(&rq->cx, ERR_INVALID, "maker-window", from ? "sampai" : "dari",
                            _("Masa izin bekerja perlu dua tanggal: sejak dan sampai."));
    }
    return wanted_skills(out, rq);
}

enum err maker_new(struct request *rq)
{
    const char *code = input_text(&rq->in, "kode");
    struct maker_file file;
    enum err e;

    if ((e = wanted_file(&file, rq)) || (e = maker_create(&rq->cx, code, &file))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Perajin disimpan dengan kodenya.")));
    respond_redirect(rq, url_fixed("/perajin"));
    return OK;
}

enum err maker_save(struct request *rq)
{
    struct maker_brief m;
    struct maker_file file;
    enum err e;

    if ((e = maker_of_path(&m, rq)) || (e = wanted_file(&file, rq)) ||
        (e = maker_change(&rq->cx, m.code, &file))) {
        return desk_refused(rq, e);
    }
    request_tell(rq, "ok", request_words(rq, _("Perubahan disimpan.")));
    respond_redirect(rq, maker_url(rq, m.code));
    return OK;
}

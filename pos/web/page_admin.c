/* Settings of the unit, each with its own small form, and what the program runs on. */
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "inventory/journal.h"
#include "inventory/label_print.h"
#include "pos/pnbp/deadline.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"
#include "pos/setting_names.h"
#include "pos/web/desk.h"
#include "pos/web/desk_pages.h"
#include "pos/web/respond.h"
#include "pos/web/web.h"

#include <ctype.h>

enum { CLOSE_FIRST_HOUR = 10, CLOSE_LAST_HOUR = 24, BPS_PER_PERCENT = 100 };

const struct input setting_inputs[] = {
    {.name = "nilai", .label = _("Nilai"), .type = INPUT_LINE, .max = SETTING_VALUE_LEN_MAX},
    {.name = "yakin", .label = _("Saya mengerti"), .type = INPUT_FLAG},
    INPUT_END,
};

struct setting_view {
    const char *name;
    const char *label;
    const char *hint;
    const char *value;
    const char *error; /* NULL: none */
    bool choice;       /* one of `options` */
    bool wide;         /* its values are long */
    bool confirm;      /* to be saved only by somebody who read the warning */
    struct tpl_list options;
};

static const struct tpl_field setting_fields[] = {
    TPL_FIELD(setting_view, name),
    TPL_FIELD(setting_view, label),
    TPL_FIELD(setting_view, hint),
    TPL_FIELD(setting_view, value),
    TPL_FIELD(setting_view, error),
    TPL_FIELD(setting_view, choice),
    TPL_FIELD(setting_view, wide),
    TPL_FIELD(setting_view, confirm),
    TPL_FIELD_LIST(setting_view, options, desk_option, desk_option_fields),
    TPL_FIELD_END,
};

struct rule_view {
    const char *code;
    const char *name;
    const char *base;
    const char *pnbp, *premi, *fund;
    const char *citation;
    bool chosen;
};

static const struct tpl_field rule_fields[] = {
    TPL_FIELD(rule_view, code),     TPL_FIELD(rule_view, name),   TPL_FIELD(rule_view, base),
    TPL_FIELD(rule_view, pnbp),     TPL_FIELD(rule_view, premi),  TPL_FIELD(rule_view, fund),
    TPL_FIELD(rule_view, citation), TPL_FIELD(rule_view, chosen), TPL_FIELD_END,
};

struct settings_view {
    struct desk_form form;
    bool may_change;
    struct tpl_list settings, rules;
    const char *satker, *zone, *site, *epoch;
    const char *engine, *engine_version;
    bool engine_fixed, engine_shared;
    int64_t connections;
    int32_t schema;
    const char *version;
    bool https;
    int64_t journal_seq;
    const char *journal_at, *journal_hash;
};

const struct tpl_field settings_fields[] = {
    TPL_FIELD_NEST(settings_view, form, desk_form, desk_form_fields),
    TPL_FIELD(settings_view, may_change),
    TPL_FIELD_LIST(settings_view, settings, setting_view, setting_fields),
    TPL_FIELD_LIST(settings_view, rules, rule_view, rule_fields),
    TPL_FIELD(settings_view, satker),
    TPL_FIELD(settings_view, zone),
    TPL_FIELD(settings_view, site),
    TPL_FIELD(settings_view, epoch),
    TPL_FIELD(settings_view, engine),
    TPL_FIELD(settings_view, engine_version),
    TPL_FIELD(settings_view, engine_fixed),
    TPL_FIELD(settings_view, engine_shared),
    TPL_FIELD(settings_view, connections),
    TPL_FIELD(settings_view, schema),
    TPL_FIELD(settings_view, version),
    TPL_FIELD(settings_view, https),
    TPL_FIELD(settings_view, journal_seq),
    TPL_FIELD(settings_view, journal_at),
    TPL_FIELD(settings_view, journal_hash),
    TPL_FIELD_END,
};

/* ---- choices ---- */

static struct tpl_list rule_options(struct request *rq, const char *now)
{
    const struct split_rules *rules = &reference()->rules;
    const struct day today = desk_today(rq);
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, rules->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < rules->count; i++) {
        const struct split_rule *r = &rules->rules[i];

        if (split_rule_find(rules, r->code, today) == r) {
            options[n++] = (struct desk_option){
                .value = r->code, .label = arena_format(rq->cx.arena, "%s - %s", r->code, r->name)};
        }
    }
    desk_choose(options, n, now);
    return TPL_LIST(options, n);
}

static struct tpl_list deadline_options(struct request *rq, const char *now)
{
    static const struct {
        const char *value, *label;
    } kinds[] = {
        {"SAME_DAY", _("hari yang sama (PMK 3/PMK.02/2013 Pasal 4 ayat 1)")},
        {"NEXT_WORKING_DAY", _("hari kerja berikutnya (Pasal 4 ayat 2)")},
        {"AFTER_NOON_NEXT", _("sesudah pukul 12.00: hari kerja berikutnya (Pasal 5)")},
        {"PERIODIC", _("berkala dengan izin Kanwil DJPb (Pasal 6)")},
    };
    struct desk_option *options = ARENA_ARRAY(rq->cx.arena, struct desk_option, LENGTH(kinds));

    for (size_t i = 0; i < LENGTH(kinds); i++) {
        options[i] = (struct desk_option){.value = kinds[i].value,
                                          .label = request_words(rq, kinds[i].label)};
    }
    desk_choose(options, LENGTH(kinds), now);
    return TPL_LIST(options, LENGTH(kinds));
}

/* Whole hours, and the value in force when it is none of them. */
static struct tpl_list close_options(struct request *rq, const char *now)
{
    const int32_t current = (int32_t)strtol(now, NULL, 10);
    struct desk_option *options =
        ARENA_ARRAY(rq->cx.arena, struct desk_option, CLOSE_LAST_HOUR - CLOSE_FIRST_HOUR + 2);
    size_t n = 0;

    if (current % 60 != 0 || current < CLOSE_FIRST_HOUR * 60) {
        options[n++] = (struct desk_option){
            .value = now,
            .label = arena_format(rq->cx.arena, "%02d.%02d", current / 60, current % 60)};
    }
    for (int hour = CLOSE_FIRST_HOUR; hour <= CLOSE_LAST_HOUR; hour++) {
        options[n++] = (struct desk_option){.value = arena_format(rq->cx.arena, "%d", hour * 60),
                                            .label = arena_format(rq->cx.arena, "%02d.00", hour)};
    }
    desk_choose(options, n, now);
    return TPL_LIST(options, n);
}

/* ---- the list of settings ---- */

static const char *number_text(struct request *rq, int32_t number)
{
    return arena_format(rq->cx.arena, "%d", (int)number);
}

static const struct {
    const char *name, *label, *hint;
    const char *allowed; /* what its value may be, for the sentence when it is refused */
    bool wide;
} shown[] = {
    {SET_UNIT_NAME, _("Nama galeri"), _("Tercetak pada struk dan label."),
     _("Isi satu sampai 60 huruf."), false},
    {SET_UNIT_ADDRESS, _("Alamat"), "", _("Isi paling banyak 120 huruf."), true},
    {SET_UNIT_CITY, _("Kota"), "", _("Isi paling banyak 120 huruf."), false},
    {SET_LABEL_HOST, _("Alamat web label"),
     _("Nama host dalam QR label. Paling baik 17 huruf atau kurang. Label yang sudah beredar tetap "
       "dikenali."),
     _("Isi nama host saja: huruf, angka, titik, dan tanda hubung, misalnya GALERI.EXAMPLE."),
     true},
    {SET_SPLIT_RULE, _("Aturan pembagian hasil"),
     _("Berlaku untuk penjualan sejak disimpan. Penjualan lama tidak berubah."),
     _("Pilih salah satu aturan yang berlaku hari ini."), true},
    {SET_DEADLINE_RULE, _("Batas setor PNBP"), "", _("Pilih salah satu aturan."), true},
    {SET_DEADLINE_DAYS, _("Hari setor berkala"), _("Hanya untuk aturan berkala."),
     _("Isi bilangan 1 sampai 31."), false},
    {SET_DEPOSIT_CLOSE, _("Jam tutup setoran"), _("Waktu setempat."), _("Pilih salah satu jam."),
     false},
    {SET_TILLS, _("Jumlah kasir"), "", _("Isi bilangan 1 sampai 32."), false},
    {SET_RECEIPT_FORMAT, _("Bentuk nomor struk"),
     _("Harus memuat {till}, {year}, {epoch}, dan {no}."),
     _("Tulis {till}, {year}, {epoch}, dan {no} masing-masing sekali, paling banyak 48 huruf."),
     true},
    {SET_RECEIPT_FOOTER, _("Kalimat penutup struk"), "", _("Isi paling banyak 300 huruf."), true},
};

static const char *setting_text(struct request *rq, const struct settings *s, const char *name)
{
    const struct {
        const char *name, *value;
    } texts[] = {
        {SET_UNIT_NAME, s->unit_name},           {SET_UNIT_ADDRESS, s->unit_address},
        {SET_UNIT_CITY, s->unit_city},           {SET_LABEL_HOST, s->label_host},
        {SET_SPLIT_RULE, s->split_rule},         {SET_RECEIPT_FORMAT, s->receipt_format},
        {SET_RECEIPT_FOOTER, s->receipt_footer}, {SET_DEADLINE_RULE, s->deadline_rule},
    };

    for (size_t i = 0; i < LENGTH(texts); i++) {
        if (strcmp(texts[i].name, name) == 0) {
            return texts[i].value;
        }
    }
    if (strcmp(name, SET_DEADLINE_DAYS) == 0) {
        return number_text(rq, s->deadline_days);
    }
    return number_text(rq, strcmp(name, SET_TILLS) == 0 ? s->tills : s->deposit_close_min);
}

static void setting_choices(struct setting_view *row, struct request *rq)
{
    row->options = TPL_LIST((struct desk_option *)NULL, 0);
    if (strcmp(row->name, SET_SPLIT_RULE) == 0) {
        row->options = rule_options(rq, row->value);
    } else if (strcmp(row->name, SET_DEADLINE_RULE) == 0) {
        row->options = deadline_options(rq, row->value);
    } else if (strcmp(row->name, SET_DEPOSIT_CLOSE) == 0) {
        row->options = close_options(rq, row->value);
    }
    row->choice = row->options.count > 0;
}

/* The form that was refused shows what was typed and why; the others what is in force. */
static struct tpl_list setting_rows(struct request *rq, const struct settings *s)
{
    const char *refused = rq->refused ? request_param(rq, "nama") : "";
    struct setting_view *rows = ARENA_ARRAY(rq->cx.arena, struct setting_view, LENGTH(shown));

    for (size_t i = 0; i < LENGTH(shown); i++) {
        const bool wrong = strcmp(shown[i].name, refused) == 0;
        const char *now = setting_text(rq, s, shown[i].name);

        rows[i] = (struct setting_view){
            .name = shown[i].name,
            .label = request_words(rq, shown[i].label),
            .hint = *shown[i].hint ? request_words(rq, shown[i].hint) : "",
            .value = wrong ? request_typed_or(rq, "nilai", now) : now,
            .error = wrong && rq->in.error_count ? rq->in.errors[0].text : NULL,
            .wide = shown[i].wide,
            .confirm = wrong && strcmp(rq->cx.why.slug, "label-host-circulating") == 0,
        };
        setting_choices(&rows[i], rq);
    }
    return TPL_LIST(rows, LENGTH(shown));
}

/* ---- the rules that may be chosen ---- */

static const char *percent(struct request *rq, int32_t bps)
{
    const int32_t whole = bps / BPS_PER_PERCENT;
    const int32_t rest = bps % BPS_PER_PERCENT;

    return rest ? arena_format(rq->cx.arena, "%d,%02d %%", (int)whole, (int)rest)
                : arena_format(rq->cx.arena, "%d %%", (int)whole);
}

static struct tpl_list rule_rows(struct request *rq, const char *chosen)
{
    const struct split_rules *rules = &reference()->rules;
    struct rule_view *rows = ARENA_ARRAY(rq->cx.arena, struct rule_view, rules->count + 1);

    for (size_t i = 0; i < rules->count; i++) {
        const struct split_rule *r = &rules->rules[i];

        rows[i] = (struct rule_view){
            .code = r->code,
            .name = r->name,
            .base = request_words(rq, r->base == SPLIT_PROFIT ? _("keuntungan")
                                                              : _("seluruh penjualan")),
            .pnbp = percent(rq, r->pnbp_bps),
            .premi = percent(rq, r->premi_bps),
            .fund = percent(rq, r->fund_bps),
            .citation = r->citation,
            .chosen = strcmp(r->code, chosen) == 0,
        };
    }
    return TPL_LIST(rows, rules->count);
}

/* ---- the page ---- */

static void fill_program(struct settings_view *view, struct request *rq,
                         const struct journal_head *head)
{
    const struct web_options *options = &rq->web->options;
    const struct store_about about = store_about(options->store);
    struct sbuf hex;

    sbuf_init(&hex, SHA256_HEX_MAX);
    sbuf_hex(&hex, head->hash.bytes, sizeof(head->hash.bytes));
    view->journal_hash = head->seq ? arena_text(rq->cx.arena, sbuf_str(&hex)) : "";
    sbuf_done(&hex);
    view->journal_seq = head->seq;
    view->journal_at = head->seq ? desk_moment(rq, head->at) : "";
    view->engine = about.title;
    view->engine_version = arena_text(rq->cx.arena, about.version);
    view->engine_fixed = about.fixed;
    view->engine_shared = about.shared;
    view->connections = about.connections;
    view->schema = about.schema;
    view->version = options->version ? options->version : "";
    view->https = rq->web->https;
}

enum err admin_settings(struct request *rq)
{
    struct journal_head head;
    struct settings settings;
    struct settings_view view;
    enum err e;

    request_db(rq);
    if ((e = settings_now(&settings, &rq->cx)) || (e = journal_head(&head, &rq->cx))) {
        return e;
    }
    view = (struct settings_view){
        .form = desk_form(rq),
        .may_change = desk_may(rq, ROLE_ADMIN),
        .settings = setting_rows(rq, &settings),
        .rules = rule_rows(rq, settings.split_rule),
        .satker = settings.satker,
        .zone = zone_name(settings.zone),
        .site = rq->cx.site->code,
        .epoch = rq->cx.site->epoch,
    };
    fill_program(&view, rq, &head);
    respond_page(rq, 0, PAGE_SETTINGS, &view);
    return OK;
}

/* The store's sentence names the setting as the program does; a person knows it by its label. */
static enum err setting_refused(struct request *rq, enum err e, size_t which, const char *value)
{
    if (strcmp(rq->cx.why.slug, "setting-bad") != 0) {
        return e;
    }
    return refuse_field(&rq->cx, e, "setting-bad",
                        arena_format(rq->cx.arena, "nilai-%s", shown[which].name),
                        _("%s tidak dapat \"%.60s\". %s"), request_words(rq, shown[which].label),
                        value, request_words(rq, shown[which].allowed));
}

/* Labels that are on goods now carry the old host.  They stay known, but only as long as that host
 * leads here (Snipe-IT users moved a server, and thousands of labels were dead). */
static enum err host_changes(struct request *rq, const char *value)
{
    const char *now;
    int64_t labels;
    enum err e = OK;

    if (input_flag(&rq->in, "yakin") || (e = setting_get(&now, &rq->cx, SET_LABEL_HOST)) ||
        strcmp(now, value) == 0 || (e = label_circulating(&labels, &rq->cx)) || labels == 0) {
        return e;
    }
    return refuse_field(&rq->cx, ERR_CONFLICT, "label-host-circulating", "nilai-" SET_LABEL_HOST,
                        _("%lld label dengan alamat %s masih beredar. Kasir dan pemindai tetap "
                          "mengenalinya, tetapi kamera ponsel pembeli membuka alamat lama itu: "
                          "biarkan alamat lama tetap mengarah ke sini. Bila sudah, centang Saya "
                          "mengerti, lalu simpan lagi."),
                        (long long)labels, now);
}

static enum err setting_save(struct request *rq, size_t which)
{
    const char *name = shown[which].name;
    char *value = arena_text(rq->cx.arena, input_text(&rq->in, "nilai"));
    enum err e;

    for (size_t i = 0; strcmp(name, SET_LABEL_HOST) == 0 && value[i]; i++) {
        value[i] = (char)toupper((unsigned char)value[i]);
    }
    if (strcmp(name, SET_LABEL_HOST) == 0 && (e = host_changes(rq, value))) {
        return e;
    }
    if ((e = setting_set(&rq->cx, name, value))) {
        return setting_refused(rq, e, which, value);
    }
    request_tell(rq, "ok", desk_say(rq, _("%s disimpan."), request_words(rq, shown[which].label)));
    respond_redirect(rq, url_anchor(rq->cx.arena, url_fixed("/atur"), name));
    return OK;
}

enum err admin_setting(struct request *rq)
{
    const char *name = request_param(rq, "nama");

    for (size_t i = 0; i < LENGTH(shown); i++) {
        if (strcmp(shown[i].name, name) == 0) {
            return setting_save(rq, i);
        }
    }
    return refuse(&rq->cx, ERR_NOT_FOUND, "setting-unknown", _("Pengaturan \"%.40s\" tidak ada."),
                  name);
}

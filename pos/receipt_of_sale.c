/* From a sale to its paper. */
#include "pos/receipt_of_sale.h"

#include <strings.h>

#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/label_code.h"
#include "inventory/base/qty_text.h"
#include "inventory/base/sbuf.h"
#include "pos/setting.h"
#include "pos/staff.h"

enum { FOOTER_LINES_MAX = 8, ADDRESS_LINES_MAX = 2, URL_MAX = 512 };

/* ---- the address of the public page ---- */

void receipt_check(char out[RECEIPT_CHECK_MAX], struct sale_id id)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < RECEIPT_CHECK_LEN; i++) {
        uint8_t byte = id.bytes[ID_BYTES - RECEIPT_CHECK_LEN / 2 + i / 2];

        out[i] = digits[i % 2 ? byte & 15 : byte >> 4];
    }
    out[RECEIPT_CHECK_LEN] = '\0';
}

const char *receipt_tag_text(struct arena *a, const struct sale *sale)
{
    char check[RECEIPT_CHECK_MAX];

    receipt_check(check, sale->id);
    return arena_format(a, "%s-%s", sale->head.number, check);
}

static char capital(char c)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    static const char large[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *at = c ? strchr(small, c) : NULL;

    if (at) {
        c = large[at - small];
    }
    return c;
}

bool receipt_tag_read(struct receipt_tag *out, const char *text)
{
    size_t n = strlen(text);
    size_t number_len = n > RECEIPT_CHECK_LEN ? n - RECEIPT_CHECK_LEN - 1 : 0;
    const char *last = n > RECEIPT_CHECK_LEN ? text + n - RECEIPT_CHECK_LEN : text;

    if (number_len == 0 || number_len > SALE_NUMBER_LEN_MAX || text[number_len] != '-' ||
        strspn(last, "0123456789ABCDEFabcdef") != RECEIPT_CHECK_LEN) {
        return false;
    }
    snprintf(out->number, sizeof out->number, "%.*s", (int)number_len, text);
    for (size_t i = 0; i < RECEIPT_CHECK_LEN; i++) {
        out->check[i] = capital(last[i]);
    }
    out->check[RECEIPT_CHECK_LEN] = '\0';
    return true;
}

const char *receipt_number_said(struct arena *a, const char *text)
{
    struct receipt_tag tag;

    return arena_text(a, receipt_tag_read(&tag, text) ? tag.number : text);
}

static bool plain_in_url(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

const char *receipt_url(struct arena *a, const struct sale *sale, const char *host)
{
    struct sbuf url;
    const char *text;

    sbuf_init(&url, URL_MAX);
    sbuf_text(&url, "HTTPS://");
    for (const char *p = host; *p; p++) {
        sbuf_char(&url, capital(*p));
    }
    sbuf_text(&url, "/S/");
    for (const char *p = receipt_tag_text(a, sale); *p; p++) {
        if (plain_in_url(*p)) {
            sbuf_char(&url, *p);
        } else {
            sbuf_format(&url, "%%%02X", (unsigned)(unsigned char)*p);
        }
    }
    text = sbuf_full(&url) ? NULL : arena_text(a, sbuf_str(&url));
    sbuf_done(&url);
    return text;
}

/* A host that was never set leads nowhere: then the paper has no symbol. */
static bool host_is_set(const char *host)
{
    size_t n = strlen(host);

    return n > 0 && !(n >= 8 && strcasecmp(host + n - 8, ".INVALID") == 0);
}

/* ---- the paper ---- */

static void fill_line(struct receipt_line *out, struct ctx *cx, const struct sale_line_row *line)
{
    char qty[QTY_TEXT_MAX];

    qty_text(qty, line->qty);
    *out = (struct receipt_line){
        .name = line->name,
        .code = line->sku,
        .qty_text = arena_text(cx->arena, qty),
        .unit = line->unit_name,
        .price = line->price,
        .total = line->total,
    };
    if (line->code && label_code_valid(line->code)) {
        struct label_code code;
        char groups[LABEL_GROUPS_MAX];

        snprintf(code.text, sizeof code.text, "%s", line->code);
        label_code_groups(groups, code);
        out->code = arena_text(cx->arena, groups);
    }
    if (line->price.rp % 1000 * (line->qty.milli % 1000) % 1000 != 0) {
        out->note = "dibulatkan ke rupiah penuh";
    }
}

static void fill_lines(struct receipt *out, struct ctx *cx, const struct sale *sale)
{
    struct receipt_line *lines = ARENA_ARRAY(cx->arena, struct receipt_line, sale->line_count);
    struct receipt_tender *tenders =
        ARENA_ARRAY(cx->arena, struct receipt_tender, sale->payment_count);

    for (size_t i = 0; i < sale->line_count; i++) {
        fill_line(&lines[i], cx, &sale->lines[i]);
    }
    for (size_t i = 0; i < sale->payment_count; i++) {
        tenders[i] =
            (struct receipt_tender){.name = _("Tunai"), .amount = sale->payments[i].tendered};
    }
    out->lines = lines;
    out->lines_count = sale->line_count;
    out->tenders = tenders;
    out->tenders_count = sale->payment_count;
}

/* The lines of a text, without empty ones. */
static size_t split_lines(const char **out, size_t max, struct ctx *cx, const char *text)
{
    size_t count = 0;

    while (*text && count < max) {
        size_t n = strcspn(text, "\n");

        if (n > 0) {
            out[count++] = arena_text_n(cx->arena, text, n);
        }
        text += n + (text[n] == '\n');
    }
    return count;
}

static void fill_unit(struct receipt *out, struct ctx *cx, const struct settings *s)
{
    const char **address = ARENA_ARRAY(cx->arena, const char *, ADDRESS_LINES_MAX);
    const char **footer = ARENA_ARRAY(cx->arena, const char *, FOOTER_LINES_MAX);

    if (*s->unit_address) {
        address[out->address_count++] = s->unit_address;
    }
    if (*s->unit_city) {
        address[out->address_count++] = s->unit_city;
    }
    out->unit_name = s->unit_name;
    out->address = address;
    out->footer = footer;
    out->footer_count = split_lines(footer, FOOTER_LINES_MAX, cx, s->receipt_footer);
    out->demo = s->demo;
}

/* The person's name as it is now; the login when the person is not known any more. */
static enum err cashier_name(const char **out, struct ctx *cx, const char *login)
{
    struct staff staff;
    enum err e = staff_by_login(&staff, cx, login);

    *out = e ? login : staff.name;
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err receipt_of_sale(struct receipt *out, struct ctx *cx, const struct sale *sale, int32_t copy)
{
    const struct sale_row *head = &sale->head;
    struct settings settings;
    enum err e;

    *out = (struct receipt){
        .lang = LANG_ID,
        .copy = copy,
        .number = head->number,
        .day = head->day,
        .at = head->at,
        .till = head->till,
        .total = head->total,
        .change_shown = true,
        .change = head->change,
        .pnbp_shown = true,
        .pnbp = head->pnbp,
    };
    if ((e = settings_now(&settings, cx)) || (e = cashier_name(&out->cashier, cx, head->cashier))) {
        return e;
    }
    out->zone = settings.zone;
    fill_unit(out, cx, &settings);
    fill_lines(out, cx, sale);
    if (host_is_set(settings.label_host)) {
        out->qr_url = receipt_url(cx->arena, sale, settings.label_host);
    }
    return OK;
}

enum err receipt_paint_fitting(struct sbuf *out, const struct receipt *receipt, enum paper paper,
                               enum receipt_form form, struct why *why)
{
    enum err e = receipt_paint(out, receipt, paper, form, why);

    if (e == ERR_REFUSED && strcmp(why->slug, "qr-too-dense") == 0) {
        struct receipt plain = *receipt;

        plain.qr_url = NULL;
        sbuf_clear(out);
        e = receipt_paint(out, &plain, paper, form, why);
    }
    return e;
}

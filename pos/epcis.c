/* The history of a lot or piece as an EPCIS 2.0 document (JSON-LD). */
#include "pos/epcis.h"

#include <ctype.h>

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/json.h"
#include "pos/setting.h"
#include "pos/trace.h"

enum { ADDRESS_MAX = 4096 };

static bool ours(enum place_kind kind)
{
    return kind == PLACE_STORE || kind == PLACE_SHOWROOM || kind == PLACE_TRANSIT ||
           kind == PLACE_PARTNER || kind == PLACE_EXHIBITION;
}

static const char *stands_as(enum place_kind kind)
{
    return kind == PLACE_SHOWROOM ? "sellable_accessible" : "sellable_not_accessible";
}

struct epcis_step epcis_step(enum place_kind from, enum place_kind to)
{
    switch (to) {
    case PLACE_CUSTOMER: return (struct epcis_step){"OBSERVE", "retail_selling", "retail_sold"};
    case PLACE_SCRAP: return (struct epcis_step){"DELETE", "decommissioning", "damaged"};
    case PLACE_LOST: return (struct epcis_step){"DELETE", "decommissioning", "unavailable"};
    case PLACE_CONSUMED: return (struct epcis_step){"DELETE", "decommissioning", "inactive"};
    case PLACE_TRANSIT: return (struct epcis_step){"OBSERVE", "shipping", "in_transit"};
    case PLACE_WORKSHOP:
    case PLACE_SUPPLIER: return (struct epcis_step){"OBSERVE", "shipping", "returned"};
    case PLACE_PARTNER:
    case PLACE_EXHIBITION:
    case PLACE_STORE:
    case PLACE_SHOWROOM: break;
    }
    if (from == PLACE_WORKSHOP) {
        return (struct epcis_step){"ADD", "commissioning", "active"};
    }
    if (from == PLACE_SUPPLIER) {
        return (struct epcis_step){"ADD", "receiving", "active"};
    }
    if (from == PLACE_CUSTOMER) {
        return (struct epcis_step){"OBSERVE", "accepting", "returned"};
    }
    if (!ours(from)) {
        return (struct epcis_step){"ADD", "stock_taking", stands_as(to)};
    }
    return (struct epcis_step){"OBSERVE", from == PLACE_TRANSIT ? "receiving" : "storing",
                               stands_as(to)};
}

/* ---- writing ---- */

struct writer {
    struct sbuf *out;
    struct ctx *cx;
    const char *host;
    const struct label *label;
};

static void text(struct writer *w, const char *name, const char *value)
{
    json_write_text(w->out, name);
    sbuf_char(w->out, ':');
    json_write_text(w->out, value);
}

static void address_part(struct sbuf *out, const char *part)
{
    for (; *part; part++) {
        const unsigned char c = (unsigned char)*part;
        if (isalnum(c) || strchr("-._~", c)) {
            sbuf_char(out, *part);
        } else {
            sbuf_format(out, "%%%02X", c);
        }
    }
}

/* "https://HOST/P/CODE", each part percent-encoded. */
static const char *address(struct writer *w, const char *const parts[])
{
    struct sbuf b;
    const char *out;

    sbuf_init(&b, ADDRESS_MAX);
    sbuf_text(&b, "https://");
    sbuf_text(&b, w->host);
    for (size_t i = 0; parts[i]; i++) {
        sbuf_char(&b, '/');
        address_part(&b, parts[i]);
    }
    out = arena_text(w->cx->arena, sbuf_str(&b));
    sbuf_done(&b);
    return out;
}

static const char *thing(struct writer *w, const char *code)
{
    return address(w, (const char *const[]){"P", code, NULL});
}

static const char *place(struct writer *w, struct trace_place p)
{
    return address(w, (const char *const[]){"tempat", place_kind_name(p.kind), p.code, NULL});
}

static void quantity(struct sbuf *out, struct qty q)
{
    sbuf_int(out, q.milli / 1000);
    if (q.milli % 1000) {
        sbuf_format(out, ".%03d", (int)(q.milli % 1000));
    }
}

static void things(struct writer *w, const struct trace_event *e)
{
    struct sbuf *out = w->out;

    if (e->code_count == 0) {
        sbuf_text(out, "\"quantityList\":[{");
        text(w, "epcClass", thing(w, w->label->code.text));
        sbuf_text(out, ",\"quantity\":");
        quantity(out, e->qty);
        sbuf_text(out, "}]");
        return;
    }
    sbuf_text(out, "\"epcList\":[");
    for (size_t i = 0; i < e->code_count; i++) {
        sbuf_text(out, i ? "," : "");
        json_write_text(out, thing(w, e->codes[i].text));
    }
    sbuf_char(out, ']');
}

static void paper(struct writer *w, const struct trace_event *e)
{
    if (!*e->paper) {
        return;
    }
    sbuf_text(w->out, ",\"bizTransactionList\":[{");
    text(w, "type", e->sale ? "inv" : "bol");
    sbuf_char(w->out, ',');
    text(w, "bizTransaction",
         address(w, (const char *const[]){"jejak", e->sale ? "struk" : "dokumen", e->paper, NULL}));
    sbuf_text(w->out, "}]");
}

static void when(struct writer *w, struct instant at)
{
    const struct zone z = w->cx->site->zone;
    char moment[DATE_TEXT_MAX];

    instant_rfc3339(moment, at, z);
    text(w, "eventTime", moment);
    sbuf_char(w->out, ',');
    text(w, "recordTime", moment);
    sbuf_format(w->out, ",\"eventTimeZoneOffset\":\"+%02d:%02d\"", (int)(z.offset_min / 60),
                (int)(z.offset_min % 60));
}

static void event(struct writer *w, const struct trace_event *e)
{
    const struct epcis_step step = epcis_step(e->from.kind, e->to.kind);
    const char *line = arena_format(w->cx->arena, "%lld-%d", (long long)e->seq, (int)e->line);

    sbuf_text(w->out, "{\"type\":\"ObjectEvent\",");
    text(w, "eventID",
         address(w, (const char *const[]){"jurnal", w->cx->site->code, w->cx->site->epoch, line,
                                          NULL}));
    sbuf_char(w->out, ',');
    when(w, e->at);
    sbuf_char(w->out, ',');
    text(w, "action", step.action);
    sbuf_char(w->out, ',');
    text(w, "bizStep", step.step);
    sbuf_char(w->out, ',');
    text(w, "disposition", step.disposition);
    sbuf_char(w->out, ',');
    things(w, e);
    sbuf_text(w->out, ",\"readPoint\":{");
    text(w, "id", place(w, e->from));
    if (strcmp(step.action, "DELETE") != 0) {
        sbuf_text(w->out, "},\"bizLocation\":{");
        text(w, "id", place(w, e->to));
    }
    sbuf_char(w->out, '}');
    paper(w, e);
    sbuf_char(w->out, '}');
}

static void document(struct writer *w, const struct trace_events *events)
{
    char now[DATE_TEXT_MAX];

    instant_rfc3339(now, clock_now(w->cx->clock), w->cx->site->zone);
    sbuf_text(w->out, "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/"
                      "epcis-context.jsonld\"],\"type\":\"EPCISDocument\","
                      "\"schemaVersion\":\"2.0\",");
    text(w, "creationDate", now);
    sbuf_text(w->out, ",\"epcisBody\":{\"eventList\":[");
    for (size_t i = 0; i < events->count; i++) {
        sbuf_text(w->out, i ? "," : "");
        event(w, &events->items[i]);
    }
    sbuf_text(w->out, "]}}\n");
}

enum err epcis_write(struct sbuf *out, struct ctx *cx, struct label_code code)
{
    struct trace_events events;
    struct settings settings;
    struct label label;
    enum err e;

    if ((e = label_find(&label, cx, code)) || (e = settings_now(&settings, cx))) {
        return e;
    }
    if (label.state == LABEL_UNKNOWN) {
        return ERR_NOT_FOUND;
    }
    struct trace_of of = {.lot = label.lot, .unit = label.unit, .code = label.now};
    if ((e = trace_events(&events, cx, of))) {
        return e;
    }
    struct writer w = {.out = out, .cx = cx, .host = settings.label_host, .label = &label};
    document(&w, &events);
    return OK;
}

/* What the pages of the stock's papers share. */
#include "inventory/base/arena.h"
#include "inventory/base/id.h"
#include "inventory/base/label_code.h"
#include "inventory/base/money_text.h"
#include "inventory/base/qty_text.h"
#include "pos/web/desk.h"
#include "pos/web/stock_pages.h"

/* "40*CODE", or "CODE 40" unless all of it together is a code typed in groups. */
static struct take take_read(struct request *rq, char *line)
{
    struct arena *a = rq->cx.arena;
    char *star = strchr(line, '*');
    char *last = strrchr(line, ' ');
    struct scanned whole = scan_read(line, strlen(line));
    struct take t = {.code = line, .qty = QTY(-1)};

    if (star && star != line) {
        *star = '\0';
        t.code = star + 1;
        if (qty_parse(&t.qty, line)) {
            t.qty = QTY(-1);
        }
    } else if (whole.kind != SCANNED_LABEL && last) {
        char *text = arena_text(a, last + 1);

        if (qty_parse(&t.qty, text)) {
            t.qty = QTY(-1);
        } else {
            *last = '\0';
        }
    }
    return t;
}

void takes_read(struct take **out, size_t *count, struct request *rq, const char *text)
{
    char *copy = arena_text(rq->cx.arena, text), *line = copy;

    *out = ARENA_ARRAY(rq->cx.arena, struct take, TAKES_TEXT_MAX / 2);
    *count = 0;
    while (line && *count < TAKES_TEXT_MAX / 2) {
        char *end = strpbrk(line, "\n,;");
        size_t n;

        if (end) {
            *end++ = '\0';
        }
        line += strspn(line, " \t");
        n = strlen(line);
        while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t')) {
            line[--n] = '\0';
        }
        if (n > 0) {
            (*out)[(*count)++] = take_read(rq, line);
        }
        line = end;
    }
}

enum err places_input(struct board_form *f, struct request *rq, const char *name, const char *label,
                      enum place_kind first)
{
    static const enum place_kind kinds[] = {PLACE_SHOWROOM, PLACE_STORE, PLACE_EXHIBITION,
                                            PLACE_WORKSHOP};
    struct board_input *i = board_input(f, BOARD_CHOICE, name, label, "");
    struct place chosen;
    char hex[ID_HEX_MAX];
    enum err e = place_of_kind(&chosen, &rq->cx, first);

    if (!e) {
        id_hex(hex, chosen.id.bytes);
        board_first(i, arena_text(rq->cx.arena, hex));
    }
    e = e == ERR_NOT_FOUND ? OK : e;
    for (size_t k = 0; k < LENGTH(kinds) && !e; k++) {
        struct place_list list;

        e = place_all(&list, &rq->cx, kinds[k]);
        for (size_t n = 0; !e && n < list.count; n++) {
            id_hex(hex, list.items[n].id.bytes);
            board_option(i, arena_text(rq->cx.arena, hex), list.items[n].name);
        }
    }
    return e;
}

struct place_id place_given(struct request *rq, const char *name)
{
    struct place_id id;

    memcpy(id.bytes, input_id(&rq->in, name), ID_BYTES);
    return id;
}

const char *taken_qty(struct request *rq, const struct taken *t)
{
    return arena_format(rq->cx.arena, "%s %s", desk_qty(rq, t->qty), t->unit_name);
}

const char *taken_code(struct request *rq, const struct taken *t)
{
    return desk_code_groups(rq, t->code);
}

const char *cost_text(struct request *rq, bool known, struct rupiah cost)
{
    char text[MONEY_TEXT_MAX];

    if (!known) {
        return request_words(rq, _("belum diketahui"));
    }
    money_short(text, cost);
    return arena_text(rq->cx.arena, text);
}

const char *number_of(struct request *rq)
{
    return request_param(rq, "no");
}

enum err stock_refused(struct request *rq, enum err e)
{
    static const struct {
        const char *act, *form;
    } names[] = {
        {"code", "kode"},    {"from", "asal"},      {"to", "tujuan"},     {"place", "tempat"},
        {"note", "catatan"}, {"choice", "pilihan"}, {"reason", "alasan"}, {"qty", "kode"},
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

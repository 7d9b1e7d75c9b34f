/* Pages put together from facts, tables and forms. */
#include <assert.h>

#include "inventory/base/arena.h"
#include "pos/web/board_parts.h"
#include "pos/web/pages.h"
#include "pos/web/respond.h"

enum { LINKS_MAX = 8, OPTIONS_MAX = 200 };

struct board *board_new(struct request *rq, const char *title)
{
    struct arena *a = rq->cx.arena;
    struct board *b = ARENA_ARRAY(a, struct board, 1);

    *b = (struct board){.rq = rq, .title = title};
    b->crumb = ARENA_ARRAY(a, struct board_link, LINKS_MAX);
    b->action = ARENA_ARRAY(a, struct board_link, LINKS_MAX);
    b->part = ARENA_ARRAY(a, struct board_part, BOARD_PARTS_MAX);
    b->crumbs = TPL_LIST(b->crumb, 0);
    b->actions = TPL_LIST(b->action, 0);
    b->parts = TPL_LIST(b->part, 0);
    return b;
}

void board_crumb(struct board *b, const char *label, struct url url)
{
    assert(b->crumbs.count < LINKS_MAX);
    b->crumb[b->crumbs.count++] =
        (struct board_link){.label = request_words(b->rq, label), .url = url};
}

void board_action(struct board *b, const char *label, struct url url, bool main)
{
    assert(b->actions.count < LINKS_MAX);
    b->action[b->actions.count++] =
        (struct board_link){.label = request_words(b->rq, label), .url = url, .main = main};
}

static struct board_part *part_add(struct board *b, const char *title)
{
    struct board_part *p;

    assert(b->parts.count < BOARD_PARTS_MAX);
    p = &b->part[b->parts.count++];
    *p = (struct board_part){.title = title ? request_words(b->rq, title) : NULL,
                             .facts = TPL_LIST((struct board_pair *)NULL, 0),
                             .table = {.heads = TPL_LIST((struct board_head *)NULL, 0),
                                       .rows = TPL_LIST((struct board_row *)NULL, 0)},
                             .form = {.inputs = TPL_LIST((struct board_input *)NULL, 0)}};
    return p;
}

void board_say(struct board *b, const char *tone, const char *text)
{
    struct board_part *p = part_add(b, NULL);

    p->is_say = true;
    p->tone = tone;
    p->text = text;
}

void board_picture(struct board *b, struct url url, const char *text)
{
    struct board_part *p = part_add(b, NULL);

    p->is_picture = true;
    p->picture = url;
    p->text = text;
}

/* ---- facts ---- */

void board_facts(struct board *b, const char *title)
{
    struct board_part *p = part_add(b, title);

    p->is_facts = true;
    p->pairs = ARENA_ARRAY(b->rq->cx.arena, struct board_pair, BOARD_FACTS_MAX);
    p->facts = TPL_LIST(p->pairs, 0);
}

void board_fact_url(struct board *b, const char *label, const char *text, struct url url)
{
    struct board_part *p = &b->part[b->parts.count - 1];

    assert(p->is_facts && p->facts.count < BOARD_FACTS_MAX);
    p->pairs[p->facts.count++] =
        (struct board_pair){.label = request_words(b->rq, label), .text = text, .url = url};
}

void board_fact(struct board *b, const char *label, const char *text)
{
    board_fact_url(b, label, text, (struct url){NULL});
}

/* ---- tables ---- */

struct board_table *board_table(struct board *b, const char *title, const char *const heads[],
                                const char *empty)
{
    struct arena *a = b->rq->cx.arena;
    struct board_part *p = part_add(b, title);
    struct board_table *t = &p->table;

    p->is_table = true;
    t->board = b;
    t->empty = request_words(b->rq, empty);
    t->head = ARENA_ARRAY(a, struct board_head, BOARD_CELLS_MAX);
    t->row = ARENA_ARRAY(a, struct board_row, BOARD_ROWS_MAX);
    while (heads[t->columns]) {
        assert(t->columns < BOARD_CELLS_MAX);
        t->head[t->columns] = (struct board_head){.text = request_words(b->rq, heads[t->columns])};
        t->columns++;
    }
    t->heads = TPL_LIST(t->head, t->columns);
    t->rows = TPL_LIST(t->row, 0);
    return t;
}

void board_right(struct board_table *t, const char *places)
{
    for (const char *c = places; *c; c++) {
        t->head[*c - '0'].num = true;
    }
}

static void cell_add(struct board_table *t, struct board_cell_view cell)
{
    struct board_row *row;

    if (t->in_row == 0) {
        if (t->rows.count == BOARD_ROWS_MAX) {
            t->cut = true;
            return;
        }
        t->cells = ARENA_ARRAY(t->board->rq->cx.arena, struct board_cell_view, t->columns);
        row = &t->row[t->rows.count++];
        row->cells = TPL_LIST(t->cells, t->columns);
        t->found = true;
    }
    cell.head = t->head[t->in_row].text;
    cell.num = t->head[t->in_row].num;
    cell.first = t->in_row == 0;
    t->cells[t->in_row] = cell;
    t->in_row = (t->in_row + 1) % t->columns;
}

void board_cell(struct board_table *t, const char *text)
{
    cell_add(t, (struct board_cell_view){.text = text});
}

void board_cell_url(struct board_table *t, const char *text, struct url url)
{
    cell_add(t, (struct board_cell_view){.text = text, .url = url});
}

void board_cell_badge(struct board_table *t, const char *tone, const char *text)
{
    cell_add(t, (struct board_cell_view){.text = text, .tone = tone, .badge = true});
}

void board_cut(struct board_table *t, bool cut)
{
    t->cut = t->cut || cut;
}

/* ---- forms ---- */

struct board_form *board_form(struct board *b, const char *title, struct url action,
                              const char *submit)
{
    struct board_part *p = part_add(b, title);
    struct board_form *f = &p->form;
    struct desk_form about = desk_form(b->rq);

    p->is_form = true;
    f->board = b;
    f->action = action;
    f->csrf = about.csrf;
    f->key = about.key;
    f->submit = request_words(b->rq, submit);
    f->input = ARENA_ARRAY(b->rq->cx.arena, struct board_input, BOARD_INPUTS_MAX);
    f->inputs = TPL_LIST(f->input, 0);
    return f;
}

struct board_input *board_input(struct board_form *f, enum board_kind kind, const char *name,
                                const char *label, const char *first)
{
    struct request *rq = f->board->rq;
    struct board_input *i;

    assert(f->inputs.count < BOARD_INPUTS_MAX);
    i = &f->input[f->inputs.count++];
    *i = (struct board_input){
        .board = f->board,
        .line = kind == BOARD_LINE,
        .number = kind == BOARD_NUMBER,
        .area = kind == BOARD_AREA,
        .day = kind == BOARD_DAY,
        .choice = kind == BOARD_CHOICE,
        .check = kind == BOARD_CHECK,
        .file = kind == BOARD_FILE,
        .hidden = kind == BOARD_HIDDEN,
        .name = name,
        .label = label ? request_words(rq, label) : "",
        .value = request_typed_or(rq, name, first),
        .error = request_error(rq, name),
        .hint = "",
        .options = TPL_LIST((struct desk_option *)NULL, 0),
    };
    if (kind == BOARD_CHECK) {
        i->ticked = *(rq->refused ? request_typed(rq, name) : first) != '\0';
    } else if (kind == BOARD_HIDDEN) {
        i->value = first;
    } else if (kind == BOARD_FILE) {
        f->upload = true;
    }
    return i;
}

void board_first(struct board_input *i, const char *first)
{
    i->value = request_typed_or(i->board->rq, i->name, first);
}

void board_hint(struct board_input *i, const char *hint)
{
    i->hint = request_words(i->board->rq, hint);
}

void board_need(struct board_input *i)
{
    i->need = true;
}

void board_short(struct board_input *i)
{
    i->narrow = true;
}

void board_option(struct board_input *i, const char *value, const char *label)
{
    if (!i->option) {
        i->option = ARENA_ARRAY(i->board->rq->cx.arena, struct desk_option, OPTIONS_MAX);
        i->options = TPL_LIST(i->option, 0);
    }
    if (i->options.count < OPTIONS_MAX) {
        i->option[i->options.count++] = (struct desk_option){
            .value = value, .label = label, .selected = strcmp(value, i->value) == 0};
    }
}

void board_submit_also(struct board_form *f, const char *name, const char *value, const char *label)
{
    f->also_name = name;
    f->also_value = value;
    f->also_label = request_words(f->board->rq, label);
}

void board_show(struct board *b)
{
    b->form = desk_form(b->rq);
    b->rq->title = b->title;
    respond_page(b->rq, 0, PAGE_BOARD, b);
}

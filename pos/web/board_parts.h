/* The views of a board; for board.c and board_fields.c only. */
#ifndef WEB_BOARD_PARTS_H
#define WEB_BOARD_PARTS_H

#include "pos/web/board.h"
#include "pos/web/desk.h"

struct board_link {
    const char *label;
    struct url url;
    bool main;
};

struct board_pair {
    const char *label;
    const char *text;
    struct url url;
};

struct board_cell_view {
    const char *text;
    const char *head; /* of its column, for narrow screens */
    struct url url;
    const char *tone;
    bool badge;
    bool num;
    bool first;
};
struct board_row {
    struct tpl_list cells;
};
struct board_head {
    const char *text;
    bool num;
};
struct board_table {
    struct board *board;
    struct tpl_list heads, rows;
    bool found, cut;
    const char *empty;
    struct board_head *head;
    size_t columns;
    struct board_row *row;
    struct board_cell_view *cells; /* of the row that is being filled */
    size_t in_row;
};

struct board_input {
    struct board *board;
    bool line, number, area, day, choice, check, file, hidden;
    const char *name, *label, *value, *error, *hint;
    bool need, narrow, ticked;
    struct tpl_list options;
    struct desk_option *option;
};

struct board_form {
    struct board *board;
    struct url action;
    const char *csrf, *key, *submit;
    bool upload;
    struct tpl_list inputs;
    struct board_input *input;
    const char *also_name, *also_value, *also_label;
};

struct board_part {
    const char *title;
    bool is_facts, is_table, is_form, is_say, is_picture;
    struct tpl_list facts;
    struct board_pair *pairs;
    struct board_table table;
    struct board_form form;
    const char *tone, *text;
    struct url picture;
};

struct board {
    struct request *rq;
    const char *title;
    struct desk_form form; /* its errors */
    struct tpl_list crumbs, actions, parts;
    struct board_link *crumb, *action;
    struct board_part *part;
};

#endif

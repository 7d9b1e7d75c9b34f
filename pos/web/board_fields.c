/* The tables of a board's views. */
#include "pos/web/board_parts.h"

static const struct tpl_field link_fields[] = {
    TPL_FIELD(board_link, label),
    TPL_FIELD(board_link, url),
    TPL_FIELD(board_link, main),
    TPL_FIELD_END,
};

static const struct tpl_field pair_fields[] = {
    TPL_FIELD(board_pair, label),
    TPL_FIELD(board_pair, text),
    TPL_FIELD(board_pair, url),
    TPL_FIELD_END,
};

static const struct tpl_field cell_fields[] = {
    TPL_FIELD(board_cell_view, text),  TPL_FIELD(board_cell_view, head),
    TPL_FIELD(board_cell_view, url),   TPL_FIELD(board_cell_view, tone),
    TPL_FIELD(board_cell_view, badge), TPL_FIELD(board_cell_view, num),
    TPL_FIELD(board_cell_view, first), TPL_FIELD_END,
};

static const struct tpl_field row_fields[] = {
    TPL_FIELD_LIST(board_row, cells, board_cell_view, cell_fields),
    TPL_FIELD_END,
};

static const struct tpl_field head_fields[] = {
    TPL_FIELD(board_head, text),
    TPL_FIELD(board_head, num),
    TPL_FIELD_END,
};

static const struct tpl_field table_fields[] = {
    TPL_FIELD_LIST(board_table, heads, board_head, head_fields),
    TPL_FIELD_LIST(board_table, rows, board_row, row_fields),
    TPL_FIELD(board_table, found),
    TPL_FIELD(board_table, cut),
    TPL_FIELD(board_table, empty),
    TPL_FIELD_END,
};

static const struct tpl_field input_fields[] = {
    TPL_FIELD(board_input, line),
    TPL_FIELD(board_input, number),
    TPL_FIELD(board_input, area),
    TPL_FIELD(board_input, day),
    TPL_FIELD(board_input, choice),
    TPL_FIELD(board_input, check),
    TPL_FIELD(board_input, file),
    TPL_FIELD(board_input, hidden),
    TPL_FIELD(board_input, name),
    TPL_FIELD(board_input, label),
    TPL_FIELD(board_input, value),
    TPL_FIELD(board_input, error),
    TPL_FIELD(board_input, hint),
    TPL_FIELD(board_input, need),
    TPL_FIELD(board_input, narrow),
    TPL_FIELD(board_input, ticked),
    TPL_FIELD_LIST(board_input, options, desk_option, desk_option_fields),
    TPL_FIELD_END,
};

static const struct tpl_field form_fields[] = {
    TPL_FIELD(board_form, action),
    TPL_FIELD(board_form, csrf),
    TPL_FIELD(board_form, key),
    TPL_FIELD(board_form, submit),
    TPL_FIELD(board_form, upload),
    TPL_FIELD_LIST(board_form, inputs, board_input, input_fields),
    TPL_FIELD(board_form, also_name),
    TPL_FIELD(board_form, also_value),
    TPL_FIELD(board_form, also_label),
    TPL_FIELD_END,
};

static const struct tpl_field part_fields[] = {
    TPL_FIELD(board_part, title),
    TPL_FIELD(board_part, is_facts),
    TPL_FIELD(board_part, is_table),
    TPL_FIELD(board_part, is_form),
    TPL_FIELD(board_part, is_say),
    TPL_FIELD(board_part, is_picture),
    TPL_FIELD_LIST(board_part, facts, board_pair, pair_fields),
    TPL_FIELD_NEST(board_part, table, board_table, table_fields),
    TPL_FIELD_NEST(board_part, form, board_form, form_fields),
    TPL_FIELD(board_part, tone),
    TPL_FIELD(board_part, text),
    TPL_FIELD(board_part, picture),
    TPL_FIELD_END,
};

const struct tpl_field board_fields[] = {
    TPL_FIELD(board, title),
    TPL_FIELD_NEST(board, form, desk_form, desk_form_fields),
    TPL_FIELD_LIST(board, crumbs, board_link, link_fields),
    TPL_FIELD_LIST(board, actions, board_link, link_fields),
    TPL_FIELD_LIST(board, parts, board_part, part_fields),
    TPL_FIELD_END,
};

/* A table as CSV in two flavours. */
#include "pos/sheet.h"

#include <stdio.h>
#include <string.h>

#include "inventory/base/calendar.h"
#include "inventory/base/csv.h"

enum { DIGITS_SAFE = 11 /* longer numbers lose digits in a spreadsheet */ };

static void decimal(char room[SHEET_CELL_MAX], int64_t value, int32_t parts, char point)
{
    const bool below = value < 0;
    const int64_t size = below ? -value : value;
    const int digits = parts == 1000 ? 3 : 2;
    int n = snprintf(room, SHEET_CELL_MAX, "%s%lld", below ? "-" : "", (long long)(size / parts));

    if (size % parts) {
        n += snprintf(room + n, (size_t)(SHEET_CELL_MAX - n), "%c%0*d", point, digits,
                      (int)(size % parts));
        while (room[n - 1] == '0') {
            room[--n] = '\0';
        }
    }
}

static void number(char room[SHEET_CELL_MAX], enum sheet_kind kind, int64_t value, bool machine)
{
    const struct day day = DAY((int32_t)value);

    room[0] = '\0';
    switch (kind) {
    case SHEET_TEXT: break;
    case SHEET_INT:
    case SHEET_RUPIAH: (void)snprintf(room, SHEET_CELL_MAX, "%lld", (long long)value); break;
    case SHEET_QTY: decimal(room, value, 1000, machine ? '.' : ','); break;
    case SHEET_SHARE:
        if (machine) {
            (void)snprintf(room, SHEET_CELL_MAX, "%lld", (long long)value);
        } else {
            decimal(room, value, 100, ',');
        }
        break;
    case SHEET_DAY: {
        const struct civil c = day_civil(day);
        if (machine) {
            day_iso(room, day);
        } else {
            (void)snprintf(room, SHEET_CELL_MAX, "%02d/%02d/%04d", (int)c.mday, (int)c.month,
                           (int)c.year);
        }
        break;
    }
    }
}

const char *sheet_cell_text(char room[SHEET_CELL_MAX], const struct sheet_column *column,
                            const struct sheet_cell *cell)
{
    if (!cell->known) {
        return "";
    }
    if (column->kind == SHEET_TEXT) {
        return cell->text;
    }
    number(room, column->kind, cell->value, false);
    return room;
}

/* Digits that a spreadsheet would make a number of, and lose some. */
static bool code_of_digits(const char *text)
{
    const size_t n = strspn(text, "0123456789");

    return n > 1 && text[n] == '\0' && (text[0] == '0' || n > DIGITS_SAFE);
}

static void excel_text(struct sbuf *out, const char *text)
{
    if (code_of_digits(text)) {
        sbuf_format(out, "\"=\"\"%s\"\"\"", text);
        return;
    }
    if (strchr(text, ';') && !strpbrk(text, ",\"\r\n") && !strchr("=+-@\t ", *text)) {
        sbuf_format(out, "\"%s\"", text);
        return;
    }
    csv_put(out, text);
}

static void cell_put(struct sbuf *out, const struct sheet_column *column,
                     const struct sheet_cell *cell, bool machine)
{
    char room[SHEET_CELL_MAX];

    if (!cell->known) {
        return;
    }
    if (column->kind == SHEET_TEXT) {
        if (machine) {
            csv_put(out, cell->text);
        } else {
            excel_text(out, cell->text);
        }
        return;
    }
    number(room, column->kind, cell->value, machine);
    sbuf_text(out, room);
}

void sheet_csv(struct sbuf *out, const struct sheet *s, enum sheet_style style)
{
    const bool machine = style == SHEET_MACHINE;
    const char *comma = machine ? "," : ";";

    sbuf_text(out, machine ? "" : "\xef\xbb\xbf");
    for (size_t c = 0; c < s->column_count; c++) {
        sbuf_text(out, c ? comma : "");
        if (machine) {
            csv_put(out, s->columns[c].key);
        } else {
            excel_text(out, s->columns[c].title);
        }
    }
    sbuf_text(out, "\r\n");
    for (size_t r = 0; r < s->row_count; r++) {
        for (size_t c = 0; c < s->column_count; c++) {
            sbuf_text(out, c ? comma : "");
            cell_put(out, &s->columns[c], &s->cells[r * s->column_count + c], machine);
        }
        sbuf_text(out, "\r\n");
    }
}

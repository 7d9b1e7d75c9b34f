/* The door to libxlsxwriter: a table as a workbook with real types, row by row. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "inventory/base/calendar.h"
#include "inventory/base/refuse.h"
#include "lang.h"
#include "pos/sheet.h"

enum { WIDTH_TEXT = 32, WIDTH_NUMBER = 16, PART = 64 * 1024 };

struct book {
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *head, *formats[SHEET_DAY + 1];
};

static void formats_make(struct book *b)
{
    static const char *const numbers[] = {
        [SHEET_TEXT] = "@",        [SHEET_INT] = "0",       [SHEET_RUPIAH] = "#,##0",
        [SHEET_QTY] = "#,##0.###", [SHEET_SHARE] = "0.00%", [SHEET_DAY] = "dd/mm/yyyy",
    };

    b->head = workbook_add_format(b->book);
    format_set_bold(b->head);
    format_set_text_wrap(b->head);
    for (size_t i = 0; i < LENGTH(numbers); i++) {
        b->formats[i] = workbook_add_format(b->book);
        format_set_num_format(b->formats[i], numbers[i]);
    }
}

/* The library takes numbers as floating point; texts of whole numbers below 2^53 lose nothing. */
static void number_put(struct book *b, uint32_t row, uint16_t column, enum sheet_kind kind,
                       int64_t value)
{
    char text[48];

    (void)snprintf(text, sizeof text,
                   kind == SHEET_QTY     ? "%llde-3"
                   : kind == SHEET_SHARE ? "%llde-4"
                                         : "%lld",
                   (long long)value);
    (void)worksheet_write_number(b->page, row, column, strtod(text, NULL), b->formats[kind]);
}

static void cell_put(struct book *b, uint32_t row, uint16_t column, enum sheet_kind kind,
                     const struct sheet_cell *cell)
{
    if (!cell->known) {
        return;
    }
    if (kind == SHEET_TEXT) {
        (void)worksheet_write_string(b->page, row, column, cell->text, b->formats[kind]);
    } else if (kind == SHEET_DAY) {
        const struct civil c = day_civil(DAY((int32_t)cell->value));
        lxw_datetime day = {.year = c.year, .month = c.month, .day = c.mday};
        (void)worksheet_write_datetime(b->page, row, column, &day, b->formats[kind]);
    } else {
        number_put(b, row, column, kind, cell->value);
    }
}

static void rows_put(struct book *b, const struct sheet *s)
{
    for (size_t c = 0; c < s->column_count; c++) {
        const uint16_t at = (uint16_t)c;
        (void)worksheet_set_column(
            b->page, at, at, s->columns[c].kind == SHEET_TEXT ? WIDTH_TEXT : WIDTH_NUMBER, NULL);
        (void)worksheet_write_string(b->page, 0, at, s->columns[c].title, b->head);
    }
    worksheet_freeze_panes(b->page, 1, 0);
    for (size_t r = 0; r < s->row_count; r++) {
        for (size_t c = 0; c < s->column_count; c++) {
            cell_put(b, (uint32_t)(r + 1), (uint16_t)c, s->columns[c].kind,
                     &s->cells[r * s->column_count + c]);
        }
    }
}

static enum err file_take(struct sbuf *out, const char *path, struct why *why)
{
    FILE *f = fopen(path, "rb");
    char part[4096];
    size_t n;

    while (f && (n = fread(part, 1, sizeof part, f)) > 0) {
        sbuf_add(out, part, n);
    }
    if (!f || ferror(f)) {
        (void)(f && fclose(f));
        return why_say(why, ERR_FULL, "sheet-file",
                       _("Berkas lembar kerja tidak dapat dibuat. Periksa ruang disk server."));
    }
    (void)fclose(f);
    if (sbuf_full(out)) {
        return why_say(why, ERR_LIMIT, "sheet-too-large",
                       _("Lembar kerja ini terlalu besar. Persempit masanya."));
    }
    return OK;
}

enum err sheet_xlsx(struct sbuf *out, const struct sheet *s, struct why *why)
{
    char path[] = "/tmp/etalase-XXXXXX";
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct book b = {0};
    int fd = mkstemp(path);
    enum err e;

    if (fd < 0) {
        return why_say(why, ERR_FULL, "sheet-file",
                       _("Berkas lembar kerja tidak dapat dibuat. Periksa ruang disk server."));
    }
    (void)close(fd);
    b.book = workbook_new_opt(path, &options);
    b.page = workbook_add_worksheet(b.book, NULL);
    formats_make(&b);
    rows_put(&b, s);
    if (workbook_close(b.book) != LXW_NO_ERROR) {
        (void)unlink(path);
        return why_say(why, ERR_FULL, "sheet-file",
                       _("Berkas lembar kerja tidak dapat dibuat. Periksa ruang disk server."));
    }
    e = file_take(out, path, why);
    (void)unlink(path);
    return e;
}

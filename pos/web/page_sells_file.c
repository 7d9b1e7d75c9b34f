/* What sells, as files: the same rows and sums as on the page. */
#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "inventory/fact.h"
#include "pos/sells.h"
#include "pos/sheet.h"
#include "pos/web/desk.h"
#include "pos/web/letter_paper.h"
#include "pos/web/respond.h"
#include "pos/web/sells_pages.h"

enum { FILE_BYTES_MAX = 32 * 1024 * 1024, COLUMNS = 10 };

static const struct sheet_column columns_first[COLUMNS] = {
    {"key", _("Kode"), SHEET_TEXT},
    {"name", _("Nama"), SHEET_TEXT},
    {"made", _("Dibuat"), SHEET_QTY},
    {"sold", _("Terjual"), SHEET_QTY},
    {"left", _("Sisa"), SHEET_QTY},
    {"share_bps", _("Terserap (%)"), SHEET_SHARE},
    {"days_median", _("Hari di rak, tengah"), SHEET_INT},
    {"days_mean", _("Hari di rak, rata-rata"), SHEET_INT},
    {"age_median", _("Umur sisa, tengah"), SHEET_INT},
    {"proceeds_rp", _("Penjualan (Rp)"), SHEET_RUPIAH},
};

static void row_put(struct sheet_cell *c, const struct sells_row *r, const char *name)
{
    *c++ = (struct sheet_cell){true, r->key, 0};
    *c++ = (struct sheet_cell){true, name, 0};
    *c++ = (struct sheet_cell){true, NULL, r->made.milli};
    *c++ = (struct sheet_cell){true, NULL, r->sold.milli};
    *c++ = (struct sheet_cell){true, NULL, r->left.milli};
    *c++ = (struct sheet_cell){r->share_tt >= 0, NULL, r->share_tt};
    *c++ = (struct sheet_cell){r->days_median >= 0, NULL, r->days_median};
    *c++ = (struct sheet_cell){r->days_mean >= 0, NULL, r->days_mean};
    *c++ = (struct sheet_cell){r->age_median >= 0, NULL, r->age_median};
    *c = (struct sheet_cell){true, NULL, r->proceeds.rp};
}

/* The rows, then the sum; texts belong to the work. */
static void sheet_of(struct sheet *out, struct request *rq, struct sells *work)
{
    struct sheet_column *columns = ARENA_ARRAY(rq->cx.arena, struct sheet_column, COLUMNS);
    const struct sells_row *rows;
    struct sells_row total;
    struct sheet_cell *cells;
    size_t n;

    sells_rows(&rows, &n, &total, work);
    for (size_t c = 0; c < COLUMNS; c++) {
        columns[c] = columns_first[c];
        columns[c].title = request_words(rq, columns[c].title);
    }
    cells = ARENA_ARRAY(rq->cx.arena, struct sheet_cell, (n + 1) * COLUMNS);
    for (size_t i = 0; i < n; i++) {
        row_put(cells + i * COLUMNS, &rows[i], rows[i].name);
    }
    row_put(cells + n * COLUMNS, &total, request_words(rq, _("Jumlah")));
    *out = (struct sheet){.title = request_words(rq, _("Apa yang laku")),
                          .columns = columns,
                          .column_count = COLUMNS,
                          .cells = cells,
                          .row_count = n + 1};
}

static enum err read_sheet(struct sheet *out, struct sells **work, struct sells_ask *ask,
                           struct request *rq)
{
    enum err e = sells_asked(ask, rq);

    *work = NULL;
    if (!e && !(e = sells_read(work, rq, ask))) {
        sheet_of(out, rq, *work);
    }
    return e;
}

enum err sells_csv(struct request *rq)
{
    const bool excel = strcmp(input_text(&rq->in, "gaya"), "excel") == 0;
    const struct file_about about = {.type = "text/csv; charset=utf-8",
                                     .filename = excel ? "laku-excel.csv" : "laku.csv",
                                     .cache = CACHE_NEVER};
    struct sells_ask ask;
    struct sells *work;
    struct sheet sheet;
    enum err e = read_sheet(&sheet, &work, &ask, rq);

    if (!e) {
        struct sbuf out;
        sbuf_init(&out, FILE_BYTES_MAX);
        sheet_csv(&out, &sheet, excel ? SHEET_EXCEL : SHEET_MACHINE);
        respond_bytes(rq, 200, &about, sbuf_str(&out), out.len);
        sbuf_done(&out);
    }
    sells_free(work);
    return e;
}

enum err sells_xlsx(struct request *rq)
{
    const struct file_about about = {
        .type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        .filename = "laku.xlsx",
        .cache = CACHE_NEVER};
    struct sells_ask ask;
    struct sells *work;
    struct sheet sheet;
    enum err e = read_sheet(&sheet, &work, &ask, rq);

    if (!e) {
        struct sbuf out;
        sbuf_init(&out, FILE_BYTES_MAX);
        if (!(e = sheet_xlsx(&out, &sheet, &rq->cx.why))) {
            respond_bytes(rq, 200, &about, sbuf_str(&out), out.len);
        }
        sbuf_done(&out);
    }
    sells_free(work);
    return e;
}

/* ---- the paper ---- */

enum { PAPER_COLUMNS = 7 };

static enum err paper(struct request *rq, const struct sells_ask *ask, struct sells *work)
{
    static const size_t from[PAPER_COLUMNS] = {1, 2, 3, 4, 5, 6, 9};
    static const int32_t shares[PAPER_COLUMNS] = {34, 10, 10, 10, 11, 11, 16};
    struct letter_column columns[PAPER_COLUMNS];
    struct arena *a = rq->cx.arena;
    const char **cells;
    struct sheet sheet;

    sheet_of(&sheet, rq, work);
    cells = ARENA_ARRAY(a, const char *, sheet.row_count *PAPER_COLUMNS);
    for (size_t c = 0; c < PAPER_COLUMNS; c++) {
        columns[c] = (struct letter_column){sheet.columns[from[c]].title, shares[c], c > 0};
        for (size_t r = 0; r < sheet.row_count; r++) {
            const struct sheet_cell *cell = &sheet.cells[r * COLUMNS + from[c]];
            char room[SHEET_CELL_MAX], money[MONEY_TEXT_MAX];
            const char *text = sheet_cell_text(room, &sheet.columns[from[c]], cell);
            if (from[c] == COLUMNS - 1) {
                money_short(money, RUPIAH(cell->value));
                text = money;
            }
            cells[r * PAPER_COLUMNS + c] = arena_text(a, text);
        }
    }
    const struct letter_fact facts[] = {
        {request_words(rq, _("Masa")),
         desk_say(rq, _("%s sampai %s"), desk_day(rq, ask->from), desk_day(rq, ask->to))},
        {request_words(rq, _("Menurut")), sells_by_text(rq, ask)},
        {request_words(rq, _("Bengkel")),
         *ask->workshop ? ask->workshop : request_words(rq, _("semua"))},
    };
    struct letter letter = {.title = sheet.title,
                            .number = "",
                            .date = desk_day(rq, ask->today),
                            .facts = facts,
                            .fact_count = LENGTH(facts),
                            .text = "",
                            .columns = columns,
                            .column_count = PAPER_COLUMNS,
                            .cells = cells,
                            .row_count = sheet.row_count,
                            .total = true,
                            .closing = request_words(rq, _("Terserap: terjual dibagi terjual "
                                                           "ditambah yang masih ada sekarang."))};
    request_db(rq);
    return letter_show(rq, &letter);
}

enum err sells_pdf(struct request *rq)
{
    struct sells_ask ask;
    struct sells *work = NULL;
    enum err e = sells_asked(&ask, rq);

    if (!e && !(e = sells_read(&work, rq, &ask))) {
        e = paper(rq, &ask, work);
    }
    sells_free(work);
    return e;
}

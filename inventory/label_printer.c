/* Label printers of this house: what was measured on a test page.  Local, no facts. */
#include "inventory/base/arena.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "inventory/label_print.h"
#include "sql_names.h"

enum { PRINTERS_MAX = 50, OFFSET_UM_MAX = 10000, SCALE_LEAST = 950000, SCALE_MOST = 1050000 };

static void printer_read(struct label_printer_row *out, struct ctx *cx, struct stmt *st)
{
    *out = (struct label_printer_row){
        .name = arena_text(cx->arena, col_text(st, "name")),
        .dpi = (int32_t)col_int(st, "dpi"),
        .offset_x_um = (int32_t)col_int(st, "offset_x_um"),
        .offset_y_um = (int32_t)col_int(st, "offset_y_um"),
        .scale_ppm = (int32_t)col_int(st, "scale_ppm"),
    };
}

enum err label_printers(struct label_printer_row **out, size_t *count, struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_PRINTERS);
    enum err e = OK;

    *out = ARENA_ARRAY(cx->arena, struct label_printer_row, PRINTERS_MAX);
    *count = 0;
    bind_text(st, ":site", cx->site->code);
    while (*count < PRINTERS_MAX && stmt_row(st, &e)) {
        printer_read(&(*out)[(*count)++], cx, st);
    }
    stmt_done(st);
    return e;
}

enum err label_printer_get(struct label_printer_row *out, struct ctx *cx, const char *name)
{
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_PRINTER_GET);
    enum err e;

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", name);
    if (!(e = stmt_one(st))) {
        printer_read(out, cx, st);
    }
    stmt_done(st);
    return e;
}

static bool within(int32_t value, int32_t least, int32_t most)
{
    return value >= least && value <= most;
}

static enum err check(struct ctx *cx, const struct label_printer_row *row)
{
    size_t n = strlen(row->name);

    if (!utf8_valid(row->name, n) || utf8_has_control(row->name) || n == 0 ||
        utf8_count(row->name) > LABEL_PRINTER_LEN_MAX || strpbrk(row->name, "/\n")) {
        return refuse_field(cx, ERR_INVALID, "printer-name", "name",
                            _("Nama pencetak 1 sampai %d huruf, tanpa garis miring, misalnya "
                              "\"Printer gudang\"."),
                            LABEL_PRINTER_LEN_MAX);
    }
    if (row->dpi != 203 && row->dpi != 300 && row->dpi != 600) {
        return refuse_field(cx, ERR_INVALID, "printer-dpi", "dpi",
                            _("Kerapatan pencetak 203, 300 atau 600 dpi."));
    }
    if (!within(row->offset_x_um, -OFFSET_UM_MAX, OFFSET_UM_MAX) ||
        !within(row->offset_y_um, -OFFSET_UM_MAX, OFFSET_UM_MAX)) {
        return refuse_field(cx, ERR_INVALID, "printer-offset", "offset",
                            _("Geseran paling banyak 10 mm ke tiap arah. Periksa letak kertas."));
    }
    if (!within(row->scale_ppm, SCALE_LEAST, SCALE_MOST)) {
        return refuse_field(cx, ERR_INVALID, "printer-scale", "scale",
                            _("Skala 95 sampai 105 persen. Bila cetakan lebih menyimpang, cetak "
                              "dengan \"ukuran sebenarnya\" di jendela cetak."));
    }
    return OK;
}

static enum err save_work(struct ctx *cx, void *arg)
{
    const struct label_printer_row *row = arg;
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_PRINTER_PUT);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", row->name);
    bind_int(st, ":dpi", row->dpi);
    bind_int(st, ":offset_x_um", row->offset_x_um);
    bind_int(st, ":offset_y_um", row->offset_y_um);
    bind_int(st, ":scale_ppm", row->scale_ppm);
    return stmt_run(st);
}

enum err label_printer_save(struct ctx *cx, const struct label_printer_row *row)
{
    struct label_printer_row kept = *row;
    enum err e = check(cx, row);

    return e ? e : local_run(cx, save_work, &kept);
}

static enum err drop_work(struct ctx *cx, void *arg)
{
    const char *const *name = arg;
    struct stmt *st = db_stmt(cx->db, SQL_LABEL_PRINTER_DROP);

    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", *name);
    return stmt_run(st);
}

enum err label_printer_drop(struct ctx *cx, const char *name)
{
    const char *arg = name;

    return local_run(cx, drop_work, &arg);
}

/* The command `export`: one of the books to standard output. */
#include "attr.h"
#include "inventory/fact.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/export.h"

enum { SLICE_MAX = 64 * 1024 * 1024 };

struct writing {
    struct export export;
    struct sbuf slice;
};

static enum err one_slice(struct ctx *cx, void *arg)
{
    struct writing *w = arg;

    sbuf_clear(&w->slice);
    return export_slice(&w->export, cx, &w->slice);
}

static enum err write_all(struct shop *shop, enum export_kind kind)
{
    struct writing w = {.export = {.kind = kind}};
    enum err e = OK;

    sbuf_init(&w.slice, SLICE_MAX);
    shop_take(shop);
    while (!e && !w.export.done) {
        e = read_run(&shop->cx, one_slice, &w);
        if (!e && fwrite(sbuf_str(&w.slice), 1, w.slice.len, stdout) != w.slice.len) {
            e = refuse(&shop->cx, ERR_IO, "output", _("Keluaran tidak dapat ditulis."));
        }
    }
    shop_give(shop);
    sbuf_done(&w.slice);
    if (!e && fflush(stdout)) {
        e = refuse(&shop->cx, ERR_IO, "output", _("Keluaran tidak dapat ditulis."));
    }
    return e;
}

int command_export(const struct args *args)
{
    enum export_kind kind;
    struct place place;
    struct shop shop;
    struct why why;
    int status = 0;

    if (!args_place(&place, args)) {
        return 2;
    }
    if (!export_kind_named(&kind, args->words[0])) {
        return say_usage("export mengenal journal.jsonl, sales.csv, stock.csv dan ledger.hledger");
    }
    if (shop_open_site(&shop, &place, &why)) {
        status = say_refusal(&why);
    } else if (write_all(&shop, kind)) {
        status = say_refusal(&shop.cx.why);
    }
    shop_close(&shop);
    return status;
}

/* What the papers of the stock have in common. */
#include "inventory/stock_doc.h"

#include "inventory/base/utf8.h"
#include "inventory/stock_take.h"
#include "inventory/transfer.h"

enum { NOTE_LEAST = 3 };

enum err own_place(struct place *out, struct ctx *cx, struct place_id id, const char *field)
{
    enum err e = place_by_id(out, cx, id);

    if (e == ERR_NOT_FOUND || (!e && !place_is_own(out->kind))) {
        return refuse_field(cx, ERR_INVALID, "place-wrong", field,
                            _("Pilih salah satu tempat kita sendiri: galeri, gudang, bengkel, atau "
                              "pameran."));
    }
    return e;
}

enum err note_check(struct ctx *cx, const char *note, bool needed)
{
    const size_t n = utf8_count(note);

    if (!utf8_valid(note, strlen(note)) || n > STOCK_NOTE_MAX) {
        return refuse_field(cx, ERR_INVALID, "note-long", "note",
                            _("Catatan paling banyak %d huruf."), STOCK_NOTE_MAX);
    }
    if (needed && n < NOTE_LEAST) {
        return refuse_field(cx, ERR_INVALID, "note-missing", "note",
                            _("Tulis alasannya, supaya orang lain mengerti kelak."));
    }
    return OK;
}

struct act_id document_act_id(const uint8_t bytes[ID_BYTES])
{
    struct act_id out;

    memcpy(out.bytes, bytes, ID_BYTES);
    return out;
}

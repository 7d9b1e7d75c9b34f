/* The door to libqrencode: a text becomes a square of black and white modules. */
#include "receipts/qr.h"

#include <errno.h>
#include <qrencode.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "lang.h"

enum err qr_encode(struct qr *out, const char *text, struct why *why)
{
    *out = (struct qr){0};
    /* Not the ..8bit call: this one takes digits and capitals in their own, shorter modes. */
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code) {
        if (errno == ENOMEM) {
            abort();
        }
        return why_say(why, ERR_LIMIT, "qr-too-long",
                       _("Kode QR tidak dapat memuat alamat sepanjang %zu huruf. Pendekkan alamat "
                         "laman toko."),
                       strlen(text));
    }
    size_t n = (size_t)code->width * (size_t)code->width;
    out->version = code->version;
    out->width = code->width;
    out->modules = mem_get(n);
    for (size_t i = 0; i < n; i++) {
        out->modules[i] = code->data[i] & 1U; /* the other bits say what a module is for */
    }
    QRcode_free(code);
    return OK;
}

void qr_done(struct qr *q)
{
    free(q->modules);
    *q = (struct qr){0};
}

/* What a person is told when the store itself fails: what, why, what next. */
#include "inventory/store/engine_error.h"

#include "attr.h"
#include "inventory/base/refuse.h"
#include "lang.h"

struct sentence {
    enum err code;
    const char *slug;
    const char *text;
};

static const struct sentence sentences[] = {
    {ERR_BUSY, "store-held",
     _("Data sedang dipakai program lain. Tutup program itu, lalu coba lagi.")},
    {ERR_FULL, "disk-full",
     _("Ruang disk habis; tidak ada yang tersimpan setengah. Kosongkan ruang, lalu ulangi.")},
    {ERR_CORRUPT, "store-damaged",
     _("Berkas data rusak atau bukan milik Etalase. Jangan diperbaiki di tempat: simpan salinannya "
       "dan pulihkan dari cadangan terakhir.")},
    {ERR_FORBIDDEN, "store-not-writable",
     _("Folder atau berkas data tidak dapat ditulis. Periksa pemilik dan izinnya.")},
    {ERR_CONFLICT, "store-refused", _("Catatan ditolak karena bertentangan dengan data yang ada.")},
    {ERR_LIMIT, "store-limit", _("Catatan terlalu besar untuk disimpan.")},
    {ERR_UNKNOWN, "commit-unknown",
     _("Belum ada kepastian apakah catatan tersimpan. Jangan ulangi; periksa dulu dengan nomor "
       "yang "
       "sama.")},
    {ERR_IO, "store-io", _("Disk gagal membaca atau menulis. Periksa disk sebelum melanjutkan.")},
};

void engine_why(struct why *why, enum err e, const char *what, const char *detail)
{
    const struct sentence *s = &sentences[LENGTH(sentences) - 1];

    for (size_t i = 0; i < LENGTH(sentences); i++) {
        if (sentences[i].code == e) {
            s = &sentences[i];
            break;
        }
    }
    (void)why_say(why, e, s->slug, "%s (%s%s%s)", s->text, what, detail && *detail ? ": " : "",
                  detail ? detail : "");
}

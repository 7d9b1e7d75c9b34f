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

const char engine_pool_taken[] = "every connection is taken";

/* Where other processes and a server are part of the matter. */
static const struct sentence shared_sentences[] = {
    {ERR_BUSY, "store-busy",
     _("Orang lain sedang mengubah hal yang sama, atau server sedang penuh; tidak ada yang "
       "tercatat. Coba lagi.")},
    {ERR_CORRUPT, "store-damaged",
     _("Data di server rusak atau bukan milik Etalase. Jangan diperbaiki di tempat: simpan "
       "salinannya dan pulihkan dari cadangan terakhir.")},
    {ERR_FORBIDDEN, "store-not-writable",
     _("Server menolak: peran ini tidak berhak. Periksa hak peran dengan pengelola server.")},
    {ERR_IO, "store-io",
     _("Server data gagal menjalankan perintah. Periksa catatan server sebelum melanjutkan.")},
};

static const struct sentence pool_sentence = {
    ERR_BUSY, "store-busy-pool",
    _("Semua sambungan ke server sedang dipakai; tidak ada yang tercatat. Tunggu sebentar lalu "
      "ulangi; bila sering terjadi, besarkan --db-pool.")};

static const struct sentence sentences[] = {
    {ERR_BUSY, "store-held",
     _("Data sedang dipakai program lain. Tutup program itu, lalu coba lagi.")},
    {ERR_AWAY, "store-away",
     _("Server data tidak dapat dihubungi; tidak ada yang tercatat. Periksa server dan "
       "jaringannya, "
       "lalu coba lagi.")},
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

static const struct sentence *find(enum err e, const struct sentence list[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].code == e) {
            return &list[i];
        }
    }
    return NULL;
}

static void say(struct why *why, const struct sentence *s, const char *what, const char *detail)
{
    (void)why_say(why, s->code, s->slug, "%s (%s%s%s)", s->text, what,
                  detail && *detail ? ": " : "", detail ? detail : "");
}

void engine_why(struct why *why, enum err e, const char *what, const char *detail)
{
    const struct sentence *s = find(e, sentences, LENGTH(sentences));

    say(why, s ? s : &sentences[LENGTH(sentences) - 1], what, detail);
}

void engine_why_shared(struct why *why, enum err e, const char *what, const char *detail)
{
    const struct sentence *s = find(e, shared_sentences, LENGTH(shared_sentences));

    if (e == ERR_BUSY && detail == engine_pool_taken) {
        s = &pool_sentence;
    }
    if (s) {
        say(why, s, what, detail);
    } else {
        engine_why(why, e, what, detail);
    }
}

/* Refusals for machines, and what a status is called. */
#include "pos/web/problem.h"

#include "inventory/base/arena.h"
#include "inventory/base/json.h"
#include "pos/web/request.h"
#include "pos/web/respond.h"

static const struct {
    int status;
    const char *slug, *title;
} statuses[] = {
    {400, "bad-request", _("Permintaan tidak dapat dibaca")},
    {401, "login-needed", _("Masuk dahulu")},
    {403, "forbidden", _("Tidak diizinkan")},
    {404, "not-found", _("Tidak ditemukan")},
    {405, "method-not-allowed", _("Cara meminta tidak sesuai")},
    {408, "too-slow", _("Terlalu lama")},
    {409, "conflict", _("Sudah berubah")},
    {411, "length-required", _("Panjang isi tidak disebut")},
    {413, "too-large", _("Terlalu besar")},
    {414, "address-too-long", _("Alamat terlalu panjang")},
    {415, "wrong-type", _("Jenis isi tidak sesuai")},
    {417, "expectation", _("Permintaan tidak dikenal")},
    {421, "host-unknown", _("Alamat tidak dilayani")},
    {422, "refused", _("Belum dapat dilakukan")},
    {429, "too-many", _("Terlalu sering")},
    {431, "headers-too-large", _("Kepala permintaan terlalu besar")},
    {500, "failed", _("Terjadi gangguan")},
    {501, "method-unknown", _("Cara meminta tidak dikenal")},
    {503, "busy", _("Sedang sibuk")},
    {505, "http-version", _("Versi tidak dikenal")},
    {507, "disk-full", _("Penyimpanan penuh")},
};

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a status, then what went wrong */
const char *status_title(int status, enum err e)
{
    if (e == ERR_AWAY) {
        return _("Data sedang tidak terjangkau");
    }
    for (size_t i = 0; i < LENGTH(statuses); i++) {
        if (statuses[i].status == status) {
            return statuses[i].title;
        }
    }
    return _("Belum dapat dilakukan");
}

const char *status_slug(int status)
{
    for (size_t i = 0; i < LENGTH(statuses); i++) {
        if (statuses[i].status == status) {
            return statuses[i].slug;
        }
    }
    return "refused";
}

void problem_answer(struct request *rq, int status, const struct why *why)
{
    struct json *j = json_object();
    const char *slug = why->slug[0] ? why->slug : status_slug(status);

    json_set_text(j, "type", arena_format(rq->cx.arena, "/masalah/%s", slug));
    json_set_text(j, "title", request_words(rq, status_title(status, why->code)));
    json_set_int(j, "status", status);
    json_set_text(j, "detail", why->text);
    if (why->field[0]) {
        json_set_text(j, "field", why->field);
    }
    respond_json(rq, status, j);
    respond_header(rq, "Content-Type", "application/problem+json");
}

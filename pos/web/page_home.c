/* The first address: each role is sent to where its day begins. */
#include "pos/web/respond.h"
#include "pos/web/till_pages.h"
#include "pos/web/web.h"

static const struct {
    enum role role;
    const char *path;
} homes[] = {
    {ROLE_CASHIER, "/kasir"},     {ROLE_WORKSHOP, "/produksi"}, {ROLE_TREASURER, "/pnbp"},
    {ROLE_SUPERVISOR, "/barang"}, {ROLE_AUDITOR, "/struk"},     {ROLE_ADMIN, "/barang"},
};

static bool may_see(const struct request *rq, const char *path)
{
    const struct web_options *o = &rq->web->options;
    struct route_match m = route_find(o->routes, o->route_count, METHOD_GET, path);

    return m.route && (m.route->roles & ((unsigned)rq->cx.role | ROUTE_PUBLIC));
}

enum err page_home(struct request *rq)
{
    for (size_t i = 0; i < LENGTH(homes); i++) {
        if (homes[i].role == rq->cx.role && may_see(rq, homes[i].path)) {
            respond_redirect(rq, url_fixed(homes[i].path));
            return OK;
        }
    }
    return refuse(&rq->cx, ERR_NOT_FOUND, "no-home",
                  _("Belum ada halaman untuk peran Anda. Pekerjaan mitra datang menyusul; untuk "
                    "sekarang, hubungi galeri."));
}

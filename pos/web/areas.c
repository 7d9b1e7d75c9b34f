/* The areas of the program and the pages of each. */
#include "pos/web/areas.h"

#include "inventory/base/arena.h"
#include "pos/web/frame.h"
#include "pos/web/web.h"

enum { FIRST_MAX = 6, TABS_MAX = 8 };

struct tab {
    const char *label, *path;
};

/* In this order, always.  An area opens its first page that this person may see; a path belongs to
 * the tab that it goes on from the farthest. */
static const struct area {
    const char *label;
    struct tab tabs[TABS_MAX]; /* ended by an empty one */
} areas[] = {
    {_("Kasir"), {{_("Kasir"), "/kasir"}}},
    {_("Struk"), {{_("Struk"), "/struk"}}},
    {_("Barang"),
     {{_("Katalog"), "/barang"}, {_("Usulan harga"), "/harga"}, {_("Kelompok"), "/kelompok"}}},
    {_("Stok"),
     {{_("Isi tempat"), "/stok"},
      {_("Kirim"), "/kirim"},
      {_("Hitung"), "/hitung"},
      {_("Kasus"), "/kasus"},
      {_("Penghapusan"), "/hapus"},
      {_("Ponsel"), "/m"}}},
    {_("Produksi"),
     {{_("Lot jadi"), "/produksi"},
      {_("Perintah kerja"), "/perintah"},
      {_("Bahan"), "/bahan"},
      {_("Perajin"), "/perajin"},
      {_("Program"), "/program"},
      {_("Label"), "/label"}}},
    {_("Mitra"), {{_("Mitra"), "/mitra"}}},
    {_("PNBP"), {{_("PNBP"), "/pnbp"}}},
    {_("Laporan"), {{_("Laporan"), "/laporan"}}},
    {_("Jejak"), {{_("Jejak"), "/jejak"}}},
    {_("Atur"), {{_("Atur"), "/atur"}}},
};

bool areas_may_see(const struct request *rq, const char *path)
{
    const struct web_options *o = &rq->web->options;
    struct route_match m = route_find(o->routes, o->route_count, METHOD_GET, path);
    unsigned role = rq->session ? (unsigned)rq->session->role : 0;

    return m.route && (m.route->roles & (role | ROUTE_PUBLIC));
}

static bool inside(const char *path, const char *tab)
{
    size_t n = strlen(tab);

    return strncmp(path, tab, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static bool area_is_open(const struct request *rq, const struct area *area)
{
    for (size_t i = 0; i < TABS_MAX && area->tabs[i].path; i++) {
        if (inside(rq->path, area->tabs[i].path)) {
            return true;
        }
    }
    return false;
}

static const char *first_page(const struct request *rq, const struct area *area)
{
    for (size_t i = 0; i < TABS_MAX && area->tabs[i].path; i++) {
        if (areas_may_see(rq, area->tabs[i].path)) {
            return area->tabs[i].path;
        }
    }
    return NULL;
}

static struct tpl_list fill_tabs(struct request *rq, const struct area *area)
{
    struct frame_area *list = ARENA_ARRAY(rq->cx.arena, struct frame_area, TABS_MAX);
    size_t count = 0;

    for (size_t i = 0; i < TABS_MAX && area->tabs[i].path; i++) {
        if (areas_may_see(rq, area->tabs[i].path)) {
            list[count++] = (struct frame_area){
                .label = request_words(rq, area->tabs[i].label),
                .url = url_fixed(area->tabs[i].path),
                .current = inside(rq->path, area->tabs[i].path),
            };
        }
    }
    return TPL_LIST(list, count > 1 ? count : 0);
}

struct areas_shown areas_fill(struct request *rq)
{
    struct frame_area *list = ARENA_ARRAY(rq->cx.arena, struct frame_area, LENGTH(areas));
    struct areas_shown out = {.tabs = TPL_LIST(list, 0)};
    size_t count = 0, first;

    for (size_t i = 0; rq->session && i < LENGTH(areas); i++) {
        const char *path = first_page(rq, &areas[i]);
        bool open = area_is_open(rq, &areas[i]);

        if (path) {
            list[count++] = (struct frame_area){.label = request_words(rq, areas[i].label),
                                                .url = url_fixed(path),
                                                .current = open};
        }
        if (path && open) {
            out.tabs = fill_tabs(rq, &areas[i]);
            out.more_current = count > FIRST_MAX;
        }
    }
    first = count < FIRST_MAX ? count : FIRST_MAX;
    out.first = TPL_LIST(list, first);
    out.more = TPL_LIST(list + first, count - first);
    return out;
}

/* What stands around a page, for this person. */
#include "pos/web/frame_fill.h"

#include "inventory/base/arena.h"
#include "pos/web/areas.h"
#include "pos/web/request.h"
#include "pos/web/web.h"

static struct tpl_list fill_scripts(struct request *rq, const struct page_about *about)
{
    struct frame_script *list =
        ARENA_ARRAY(rq->cx.arena, struct frame_script, LENGTH(about->scripts));
    size_t count = 0;

    for (size_t i = 0; i < LENGTH(about->scripts) && about->scripts[i]; i++) {
        const char *address = static_address(rq->web->files, about->scripts[i]);

        if (address) {
            list[count++].src = url_fixed(address);
        }
    }
    return TPL_LIST(list, count);
}

static struct url fill_style(struct request *rq, const struct page_about *about)
{
    return about->style ? url_fixed(static_address(rq->web->files, about->style))
                        : (struct url){.local = NULL};
}

/* The address to come back to after the language was switched. */
static struct url here(struct request *rq)
{
    const char *text =
        rq->query[0] ? arena_format(rq->cx.arena, "%s?%s", rq->path, rq->query) : rq->path;
    struct url url;

    return rq->method == METHOD_GET && url_local(&url, rq->cx.arena, text) ? url : url_fixed("/");
}

static void fill_person(struct frame_view *out, struct request *rq)
{
    const struct session *s = rq->session;
    char *tone, *text;

    if (!s) {
        return;
    }
    tone = arena_get(rq->cx.arena, STATUS_TONE_MAX);
    text = arena_get(rq->cx.arena, STATUS_TEXT_MAX);
    out->csrf = s->csrf;
    out->person = s->person;
    if (s->till[0]) {
        out->till = arena_format(rq->cx.arena, "%s %s", request_words(rq, _("Kasir")), s->till);
    }
    if (told_take(rq, tone, text)) {
        out->status = text;
        out->status_tone = tone;
    }
}

void frame_fill(struct frame_view *out, struct request *rq, enum page page)
{
    const struct page_about *about = &pages[page];
    const struct web_options *o = &rq->web->options;
    bool english = rq->cx.lang == LANG_EN;

    struct areas_shown areas = areas_fill(rq);

    *out = (struct frame_view){
        .lang = english ? "en" : "id",
        .other_lang = english ? "id" : "en",
        .other_name = english ? "Bahasa Indonesia" : "English",
        .title = rq->title ? rq->title : request_words(rq, about->title),
        .page_class = about->css_class ? about->css_class : "",
        .csrf = "",
        .unit = o->unit ? o->unit : "",
        .till = "",
        .shift = rq->shift ? rq->shift : "",
        .person = "",
        .status = "",
        .status_tone = "",
        .demo = o->demo,
        .wrong = rq->refused != OK,
        .bare = about->bare,
        .home = url_fixed("/"),
        .here = here(rq),
        .areas = areas.first,
        .more_areas = areas.more,
        .more_current = areas.more_current,
        .tabs = areas.tabs,
        .states = {.items = rq->states,
                   .count = rq->state_count,
                   .item_size = sizeof(struct frame_state)},
        .scripts = fill_scripts(rq, about),
        .style = fill_style(rq, about),
    };
    if (areas_may_see(rq, "/bantuan")) {
        out->help = url_fixed("/bantuan");
    }
    fill_person(out, rq);
}

/* The phone's first page: the counts and deliveries that wait for somebody. */
#include "inventory/base/arena.h"
#include "inventory/fact.h"
#include "inventory/stock_count.h"
#include "inventory/transfer.h"
#include "pos/web/areas.h"
#include "pos/web/desk.h"
#include "pos/web/phone.h"
#include "pos/web/respond.h"

struct phone_task {
    struct url url;
    const char *number;
    const char *text;
};

static const struct tpl_field task_fields[] = {
    TPL_FIELD(phone_task, url),
    TPL_FIELD(phone_task, number),
    TPL_FIELD(phone_task, text),
    TPL_FIELD_END,
};

struct phone_home_view {
    const char *person;
    bool makes;                /* counts and receives */
    struct tpl_list counts;    /* struct phone_task */
    struct tpl_list transfers; /* struct phone_task */
    struct url count_desk;     /* where one is begun */
};

const struct tpl_field phone_home_fields[] = {
    TPL_FIELD(phone_home_view, person),
    TPL_FIELD(phone_home_view, makes),
    TPL_FIELD_LIST(phone_home_view, counts, phone_task, task_fields),
    TPL_FIELD_LIST(phone_home_view, transfers, phone_task, task_fields),
    TPL_FIELD(phone_home_view, count_desk),
    TPL_FIELD_END,
};

static enum err fill_counts(struct phone_home_view *view, struct request *rq)
{
    struct stock_count_list list;
    struct phone_task *tasks;
    enum err e = count_list(&list, &rq->cx, true);

    if (e) {
        return e;
    }
    tasks = ARENA_ARRAY(rq->cx.arena, struct phone_task, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct stock_count *c = &list.items[i];

        tasks[i] = (struct phone_task){
            .url = url_part(rq->cx.arena, url_fixed("/m/hitung"), c->number),
            .number = c->number,
            .text = c->place.name,
        };
    }
    view->counts = TPL_LIST(tasks, list.count);
    return OK;
}

static enum err fill_transfers(struct phone_home_view *view, struct request *rq)
{
    struct transfer_list list;
    struct phone_task *tasks;
    enum err e = transfer_list(&list, &rq->cx, true);

    if (e) {
        return e;
    }
    tasks = ARENA_ARRAY(rq->cx.arena, struct phone_task, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct transfer *t = &list.items[i];

        tasks[i] = (struct phone_task){
            .url = url_part(rq->cx.arena, url_fixed("/m/terima"), t->number),
            .number = t->number,
            .text = desk_say(rq, _("Dari %s ke %s"), t->from.name, t->to.name),
        };
    }
    view->transfers = TPL_LIST(tasks, list.count);
    return OK;
}

enum err phone_home(struct request *rq)
{
    struct phone_home_view view = {
        .person = rq->session->person,
        .makes = desk_may(rq, DESK_MAKERS),
        .counts = TPL_LIST((struct phone_task *)NULL, 0),
        .transfers = TPL_LIST((struct phone_task *)NULL, 0),
    };
    enum err e;

    if (view.makes && ((e = fill_counts(&view, rq)) || (e = fill_transfers(&view, rq)))) {
        return e;
    }
    if (areas_may_see(rq, "/hitung")) {
        view.count_desk = url_fixed("/hitung");
    }
    respond_page(rq, 0, PAGE_PHONE_HOME, &view);
    return OK;
}

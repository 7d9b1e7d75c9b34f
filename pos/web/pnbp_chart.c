/* The bars of the last thirty days. */
#include "pos/web/pnbp_chart.h"

#include "inventory/base/arena.h"
#include "inventory/base/money_text.h"
#include "pos/web/desk.h"

/* In units of the drawing, which the style sheet stretches to the width of the page. */
enum { CHART_HEIGHT = 150, BAR_STEP = 20, BAR_WIDTH = 14, BAR_HEIGHT_MIN = 2 };

struct chart_bar {
    int32_t x, y, height;
    const char *label; /* "22 November 2026: Rp15.300" */
    struct url url;
    bool last;
};

static const struct tpl_field bar_fields[] = {
    TPL_FIELD(chart_bar, x),
    TPL_FIELD(chart_bar, y),
    TPL_FIELD(chart_bar, height),
    TPL_FIELD(chart_bar, label),
    TPL_FIELD(chart_bar, url),
    TPL_FIELD(chart_bar, last),
    TPL_FIELD_END,
};

struct chart_day {
    const char *day;
    struct url url;
    struct rupiah gross, pnbp;
};

static const struct tpl_field day_fields[] = {
    TPL_FIELD(chart_day, day),
    TPL_FIELD(chart_day, url),
    TPL_FIELD(chart_day, gross),
    TPL_FIELD(chart_day, pnbp),
    TPL_FIELD_END,
};

const struct tpl_field pnbp_chart_fields[] = {
    TPL_FIELD_LIST(pnbp_chart, bars, chart_bar, bar_fields),
    TPL_FIELD_LIST(pnbp_chart, days, chart_day, day_fields),
    TPL_FIELD(pnbp_chart, any),
    TPL_FIELD(pnbp_chart, from),
    TPL_FIELD(pnbp_chart, to),
    TPL_FIELD(pnbp_chart, highest),
    TPL_FIELD(pnbp_chart, highest_day),
    TPL_FIELD(pnbp_chart, sum),
    TPL_FIELD_END,
};

static int32_t bar_height(struct rupiah value, struct rupiah highest)
{
    const int64_t height = highest.rp > 0 ? value.rp * CHART_HEIGHT / highest.rp : 0;

    return value.rp > 0 && height < BAR_HEIGHT_MIN ? BAR_HEIGHT_MIN : (int32_t)height;
}

static struct url chart_url(struct request *rq, struct day d)
{
    return url_query(rq->cx.arena, url_fixed("/pnbp"), "tgl", desk_day_iso(rq, d));
}

static void chart_sums(struct pnbp_chart *out, struct request *rq, const struct desk_day_sum *sums,
                       size_t n)
{
    struct chart_day *rows = ARENA_ARRAY(rq->cx.arena, struct chart_day, n + 1);

    out->highest_day = "";
    for (size_t i = 0; i < n; i++) {
        const struct desk_day_sum *s = &sums[n - 1 - i];

        rows[i] = (struct chart_day){.day = desk_day_long(rq, s->day),
                                     .url = chart_url(rq, s->day),
                                     .gross = s->gross,
                                     .pnbp = s->pnbp};
        out->sum.rp += s->pnbp.rp;
        if (s->pnbp.rp > out->highest.rp) {
            out->highest = s->pnbp;
            out->highest_day = desk_day(rq, s->day);
        }
    }
    out->days = TPL_LIST(rows, n);
    out->any = out->highest.rp > 0;
}

/* Days without sales leave their place empty. */
static void chart_bars(struct pnbp_chart *out, struct request *rq, const struct desk_day_sum *sums,
                       size_t n)
{
    struct chart_bar *bars = ARENA_ARRAY(rq->cx.arena, struct chart_bar, n + 1);

    for (size_t i = 0; i < n; i++) {
        const int32_t place = CHART_DAYS - 1 - (out->to_day.since_1970 - sums[i].day.since_1970);
        const int32_t height = bar_height(sums[i].pnbp, out->highest);
        char amount[MONEY_TEXT_MAX];

        money_short(amount, sums[i].pnbp);
        bars[i] = (struct chart_bar){
            .x = place * BAR_STEP + (BAR_STEP - BAR_WIDTH) / 2,
            .y = CHART_HEIGHT - height,
            .height = height,
            .label = arena_format(rq->cx.arena, "%s: %s", desk_day(rq, sums[i].day), amount),
            .url = chart_url(rq, sums[i].day),
            .last = place == CHART_DAYS - 1,
        };
    }
    out->bars = TPL_LIST(bars, n);
}

enum err pnbp_chart(struct pnbp_chart *out, struct request *rq, struct day to)
{
    const struct day range[2] = {DAY(to.since_1970 - CHART_DAYS + 1), to};
    struct desk_day_sum *sums;
    size_t n;
    enum err e = desk_day_sums(&sums, &n, &rq->cx, range, CHART_DAYS);

    *out =
        (struct pnbp_chart){.from = desk_day(rq, range[0]), .to = desk_day(rq, to), .to_day = to};
    if (e) {
        return e;
    }
    chart_sums(out, rq, sums, n);
    chart_bars(out, rq, sums, n);
    return OK;
}

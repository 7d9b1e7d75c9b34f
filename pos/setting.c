/* Settings: values over time. */
#include "pos/setting.h"

#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/fact.h"
#include "pos/setting_names.h"
#include "sql_names.h"

enum { SETTINGS_MAX = 100, DEPOSIT_CLOSE_DEFAULT_MIN = 15 * 60 };

static const struct fact_col setting_cols[] = {
    FACT_COL(setting_row, "name", name),
    FACT_COL(setting_row, "value", value),
    FACT_COL(setting_row, "valid_from_ms", valid_from),
};
const struct fact_table setting_table = FACT_TABLE("setting", setting_row, setting_cols);

static struct instant moment(const struct ctx *cx)
{
    return cx->act ? act_at(cx) : clock_now(cx->clock);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name and what to do without it */
static const char *value_of(const struct settings *s, const char *name, const char *otherwise)
{
    for (size_t i = 0; i < s->other_count; i++) {
        if (strcmp(s->others[i].name, name) == 0) {
            return s->others[i].value;
        }
    }
    return otherwise;
}

static int32_t number_of(const struct settings *s, const char *name, int32_t otherwise)
{
    const char *value = value_of(s, name, NULL);

    return value ? (int32_t)strtol(value, NULL, 10) : otherwise;
}

static struct stmt *all_ask(struct ctx *cx)
{
    struct stmt *st = db_stmt(cx->db, SQL_SETTINGS_UNTIL);

    bind_text(st, ":site", cx->site->code);
    bind_instant(st, ":at_ms", moment(cx));
    return st;
}

void settings_ahead(struct ctx *cx)
{
    stmt_ahead(all_ask(cx));
}

static enum err read_all(struct settings *s, struct ctx *cx)
{
    struct stmt *st = all_ask(cx);
    struct setting_pair *pairs = ARENA_ARRAY(cx->arena, struct setting_pair, SETTINGS_MAX);
    size_t n = 0;
    enum err e = OK;

    while (n < SETTINGS_MAX && stmt_row(st, &e)) {
        const char *name = col_text(st, "name");

        if (n == 0 || strcmp(pairs[n - 1].name, name) != 0) {
            pairs[n++].name = arena_text(cx->arena, name);
        }
        pairs[n - 1].value = arena_text(cx->arena, col_text(st, "value"));
    }
    stmt_done(st);
    s->others = pairs;
    s->other_count = n;
    return e;
}

enum err settings_now(struct settings *out, struct ctx *cx)
{
    enum err e;

    *out = (struct settings){.zone = cx->site->zone};
    if ((e = read_all(out, cx))) {
        return e;
    }
    out->unit_name = value_of(out, SET_UNIT_NAME, "");
    out->unit_address = value_of(out, SET_UNIT_ADDRESS, "");
    out->unit_city = value_of(out, SET_UNIT_CITY, "");
    out->satker = value_of(out, SET_SATKER, cx->site->code);
    out->label_host = value_of(out, SET_LABEL_HOST, "");
    out->split_rule = value_of(out, SET_SPLIT_RULE, "");
    out->receipt_format = value_of(out, SET_RECEIPT_FORMAT, RECEIPT_FORMAT_DEFAULT);
    out->receipt_footer = value_of(out, SET_RECEIPT_FOOTER, "");
    out->deadline_rule = value_of(out, SET_DEADLINE_RULE, "NEXT_WORKING_DAY");
    out->deadline_days = number_of(out, SET_DEADLINE_DAYS, 1);
    out->deposit_close_min = number_of(out, SET_DEPOSIT_CLOSE, DEPOSIT_CLOSE_DEFAULT_MIN);
    out->tills = number_of(out, SET_TILLS, 1);
    out->demo = number_of(out, SET_DEMO, 0) == 1;
    return OK;
}

const char *settings_split_rule(const struct settings *s, const char *family)
{
    char name[64];

    snprintf(name, sizeof name, SET_SPLIT_RULE ".%s", family);
    return value_of(s, name, s->split_rule);
}

enum err setting_get(const char **out, struct ctx *cx, const char *name)
{
    struct stmt *st = db_stmt(cx->db, SQL_SETTING_IN_FORCE);
    enum err e;

    *out = "";
    bind_text(st, ":site", cx->site->code);
    bind_text(st, ":name", name);
    bind_instant(st, ":at_ms", moment(cx));
    e = stmt_one(st);
    if (!e) {
        *out = arena_text(cx->arena, col_text(st, "value"));
    }
    stmt_done(st);
    return e == ERR_NOT_FOUND ? OK : e;
}

struct set_ask {
    const char *name;
    const char *value;
};

static enum err set_work(struct ctx *cx, void *arg)
{
    const struct set_ask *ask = arg;
    enum err e = setting_check(cx, ask->name, ask->value);

    return e ? e
             : fact_put(cx, &setting_table,
                        &(struct setting_row){
                            .name = ask->name, .value = ask->value, .valid_from = act_at(cx)});
}

enum err setting_set(struct ctx *cx, const char *name, const char *value)
{
    struct set_ask ask = {name, value};

    return act_run(cx, "setting.set", 1, set_work, &ask);
}

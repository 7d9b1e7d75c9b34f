/* What each setting's value may be. */
#include "pos/setting_names.h"

#include "inventory/base/calendar.h"
#include "inventory/base/utf8.h"
#include "inventory/fact.h"
#include "pos/pnbp/deadline.h"
#include "pos/pnbp/reference.h"
#include "pos/setting.h"

enum { NAME_LEN_MAX = 60, ADDRESS_LEN_MAX = 120, HOST_LEN_MAX = 60, FOOTER_LEN_MAX = 300 };
enum { MINUTES_A_DAY = 24 * 60 };

static bool whole_between(const char *value, long least, long most)
{
    size_t n = strlen(value);
    long number;

    if (n == 0 || n > 6 || strspn(value, "0123456789") != n) {
        return false;
    }
    number = strtol(value, NULL, 10);
    return number >= least && number <= most;
}

static bool line_up_to(const char *value, size_t least, size_t most)
{
    size_t points = utf8_count(value);

    return points >= least && points <= most && !utf8_has_control(value) && !strchr(value, '\n');
}

static bool right_name(struct ctx *cx, const char *v)
{
    (void)cx;
    return line_up_to(v, 1, NAME_LEN_MAX);
}

static bool right_address(struct ctx *cx, const char *v)
{
    (void)cx;
    return line_up_to(v, 0, ADDRESS_LEN_MAX);
}

static bool right_satker(struct ctx *cx, const char *v)
{
    size_t n = strlen(v);

    (void)cx;
    return n >= 1 && n <= 16 && strspn(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == n;
}

static bool right_zone(struct ctx *cx, const char *v)
{
    struct zone zone;

    (void)cx;
    return zone_from_name(&zone, v);
}

static bool right_host(struct ctx *cx, const char *v)
{
    size_t n = strlen(v);

    (void)cx;
    return n >= 1 && n <= HOST_LEN_MAX && strspn(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-:") == n;
}

static bool right_rule(struct ctx *cx, const char *v)
{
    struct instant now = cx->act ? act_at(cx) : clock_now(cx->clock);

    return split_rule_find(&reference()->rules, v, instant_day(now, cx->site->zone)) != NULL;
}

static bool has_once(const char *text, const char *part)
{
    const char *found = strstr(text, part);

    return found && !strstr(found + 1, part);
}

/* Numbers of two tills, years or series must never be alike. */
static bool right_format(struct ctx *cx, const char *v)
{
    (void)cx;
    return line_up_to(v, 1, 48) && has_once(v, "{no}") && has_once(v, "{year}") &&
           has_once(v, "{till}") && has_once(v, "{epoch}");
}

static bool right_footer(struct ctx *cx, const char *v)
{
    (void)cx;
    return utf8_count(v) <= FOOTER_LEN_MAX && !utf8_has_control(v);
}

static bool right_deadline(struct ctx *cx, const char *v)
{
    enum deadline_kind kind;

    (void)cx;
    return deadline_kind_from_name(&kind, v);
}

static bool right_days(struct ctx *cx, const char *v)
{
    (void)cx;
    return whole_between(v, 1, 31);
}

static bool right_minutes(struct ctx *cx, const char *v)
{
    (void)cx;
    return whole_between(v, 0, MINUTES_A_DAY);
}

static bool right_tills(struct ctx *cx, const char *v)
{
    (void)cx;
    return whole_between(v, 1, TILLS_MAX);
}

static bool right_flag(struct ctx *cx, const char *v)
{
    (void)cx;
    return strcmp(v, "0") == 0 || strcmp(v, "1") == 0;
}

static const struct {
    const char *name;
    bool (*right)(struct ctx *cx, const char *value);
} settings[] = {
    {SET_UNIT_NAME, right_name},
    {SET_UNIT_ADDRESS, right_address},
    {SET_UNIT_CITY, right_address},
    {SET_SATKER, right_satker},
    {SET_ZONE, right_zone},
    {SET_LABEL_HOST, right_host},
    {SET_SPLIT_RULE, right_rule},
    {SET_RECEIPT_FORMAT, right_format},
    {SET_RECEIPT_FOOTER, right_footer},
    {SET_DEADLINE_RULE, right_deadline},
    {SET_DEADLINE_DAYS, right_days},
    {SET_DEPOSIT_CLOSE, right_minutes},
    {SET_TILLS, right_tills},
    {SET_DEMO, right_flag},
};

enum err setting_check(struct ctx *cx, const char *name, const char *value)
{
    bool text = utf8_valid(value, strlen(value)) && strlen(value) <= SETTING_VALUE_LEN_MAX;
    static const char family_rule[] = SET_SPLIT_RULE ".";
    bool (*right)(struct ctx *, const char *) = NULL;

    if (strncmp(name, family_rule, sizeof family_rule - 1) == 0 && strlen(name) <= 40) {
        right = right_rule;
    }
    for (size_t i = 0; i < LENGTH(settings) && !right; i++) {
        right = strcmp(settings[i].name, name) == 0 ? settings[i].right : NULL;
    }
    if (!right) {
        return refuse(cx, ERR_NOT_FOUND, "setting-unknown", _("Pengaturan \"%.40s\" tidak ada."),
                      name);
    }
    if (!text || !right(cx, value)) {
        return refuse_field(cx, ERR_INVALID, "setting-bad", name,
                            _("Nilai \"%.60s\" tidak boleh untuk pengaturan %s."), value, name);
    }
    return OK;
}

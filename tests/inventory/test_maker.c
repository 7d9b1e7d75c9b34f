/* Makers told as stories: codes for everybody, files for two roles, every look written down. */
#include "tests/story.h"

#include "inventory/journal.h"
#include "inventory/maker.h"

#define NAME     "Zulkifli Contohnama"
#define REGISTER "BI-77123/2026"

static struct maker_file file(void)
{
    return (struct maker_file){
        .name = NAME,
        .register_no = REGISTER,
        .has_window = true,
        .from = day_of(2026, 1, 1),
        .to = day_of(2026, 10, 31),
        .document_no = "SK-12/2026",
        .active = true,
        .skills = {{"batik tulis", "SRT-9", "LLK Contoh", {20000}}},
        .skill_count = 1,
    };
}

static enum err no_name(void *arg, const struct journal_line *line)
{
    (void)arg;
    assert_null(strstr(line->body, "Zulkifli"));
    assert_null(strstr(line->body, "77123"));
    assert_null(strstr(line->body, "SK-12"));
    return OK;
}

static void test_files_and_looks(void **state)
{
    struct maker_standing standing;
    struct maker_file f = file(), seen;
    struct maker_looks looks;
    struct maker_list list;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    story_as(&s, "admin", ROLE_ADMIN, "");
    STORY_REFUSED(&s, maker_create(&s.cx, "W-03", &f), ERR_FORBIDDEN, "maker-restricted");
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, maker_create(&s.cx, "w-03", &f));
    STORY_REFUSED(&s, maker_create(&s.cx, "W-03", &f), ERR_CONFLICT, "maker-taken");
    assert_null(strstr(s.cx.why.text, "Zulkifli"));
    STORY_OK(&s, maker_standing(&standing, &s.cx, "W-03", day_of(2026, 10, 31)));
    assert_true(standing.known && standing.active && !standing.passed);
    STORY_OK(&s, maker_standing(&standing, &s.cx, "W-03", day_of(2026, 11, 1)));
    assert_true(standing.passed);
    STORY_OK(&s, maker_standing(&standing, &s.cx, "W-03", day_of(2025, 12, 31)));
    assert_true(standing.passed);
    STORY_OK(&s, maker_standing(&standing, &s.cx, "W-99", day_of(2026, 11, 1)));
    assert_false(standing.known);
    STORY_REFUSED(&s, maker_view(&seen, &s.cx, "W-03", ""), ERR_INVALID, "maker-purpose");
    STORY_REFUSED(&s, maker_view(&seen, &s.cx, "W-99", "penugasan"), ERR_NOT_FOUND,
                  "maker-unknown");
    STORY_OK(&s, maker_view(&seen, &s.cx, "W-03", "penugasan"));
    assert_string_equal(seen.name, NAME);
    assert_string_equal(seen.skills[0].certificate_no, "SRT-9");
    f.to = day_of(2027, 10, 31);
    f.skill_count = 0;
    STORY_OK(&s, maker_change(&s.cx, "W-03", &f));
    story_as(&s, "kepala", ROLE_SUPERVISOR, "");
    STORY_OK(&s, maker_view(&seen, &s.cx, "W-03", "pemeriksaan"));
    assert_int_equal(seen.skill_count, 0);
    for (int i = 0; i < 5; i++) {
        static const enum role others[] = {ROLE_ADMIN, ROLE_AUDITOR, ROLE_TREASURER, ROLE_CASHIER,
                                           ROLE_PARTNER};

        story_as(&s, "lain", others[i], "");
        STORY_REFUSED(&s, maker_view(&seen, &s.cx, "W-03", "ingin tahu"), ERR_FORBIDDEN,
                      "maker-restricted");
        STORY_REFUSED(&s, maker_change(&s.cx, "W-03", &f), ERR_FORBIDDEN, "maker-restricted");
    }
    STORY_OK(&s, maker_looks(&looks, &s.cx, "W-03"));
    assert_int_equal(looks.count, 3);
    assert_string_equal(looks.items[0].actor, "kepala");
    assert_string_equal(looks.items[0].purpose, "pemeriksaan");
    assert_string_equal(looks.items[1].what, "changed");
    STORY_REFUSED(&s, maker_looks(&looks, &s.cx, "W-99"), ERR_NOT_FOUND, "maker-unknown");
    STORY_OK(&s, maker_all(&list, &s.cx));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].code, "W-03");
    STORY_OK(&s, journal_read(&s.cx, 0, 1000, no_name, NULL));
    story_close(&s);
}

static void test_refused(void **state)
{
    struct story s;

    (void)state;
    story_open(&s, NULL);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    for (int i = 0; i < 10; i++) {
        static const char *const slugs[] = {
            "maker-code",   "maker-code",  "maker-code", "maker-name", "maker-window",
            "maker-window", "maker-skill", "maker-name", "maker-code", "maker-code"};
        const char *code = "W-04";
        struct maker_file f = file();

        switch (i) {
        case 0: code = ""; break;
        case 1: code = "W 04"; break;
        case 2: code = "ZULKIFLI-C"; break;
        case 3: f.name = ""; break;
        case 4: f.to = day_of(2025, 1, 1); break;
        case 5: f.document_no = ""; break;
        case 6: f.skills[0].skill = ""; break;
        case 7: f.register_no = "a\nb"; break;
        case 8: code = "zulkifli"; break;
        default: code = "77123"; break;
        }
        STORY_REFUSED(&s, maker_create(&s.cx, code, &f), ERR_INVALID, slugs[i]);
        assert_null(strstr(s.cx.why.text, "ulkifli"));
    }
    story_close(&s);
}

/* The purpose of a look stands in the journal: it may name nobody, this maker or another. */
static void test_purpose_names_nobody(void **state)
{
    static const char *const bad[] = {"data ZULKIFLI", "untuk si contohnama",
                                      "register bi-77123/2026"};
    struct maker_file f = file(), other = {.name = "Orang Lain",
                                           .register_no = "",
                                           .document_no = "",
                                           .active = true};
    struct maker_file seen;
    struct story s;

    (void)state;
    story_open(&s, NULL);
    story_as(&s, "bengkel", ROLE_WORKSHOP, "");
    STORY_OK(&s, maker_create(&s.cx, "W-03", &f));
    STORY_OK(&s, maker_create(&s.cx, "W-04", &other));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        STORY_REFUSED(&s, maker_view(&seen, &s.cx, "W-04", bad[i]), ERR_INVALID, "maker-named");
    }
    STORY_OK(&s, maker_view(&seen, &s.cx, "W-04", "penugasan W-03 dan W-04"));
    STORY_OK(&s, journal_read(&s.cx, 0, 1000, no_name, NULL));
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_and_looks),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_purpose_names_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Facts between their structs and canonical JSON: the bytes that are hashed, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attr.h"
#include "inventory/base/sbuf.h"
#include "inventory/fact_json.h"
#include "inventory/fact_read.h"

struct every {
    int64_t wide;
    int32_t narrow;
    bool flag;
    const char *text;
    const char *maybe;
    struct lot_id lot;
    struct unit_id unit;
    struct digest digest;
    struct rupiah money;
    struct qty qty;
    struct instant at;
    struct day day;
};

static const struct fact_col every_cols[] = {
    FACT_COL(every, "wide", wide),
    FACT_COL(every, "narrow", narrow),
    FACT_COL(every, "flag", flag),
    FACT_COL(every, "text", text),
    FACT_COL_OPTIONAL(every, "maybe", maybe),
    FACT_COL(every, "lot_id", lot),
    FACT_COL_OPTIONAL(every, "unit_id", unit),
    FACT_COL(every, "digest", digest),
    FACT_COL(every, "money_rp", money),
    FACT_COL(every, "qty_milli", qty),
    FACT_COL(every, "at_ms", at),
    FACT_COL(every, "on_day", day),
};
static const struct fact_table every_table = FACT_TABLE("every", every, every_cols);

static struct every sample(void)
{
    struct every e = {.wide = INT64_MIN,
                      .narrow = -7,
                      .flag = true,
                      .text = "kain \"batik\"\n\xc3\xa9",
                      .money = RUPIAH(280000),
                      .qty = QTY(26500),
                      .at = INSTANT(1795311660000),
                      .day = DAY(20779)};

    memset(e.lot.bytes, 0xab, sizeof e.lot.bytes);
    memset(e.digest.bytes, 0x01, sizeof e.digest.bytes);
    return e;
}

#define SAMPLE_OBJECT                                                                              \
    "{\"at_ms\":1795311660000,"                                                                    \
    "\"digest\":\"0101010101010101010101010101010101010101010101010101010101010101\","             \
    "\"flag\":1,\"lot_id\":\"abababababababababababababababab\",\"money_rp\":280000,"              \
    "\"narrow\":-7,\"on_day\":20779,\"qty_milli\":26500,"                                          \
    "\"text\":\"kain \\\"batik\\\"\\n\xc3\xa9\",\"wide\":-9223372036854775808}"

static void test_the_bytes(void **state)
{
    struct every e = sample();
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 4096);
    fact_to_json(&out, &every_table, &e);
    assert_string_equal(sbuf_str(&out), "[\"every\"," SAMPLE_OBJECT "]");
    sbuf_done(&out);
}

enum { BODY_MAX = 1024 };

/* The body is the caller's: texts of the row stand in it. */
static enum err read_body(void *row, const struct fact_table *table, char body[BODY_MAX])
{
    struct fact_reader r;
    enum err e;

    fact_read_begin(&r, body);
    if (!fact_read_more(&r) || strcmp(fact_read_name(&r), table->name) != 0) {
        return ERR_CORRUPT;
    }
    if ((e = fact_read_row(row, table, &r))) {
        return e;
    }
    return !fact_read_more(&r) && fact_read_ended(&r) ? OK : ERR_CORRUPT;
}

static void test_there_and_back(void **state)
{
    char body[BODY_MAX] = "[[\"every\"," SAMPLE_OBJECT "]]";
    struct every want = sample(), got;

    (void)state;
    assert_int_equal(read_body(&got, &every_table, body), OK);
    assert_true(got.wide == want.wide && got.narrow == want.narrow && got.flag);
    assert_string_equal(got.text, want.text);
    assert_null(got.maybe);
    assert_true(lot_id_equal(got.lot, want.lot) && unit_id_is_nil(got.unit));
    assert_memory_equal(got.digest.bytes, want.digest.bytes, sizeof want.digest.bytes);
    assert_true(got.money.rp == 280000 && got.qty.milli == 26500 && got.day.since_1970 == 20779);
}

static void test_several_facts(void **state)
{
    static const struct fact_col cols[] = {FACT_COL(every, "text", text),
                                           FACT_COL_OPTIONAL(every, "maybe", maybe)};
    static const struct fact_table table = FACT_TABLE("few", every, cols);
    char body[] = "[[\"few\",{\"text\":\"a\\u0001\"}],[\"few\",{\"maybe\":\"\",\"text\":\"b\"}]]";
    struct every first, second;
    struct fact_reader r;

    (void)state;
    fact_read_begin(&r, body);
    assert_true(fact_read_more(&r));
    assert_string_equal(fact_read_name(&r), "few");
    assert_int_equal(fact_read_row(&first, &table, &r), OK);
    assert_true(fact_read_more(&r));
    assert_string_equal(fact_read_name(&r), "few");
    assert_int_equal(fact_read_row(&second, &table, &r), OK);
    assert_false(fact_read_more(&r));
    assert_true(fact_read_ended(&r));
    assert_string_equal(first.text, "a\001");
    assert_null(first.maybe);
    assert_string_equal(second.text, "b");
    assert_string_equal(second.maybe, "");
}

#define LOT "\"lot_id\":\"abababababababababababababababab\""

/* A line that was tampered with, or of a program that knows more columns, is never half read; and
 * only the canonical form is read. */
static void test_what_is_refused(void **state)
{
    static const struct fact_col cols[] = {
        FACT_COL(every, "narrow", narrow), FACT_COL(every, "flag", flag),
        FACT_COL(every, "lot_id", lot), FACT_COL_OPTIONAL(every, "maybe", maybe)};
    static const struct fact_table table = FACT_TABLE("few", every, cols);
    static const char good[] = "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1}]]";
    static const char *const bad[] = {
        "",
        "[",
        "[]",
        "{}",
        "[[\"few\"]]",
        "[[\"few\",[]]]",
        "[[\"few\",{\"flag\":0,\"narrow\":1}]]",
        "[[\"few\",{\"flag\":2," LOT ",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0,\"lot_id\":\"ababababababababababababababab\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0,\"lot_id\":\"ABABABABABABABABABABABABABABABAB\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0,\"lot_id\":7,\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":2147483648}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":\"1\"}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"more\":1,\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1,\"narrow\":1}]]",
        "[[\"few\",{" LOT ",\"flag\":0,\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0, " LOT ",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1,}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1}]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1}]] ",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1}],]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":01}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":-0}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":1.0}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"narrow\":99999999999999999999}]]",
        "[[\"few\",{\"flag\":false," LOT ",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\u0000\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\u000a\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\u0041\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\/\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\n\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\xff\",\"narrow\":1}]]",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"\\u00",
        "[[\"few\",{\"flag\":0," LOT ",\"maybe\":\"",
    };
    char body[BODY_MAX];
    struct every row;

    (void)state;
    snprintf(body, sizeof body, "%s", good);
    assert_int_equal(read_body(&row, &table, body), OK);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        snprintf(body, sizeof body, "%s", bad[i]);
        if (read_body(&row, &table, body) != ERR_CORRUPT) {
            fail_msg("accepted: %s", bad[i]);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_bytes),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_several_facts),
        cmocka_unit_test(test_what_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

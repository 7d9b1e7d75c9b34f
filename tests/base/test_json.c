/* JSON in with limits, canonical JSON out. */
#include <stdbool.h>

#include "inventory/base/json.h"
#include "tests/base/cmocka_all.h"

static char *canonical(struct sbuf *out, const struct json *j)
{
    sbuf_clear(out);
    json_write(out, j);
    assert_false(sbuf_full(out));
    return out->bytes;
}

static void an_object_is_written_in_order(void **state)
{
    struct json *j = json_object();
    struct json *lines = json_array();
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 1000);
    json_set_text(j, "site", "632331");
    json_set_int(j, "amount_rp", INT64_MIN);
    json_set_hex(j, "id", (const uint8_t[]){0x01, 0xEF}, 2);
    json_set_hex(j, "empty", NULL, 0);
    json_set_bool(j, "sold", true);
    json_set_bool(j, "Void", false);
    json_add(lines, json_int(1));
    json_add(lines, json_text("dua"));
    json_add(lines, json_object());
    json_set(j, "lines", lines);
    assert_string_equal(canonical(&out, j),
                        "{\"Void\":false,\"amount_rp\":-9223372036854775808,\"empty\":\"\","
                        "\"id\":\"01ef\",\"lines\":[1,\"dua\",{}],\"site\":\"632331\","
                        "\"sold\":true}");
    json_set_int(j, "sold", 7);
    assert_int_equal(json_int_of(json_get(j, "sold")), 7);
    json_free(j);
    json_free(NULL);
    sbuf_done(&out);
}

static void values_are_read(void **state)
{
    static const char body[] = "{\"b\":[1,-2,\"x\"],\"a\":\"\\u00e9\\n\",\"c\":{}}";
    struct json *j;
    struct why why;

    (void)state;
    assert_int_equal(json_parse(&j, body, sizeof body - 1, &why), OK);
    assert_true(json_is_object(j));
    assert_false(json_is_array(j));
    assert_int_equal(json_count(j), 3);
    assert_string_equal(json_key_at(j, 0), "a");
    assert_string_equal(json_key_at(j, 1), "b");
    assert_string_equal(json_key_at(j, 2), "c");
    assert_null(json_key_at(j, 3));
    assert_string_equal(json_text_of(json_get(j, "a")), "\xC3\xA9\n");
    assert_true(json_is_array(json_get(j, "b")));
    assert_int_equal(json_count(json_get(j, "b")), 3);
    assert_int_equal(json_int_of(json_at(json_get(j, "b"), 1)), -2);
    assert_true(json_is_text(json_at(json_get(j, "b"), 2)));
    assert_false(json_is_int(json_at(json_get(j, "b"), 2)));
    assert_null(json_at(json_get(j, "b"), 3));
    assert_null(json_get(j, "tidak ada"));
    assert_null(json_get(json_get(j, "b"), "a"));
    assert_int_equal(json_count(json_get(j, "a")), 0);
    assert_false(json_is_object(NULL) || json_is_array(NULL) || json_is_int(NULL) ||
                 json_is_text(NULL));
    json_free(j);
}

#define DEEP_16 "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"
#define DEEP_17 "[" DEEP_16 "]"

static const char *const accepted[] = {
    "{}",
    "[]",
    "0",
    "-1",
    "\"teks\"",
    "null",
    "true",
    " {\"a\" : 1 } \n",
    DEEP_16,
    "9223372036854775807",
    "-9223372036854775808",
    "{\"a\":{\"a\":1}}",
    "\"\\ud83d\\ude00\"",
};

static const struct {
    const char *body, *says;
    size_t n; /* 0: strlen */
} rejected[] = {
    {"", "terpotong", 0},
    {"{", "terpotong", 0},
    {"{\"a\":1", "terpotong", 0},
    {"{\"a\":1.5}", "pecahan", 0},
    {"[1.0]", "pecahan", 0},
    {"1e3", "pecahan", 0},
    {"{\"harga\":[{\"x\":-0.0}]}", "\"x\"", 0},
    {"{\"a\":1,\"a\":1}", "dua kali", 0},
    {"{\"a\":1,\"\\u0061\":2}", "dua kali", 0},
    {"\"a\\u0000b\"", "NUL", 0},
    {"{\"a\\u0000\":1}", "NUL", 0},
    {"{} {}", "tersisa", 0},
    {"{}x", "tersisa", 0},
    {"{}\0", "", 3},
    {"[1,]", "JSON", 0},
    {"{'a':1}", "JSON", 0},
    {"{a:1}", "JSON", 0},
    {"[01]", "JSON", 0},
    {"NaN", "JSON", 0},
    {"// x\n1", "JSON", 0},
    {"\xEF\xBB\xBF{}", "JSON", 0},
    {"\"\xC3\"", "UTF-8", 0},
    {"\"\xED\xA0\x80\"", "UTF-8", 0},
    {"\"\\ud800\"", "JSON", 0},
    {"\"a\nb\"", "JSON", 0},
    {"9223372036854775808", "terlalu besar", 0},
    {"-9223372036854775809", "terlalu besar", 0},
    {DEEP_17, "terlalu dalam", 0},
    {"{\"a\":\n  nul}", "baris 2", 0},
};

static void only_what_we_understand_is_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(accepted); i++) {
        struct json *j = NULL;

        assert_int_equal(json_parse(&j, accepted[i], strlen(accepted[i]), NULL), OK);
        json_free(j);
    }
    for (size_t i = 0; i < LENGTH(rejected); i++) {
        struct json *j = NULL;
        struct why why = {0};
        size_t n = rejected[i].n ? rejected[i].n : strlen(rejected[i].body);

        if (json_parse(&j, rejected[i].body, n, &why) != ERR_INVALID || j) {
            fail_msg("accepted: %s", rejected[i].body);
        }
        assert_int_equal(why.code, ERR_INVALID);
        assert_string_equal(why.slug, "json-malformed");
        if (!strstr(why.text, rejected[i].says)) {
            fail_msg("%s: %s", rejected[i].body, why.text);
        }
    }
}

static void depth_and_width_have_limits(void **state)
{
    struct sbuf body;
    struct json *j = NULL;

    (void)state;
    sbuf_init(&body, 1 << 20);
    for (int i = 0; i < 500000; i++) {
        sbuf_char(&body, '[');
    }
    assert_int_equal(json_parse(&j, body.bytes, body.len, NULL), ERR_INVALID);
    for (int count = JSON_KEYS_MAX; count <= JSON_KEYS_MAX + 1; count++) {
        sbuf_clear(&body);
        for (int i = 0; i < count; i++) {
            sbuf_format(&body, "%c\"k%d\":%d", i ? ',' : '{', i, i);
        }
        sbuf_char(&body, '}');
        j = NULL;
        assert_int_equal(json_parse(&j, body.bytes, body.len, NULL),
                         count > JSON_KEYS_MAX ? ERR_INVALID : OK);
        json_free(j);
    }
    sbuf_done(&body);
}

/* ---- the same bytes as Python's json module ---- */

static const char *const awkward[] = {
    "",
    "batik",
    "\"",
    "\\",
    "/",
    "\b\f\n\r\t",
    "\x01\x02\x1e\x1f",
    "\x7f",
    "\xC2\x80\xC2\x9F",
    "caf\xC3\xA9",
    "\xE2\x80\xA8\xE2\x80\xA9",
    "\xF0\x9F\x98\x80",
    "\xEF\xBF\xBD\xEF\xBF\xBF",
    "\xF4\x8F\xBF\xBF",
    "\\u0041",
    "</script>",
    "<!--",
    "a\"b\\c\"",
    "'",
    " ",
    "\xEE\x80\x80",
    "\x0b\x0e\x1b",
    "\xC3\xA9\xCC\x81",
    "e\xCC\x81",
};

/* Keys whose order differs by bytes, by UTF-16 units and by locale. */
static const char *const keys[] = {
    "b",
    "a",
    "B",
    "A",
    "_",
    "10",
    "9",
    "\xC3\xA9",
    "z",
    "\xF0\x9F\x98\x80",
    "\xEF\xBF\xBD",
    "",
    "a b",
    "ab",
    "a\"",
    "a\x01",
};

static struct json *random_value(uint64_t *seed, int depth)
{
    struct json *j;
    uint64_t kind = pick(seed) % (depth > 0 ? 4 : 2);

    if (kind == 0) {
        return json_int((int64_t)(pick(seed) >> pick(seed) % 64) * (pick(seed) % 2 ? 1 : -1));
    }
    if (kind == 1) {
        return json_text(awkward[pick(seed) % LENGTH(awkward)]);
    }
    j = kind == 2 ? json_array() : json_object();
    for (uint64_t n = pick(seed) % 6; n > 0; n--) {
        struct json *value = random_value(seed, depth - 1);

        if (kind == 2) {
            json_add(j, value);
        } else {
            json_set(j, keys[pick(seed) % LENGTH(keys)], value);
        }
    }
    return j;
}

static void texts_survive(void **state)
{
    struct sbuf out;

    (void)state;
    sbuf_init(&out, 1000);
    for (size_t i = 0; i < LENGTH(awkward); i++) {
        struct json *j = json_text(awkward[i]);
        struct json *back;

        canonical(&out, j);
        assert_int_equal(json_parse(&back, out.bytes, out.len, NULL), OK);
        assert_string_equal(json_text_of(back), awkward[i]);
        json_free(j);
        json_free(back);
    }
    sbuf_done(&out);
}

static const char python[] =
    "python3 -c 'import json, sys\n"
    "n = 0\n"
    "for line in sys.stdin.buffer:\n"
    "    line = line[:-1].decode(\"utf-8\")\n"
    "    again = json.dumps(json.loads(line), sort_keys=True, separators=(\",\", \":\"),\n"
    "                       ensure_ascii=False)\n"
    "    if again != line:\n"
    "        sys.exit(\"ours   %r\\npython %r\" % (line, again))\n"
    "    n += 1\n"
    "sys.exit(0 if n == 3025 else \"lines: %d\" % n)'";

static void the_bytes_are_those_of_python(void **state)
{
    uint64_t seed = 99;
    struct json *all = json_object();
    struct sbuf out;
    FILE *check;

    (void)state;
    if (system("python3 -c 'import json' 2>/dev/null") != 0) {
        json_free(all);
        skip();
    }
    sbuf_init(&out, 1 << 20);
    check = popen(python, "w");
    assert_non_null(check);
    for (size_t i = 0; i < LENGTH(awkward); i++) {
        struct json *j = json_text(awkward[i]);

        fprintf(check, "%s\n", canonical(&out, j));
        json_free(j);
    }
    for (size_t i = 0; i < LENGTH(keys); i++) {
        json_set_text(all, keys[i], awkward[i]);
    }
    fprintf(check, "%s\n", canonical(&out, all));
    for (int i = 0; i < 3000; i++) {
        struct json *j = random_value(&seed, 4);

        fprintf(check, "%s\n", canonical(&out, j));
        json_free(j);
    }
    assert_int_equal(LENGTH(awkward), 24);
    assert_int_equal(pclose(check), 0);
    json_free(all);
    sbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_written_in_order),
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(only_what_we_understand_is_accepted),
        cmocka_unit_test(depth_and_width_have_limits),
        cmocka_unit_test(texts_survive),
        cmocka_unit_test(the_bytes_are_those_of_python),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Arena, capped buffer and UTF-8. */
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inventory/base/arena.h"
#include "inventory/base/sbuf.h"
#include "inventory/base/utf8.h"
#include "tests/base/cmocka_all.h"

/* ---- arena ---- */

static void arena_gives_zeroed_aligned_pieces(void **state)
{
    struct arena *a = arena_new(1 << 20);
    unsigned char *last = NULL;

    (void)state;
    for (size_t size = 0; size < 600; size += 7) {
        unsigned char *p = arena_get(a, size);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        assert_ptr_not_equal(p, last);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
            p[i] = 0xA5;
        }
        last = p;
    }
    arena_free(a);
}

static void arena_counts_what_was_asked(void **state)
{
    struct arena *a = arena_new(1000);
    int *numbers = ARENA_ARRAY(a, int, 10);

    (void)state;
    numbers[9] = 1;
    assert_int_equal(arena_used(a), 10 * sizeof(int));
    arena_get(a, 1000 - arena_used(a));
    assert_int_equal(arena_used(a), 1000);
    arena_free(a);
    arena_free(NULL);
}

static void arena_serves_pieces_larger_than_a_block(void **state)
{
    struct arena *a = arena_new(8 << 20);
    char *small = arena_get(a, 10);
    char *large = arena_get(a, 3 << 20);
    char *again = arena_get(a, 10);

    (void)state;
    memset(large, 'x', 3 << 20);
    assert_int_equal(small[9], 0);
    assert_int_equal(again[0], 0);
    arena_free(a);
}

static void arena_copies_texts(void **state)
{
    struct arena *a = arena_new(4096);

    (void)state;
    assert_string_equal(arena_text(a, "batik"), "batik");
    assert_string_equal(arena_text(a, NULL), "");
    assert_string_equal(arena_text_n(a, "batik tulis", 5), "batik");
    assert_string_equal(arena_text_n(a, NULL, 0), "");
    assert_string_equal(arena_format(a, "%s %d", "lot", 12), "lot 12");
    arena_free(a);
}

/* Runs work in a child whose stderr is closed; true when it was stopped by abort(). */
static bool stops(void (*work)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        close(STDERR_FILENO);
        work();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void ask_within(void)
{
    arena_get(arena_new(100), 100);
}

static void ask_too_much(void)
{
    struct arena *a = arena_new(100);

    arena_get(a, 60);
    arena_get(a, 41);
}

static void ask_overflow(void)
{
    arena_array(arena_new(SIZE_MAX), SIZE_MAX / 2, 3);
}

static void ask_huge(void)
{
    arena_get(arena_new(100), SIZE_MAX);
}

static void arena_stops_at_its_maximum(void **state)
{
    (void)state;
    assert_false(stops(ask_within));
    assert_true(stops(ask_too_much));
    assert_true(stops(ask_overflow));
    assert_true(stops(ask_huge));
}

static void mem_text_and_grow(void **state)
{
    char *text = mem_text("gelas");

    (void)state;
    text = mem_grow(text, 100);
    assert_string_equal(text, "gelas");
    free(text);
}

/* ---- buffer ---- */

static void sbuf_builds_text(void **state)
{
    struct sbuf b;

    (void)state;
    sbuf_init(&b, 1000);
    assert_string_equal(sbuf_str(&b), "");
    sbuf_text(&b, "Rp");
    sbuf_int(&b, INT64_MIN);
    sbuf_char(&b, ' ');
    sbuf_hex(&b, (const uint8_t[]){0x00, 0xAB, 0xFF}, 3);
    sbuf_format(&b, " %03d|%s", 7, "x");
    sbuf_add(&b, "", 0);
    assert_string_equal(sbuf_str(&b), "Rp-9223372036854775808 00abff 007|x");
    assert_int_equal(b.len, strlen(sbuf_str(&b)));
    assert_false(sbuf_full(&b));
    sbuf_done(&b);
}

static void sbuf_drops_whole_and_stays_full(void **state)
{
    struct sbuf b;

    (void)state;
    sbuf_init(&b, 5);
    sbuf_text(&b, "12345");
    assert_false(sbuf_full(&b));
    sbuf_char(&b, '6');
    assert_true(sbuf_full(&b));
    assert_string_equal(sbuf_str(&b), "12345");

    sbuf_clear(&b);
    assert_false(sbuf_full(&b));
    assert_string_equal(sbuf_str(&b), "");
    sbuf_text(&b, "123");
    sbuf_text(&b, "456");
    sbuf_char(&b, 'x'); /* would fit, but what went before is missing */
    assert_true(sbuf_full(&b));
    assert_string_equal(sbuf_str(&b), "123");

    sbuf_clear(&b);
    sbuf_hex(&b, (const uint8_t[]){1, 2, 3}, 3);
    assert_true(sbuf_full(&b));
    sbuf_clear(&b);
    sbuf_format(&b, "%d", 123456);
    assert_true(sbuf_full(&b));
    assert_string_equal(sbuf_str(&b), "");
    sbuf_done(&b);
}

static void sbuf_of_nothing(void **state)
{
    struct sbuf b;

    (void)state;
    sbuf_init(&b, 0);
    sbuf_text(&b, "");
    assert_false(sbuf_full(&b));
    sbuf_text(&b, "a");
    assert_true(sbuf_full(&b));
    assert_string_equal(sbuf_str(&b), "");
    sbuf_done(&b);
    sbuf_done(&b);
}

static void sbuf_grows_to_its_maximum(void **state)
{
    struct sbuf b;

    (void)state;
    sbuf_init(&b, 100000);
    for (int i = 0; i < 100000; i++) {
        sbuf_char(&b, (char)('a' + i % 26));
    }
    assert_false(sbuf_full(&b));
    assert_int_equal(strlen(sbuf_str(&b)), 100000);
    assert_int_equal(b.bytes[99999], 'a' + 99999 % 26);
    sbuf_done(&b);
}

/* ---- UTF-8 ---- */

static const struct {
    const char *bytes;
    size_t n;
    bool valid;
} sequences[] = {
    {"", 0, true},
    {"abc", 3, true},
    {"a\0b", 3, false},
    {"\xC3\xA9", 2, true},
    {"\xC3", 1, false},
    {"\xA9", 1, false},
    {"\xC0\x80", 2, false},          /* overlong NUL */
    {"\xC1\xBF", 2, false},          /* overlong DEL */
    {"\xE0\x9F\xBF", 3, false},      /* overlong */
    {"\xE0\xA0\x80", 3, true},       /* U+0800 */
    {"\xED\x9F\xBF", 3, true},       /* U+D7FF */
    {"\xED\xA0\x80", 3, false},      /* surrogate */
    {"\xED\xBF\xBF", 3, false},      /* surrogate */
    {"\xEE\x80\x80", 3, true},       /* U+E000 */
    {"\xF0\x8F\xBF\xBF", 4, false},  /* overlong */
    {"\xF0\x90\x80\x80", 4, true},   /* U+10000 */
    {"\xF4\x8F\xBF\xBF", 4, true},   /* U+10FFFF */
    {"\xF4\x90\x80\x80", 4, false},  /* above */
    {"\xF5\x80\x80\x80", 4, false},  /* above */
    {"\xE2\x82", 2, false},          /* cut */
    {"\xF0\x9F\x98", 3, false},      /* cut */
    {"\xE2\x82\x41", 3, false},      /* tail missing */
    {"\xFF\xFE", 2, false},          /* UTF-16 */
    {"x\xF0\x9F\x98\x80y", 6, true}, /* emoji between */
};

static void utf8_knows_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(sequences); i++) {
        if (utf8_valid(sequences[i].bytes, sequences[i].n) != sequences[i].valid) {
            fail_msg("sequence %zu", i);
        }
    }
}

/* Encodes every code point and every surrogate: exactly the surrogates and NUL are refused. */
static void utf8_takes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        char s[4];
        size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};

        for (size_t i = n; i-- > 1;) {
            s[i] = (char)(0x80 | ((c >> (6 * (n - 1 - i))) & 0x3F));
        }
        s[0] = (char)(lead[n] | c >> (6 * (n - 1)));
        if ((utf8_step(s, n) == n) == (c >= 0xD800 && c <= 0xDFFF)) {
            fail_msg("U+%04X", (unsigned)c);
        }
    }
}

static void utf8_counts_and_cuts(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(""), 0);
    assert_int_equal(utf8_count("batik"), 5);
    assert_int_equal(utf8_count("caf\xC3\xA9 \xF0\x9F\x98\x80"), 6);
    assert_int_equal(utf8_prefix("caf\xC3\xA9s", 4), 5);
    assert_int_equal(utf8_prefix("caf\xC3\xA9s", 3), 3);
    assert_int_equal(utf8_prefix("\xC3\xA9", 0), 0);
    assert_int_equal(utf8_prefix("abc", 99), 3);
}

static void utf8_sees_controls(void **state)
{
    (void)state;
    assert_false(utf8_has_control("satu\tdua\ntiga"));
    assert_true(utf8_has_control("satu\rdua"));
    assert_true(utf8_has_control("\x1B[0m"));
    assert_true(utf8_has_control("\x7F"));
    assert_true(utf8_has_control("a\xC2\x85"));
    assert_false(utf8_has_control("a\xC2\xA0"));
    assert_false(utf8_has_control("\xC3\x85"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_pieces),
        cmocka_unit_test(arena_counts_what_was_asked),
        cmocka_unit_test(arena_serves_pieces_larger_than_a_block),
        cmocka_unit_test(arena_copies_texts),
        cmocka_unit_test(arena_stops_at_its_maximum),
        cmocka_unit_test(mem_text_and_grow),
        cmocka_unit_test(sbuf_builds_text),
        cmocka_unit_test(sbuf_drops_whole_and_stays_full),
        cmocka_unit_test(sbuf_of_nothing),
        cmocka_unit_test(sbuf_grows_to_its_maximum),
        cmocka_unit_test(utf8_knows_well_formed),
        cmocka_unit_test(utf8_takes_every_code_point),
        cmocka_unit_test(utf8_counts_and_cuts),
        cmocka_unit_test(utf8_sees_controls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

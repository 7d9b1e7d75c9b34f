/* What a scanner, a phone or a hand gave: a label of ours, a receipt, or something to search. */
#include <stdint.h>

#include "inventory/base/label_code.h"
#include "inventory/base/utf8.h"

enum { TEXT_MAX = 1024, GTIN_LEN = 14 };

/* The scanned text: trimmed, upper case, well-formed, without control characters. */
struct text {
    char bytes[TEXT_MAX];
    size_t n;
};

/* Characters nobody typed on purpose: the byte order mark and the zero-width space. */
static bool is_invisible(const char *bytes, size_t len)
{
    return len == 3 &&
           (memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 || memcmp(bytes, "\xE2\x80\x8B", 3) == 0);
}

static bool is_no_break_space(const char *bytes, size_t len)
{
    return len == 2 && memcmp(bytes, "\xC2\xA0", 2) == 0;
}

static char upper(char c)
{
    if (c >= 'a' && c <= 'z') {
        return (char)(c - 'a' + 'A');
    }
    return c;
}

static void text_add(struct text *t, const char *bytes, size_t len)
{
    if (t->n + len < sizeof t->bytes) {
        memcpy(t->bytes + t->n, bytes, len);
        t->n += len;
    }
}

static void text_trim(struct text *t)
{
    size_t lead = 0;

    while (t->n > 0 && t->bytes[t->n - 1] == ' ') {
        t->n--;
    }
    while (lead < t->n && t->bytes[lead] == ' ') {
        lead++;
    }
    t->n -= lead;
    memmove(t->bytes, t->bytes + lead, t->n);
    t->bytes[t->n] = '\0';
}

/* Adds one well-formed character as it will be looked up: blanks of every kind as a space, letters
 * in upper case, nothing of what cannot be seen. */
static void text_add_clean(struct text *t, const char *bytes, size_t len)
{
    unsigned char c = (unsigned char)bytes[0];
    bool blank = len == 1 ? strchr(" \t\n\r", bytes[0]) != NULL : is_no_break_space(bytes, len);
    bool control = len == 1 ? c < 0x20 || c == 0x7F : c == 0xC2 && (unsigned char)bytes[1] < 0xA0;
    char one = upper(bytes[0]);

    if (blank) {
        text_add(t, " ", 1);
    } else if (!control && !is_invisible(bytes, len)) {
        text_add(t, len == 1 ? &one : bytes, len);
    }
}

static void text_clean(struct text *t, const char *bytes, size_t n)
{
    t->n = 0;
    for (size_t at = 0; at < n;) {
        size_t len = utf8_step(bytes + at, n - at);

        if (len > 0) {
            text_add_clean(t, bytes + at, len);
        }
        at += len > 0 ? len : 1;
    }
    text_trim(t);
}

static void text_copy(char out[TEXT_MAX], const char *s)
{
    size_t n = strnlen(s, TEXT_MAX - 1);

    memcpy(out, s, n);
    out[n] = '\0';
}

/* ---- parts of an address ---- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Takes away "]Q3" and its like: what kind of bar code it was. */
static const char *skip_symbology(const char *s)
{
    bool prefix = s[0] == ']' && s[1] >= 'A' && s[1] <= 'Z' && is_letter_or_digit(s[2]);

    return prefix ? s + 3 : s;
}

/* An address as it came: the host and path behind "HTTPS://", and the character that stands for
 * the slash.  A scanner set to another keyboard writes "HTTPS", one character for the colon, and
 * twice the character that is on the slash's key.  NULL: not an address. */
static const char *skip_scheme(const char *s, char *slash)
{
    size_t colon;

    *slash = '/';
    if (strncmp(s, "HTTP", 4) != 0) {
        return NULL;
    }
    s += s[4] == 'S' ? 5 : 4;
    colon = utf8_step(s, strlen(s));
    if (colon == 0 || s[colon] == '\0' || s[colon] != s[colon + 1] ||
        is_letter_or_digit(s[colon]) || (unsigned char)s[colon] >= 0x80) {
        return NULL;
    }
    *slash = s[colon];
    return s + colon + 2;
}

/* Ends the path where a query or fragment begins, and takes away slashes at its end. */
static void cut_path(char *path, char slash)
{
    size_t n = strcspn(path, "?#");

    while (n > 0 && path[n - 1] == slash) {
        n--;
    }
    path[n] = '\0';
}

/* What follows the segment "S" of an address; NULL when there is none. */
static const char *after_receipt_segment(const char *path, char slash)
{
    const char mark[] = {slash, 'S', slash, '\0'};
    const char *at = strstr(path, mark);

    return at && at[3] != '\0' ? at + 3 : NULL;
}

/* ---- label codes ---- */

/* What a hand writes for a digit: Crockford reads O as 0, I and L as 1. */
static char as_digit(char c)
{
    if (c == 'O') {
        return '0';
    }
    if (c == 'I' || c == 'L') {
        return '1';
    }
    return c;
}

static bool in_alphabet(char c)
{
    return is_letter_or_digit(c) && !strchr("ILOU", c);
}

/* Ten characters that could be a code of ours, whatever the check character says. */
static bool looks_like_code(const char *s, size_t n)
{
    if (n != LABEL_CODE_LEN || (s[0] >= '0' && s[0] <= '9')) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!in_alphabet(s[i])) {
            return false;
        }
    }
    return true;
}

/* Takes the ten characters as a code; false when the check character is wrong. */
static bool take_code(struct scanned *out, const char *s)
{
    struct label_code code = {{0}};

    for (size_t i = 0; i < LABEL_CODE_LEN; i++) {
        code.text[i] = as_digit(s[i]);
    }
    if (!label_code_valid(code.text)) {
        return false;
    }
    out->code = code;
    out->kind = SCANNED_LABEL;
    return true;
}

/* Reads a possible code of n bytes: a label, broken, or nothing of the kind. */
static bool read_code(struct scanned *out, const char *s, size_t n)
{
    if (n != LABEL_CODE_LEN) {
        return false;
    }
    if (take_code(out, s)) {
        return true;
    }
    if (looks_like_code(s, n)) {
        out->kind = SCANNED_BROKEN;
        return true;
    }
    return false;
}

/* "A7K2 M9Q XP4" or "A7K2-M9Q-XP4", as labels print it for people. */
static bool read_groups(struct scanned *out, const char *s, size_t n)
{
    char joined[LABEL_CODE_MAX];

    if (n != LABEL_CODE_LEN + 2 || s[4] != s[8] || (s[4] != ' ' && s[4] != '-')) {
        return false;
    }
    snprintf(joined, sizeof joined, "%.4s%.3s%.3s", s, s + 5, s + 9);
    return read_code(out, joined, strlen(joined));
}

/* The GS1 element string behind a "]Q3": 01, 14 digits, 21, our code as the serial number. */
static bool read_gs1(struct scanned *out, const char *s, size_t n)
{
    if (n != 2 + GTIN_LEN + 2 + LABEL_CODE_LEN || strncmp(s, "01", 2) != 0 ||
        strspn(s, "0123456789") < 2 + GTIN_LEN + 2 || strncmp(s + 2 + GTIN_LEN, "21", 2) != 0) {
        return false;
    }
    return read_code(out, s + 2 + GTIN_LEN + 2, LABEL_CODE_LEN);
}

/* The last part of an address or of a garbled one. */
static bool read_last_part(struct scanned *out, const char *s, char slash)
{
    const char *last = strrchr(s, slash);

    return last && read_code(out, last + 1, strlen(last + 1));
}

/* A code behind a hyphen, as "HTTPSN--HOST-P-CODE" has it even when its beginning was lost.  Only
 * with a right check character: a SKU may end like that. */
static bool read_after_hyphen(struct scanned *out, const char *s)
{
    const char *last = strrchr(s, '-');

    return last && strlen(last + 1) == LABEL_CODE_LEN && take_code(out, last + 1);
}

/* ---- receipts ---- */

/* Four runs of digits with slashes between: 1/632331/2026/000123. */
static bool is_receipt_number(const char *s, char slash)
{
    for (int part = 0; part < 4; part++) {
        size_t n = strspn(s, "0123456789");

        if (n == 0 || s[n] != (part < 3 ? slash : '\0')) {
            return false;
        }
        s += n + 1;
    }
    return true;
}

static int hex_value(char c)
{
    const char *digits = "0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

static void decode_percent(char *s)
{
    char *to = s;

    while (*s) {
        int high = *s == '%' ? hex_value(s[1]) : -1;
        int low = high < 0 ? -1 : hex_value(s[2]);

        *to++ = (char)(low < 0 ? *s : high << 4 | low);
        s += low < 0 ? 1 : 3;
    }
    *to = '\0';
}

static void rest_set(struct scanned *out, const char *s)
{
    size_t n = 0;
    size_t len;

    while ((len = utf8_step(s + n, strlen(s + n))) > 0 && n + len < SCANNED_TEXT_MAX) {
        n += len;
    }
    memcpy(out->rest, s, n);
    out->rest[n] = '\0';
}

/* Decoding may bring any byte, so what comes out is cleaned again. */
static void take_receipt(struct scanned *out, const char *s, char slash)
{
    struct text number;
    char encoded[TEXT_MAX];

    text_copy(encoded, s);
    if (slash != '/' && is_receipt_number(encoded, slash)) {
        for (char *p = encoded; (p = strchr(p, slash)); p++) {
            *p = '/';
        }
    }
    decode_percent(encoded);
    text_clean(&number, encoded, strlen(encoded));
    rest_set(out, number.bytes);
    /* "." and ".." would lead somewhere else as part of an address. */
    out->kind = strspn(number.bytes, ".") < number.n ? SCANNED_RECEIPT : SCANNED_OTHER;
}

/* ---- all together ---- */

/* An address: the path of a receipt, or a code as its last part. */
static bool read_address(struct scanned *out, const char *address, char slash)
{
    char path[TEXT_MAX];
    const char *number;

    text_copy(path, address);
    cut_path(path, slash);
    /* In a garbled address the host's own hyphens look like slashes, so a right code goes first. */
    if (slash != '/' && read_last_part(out, path, slash) && out->kind == SCANNED_LABEL) {
        return true;
    }
    out->kind = SCANNED_OTHER;
    if ((number = after_receipt_segment(path, slash))) {
        take_receipt(out, number, slash);
        return out->kind == SCANNED_RECEIPT;
    }
    return read_last_part(out, path, slash);
}

/* "/P/CODE" or "host.id/P/CODE" without a scheme. */
static bool is_bare_address(const char *s)
{
    const char *slash = strchr(s, '/');

    return slash && (slash == s || memchr(s, '.', (size_t)(slash - s)) ||
                     memchr(s, ':', (size_t)(slash - s)));
}

static bool read_ours(struct scanned *out, const char *s)
{
    char slash;
    const char *address = skip_scheme(s, &slash);
    size_t n = strlen(s);

    if (address || is_bare_address(s)) {
        return read_address(out, address ? address : s, slash);
    }
    if (is_receipt_number(s, '/')) {
        rest_set(out, s);
        out->kind = SCANNED_RECEIPT;
        return true;
    }
    return read_code(out, s, n) || read_groups(out, s, n) || read_gs1(out, s, n) ||
           read_last_part(out, s, '/') || read_after_hyphen(out, s);
}

struct scanned scan_read(const char *bytes, size_t n)
{
    struct scanned out = {.kind = SCANNED_NOTHING};
    struct text whole;
    const char *s;

    text_clean(&whole, bytes, n);
    s = skip_symbology(whole.bytes);
    if (*s == '\0') {
        return out;
    }
    if (!read_ours(&out, s)) {
        out.kind = SCANNED_OTHER;
    }
    if (out.kind != SCANNED_RECEIPT) {
        rest_set(&out, s);
    }
    return out;
}

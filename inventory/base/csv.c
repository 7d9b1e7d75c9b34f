/* CSV (RFC 4180) row by row. */
#include "inventory/base/csv.h"

#include <stdbool.h>

#include "inventory/base/refuse.h"
#include "inventory/base/utf8.h"

#define BOM "\xEF\xBB\xBF" /* the byte order mark */

static enum err refuse_bytes(struct why *why, int line, bool nul)
{
    return why_say(why, ERR_INVALID, "csv-encoding",
                   nul ? "Berkas CSV memuat byte NUL pada baris %d. Simpan ulang sebagai CSV UTF-8."
                       : "Berkas CSV bukan UTF-8 pada baris %d. Simpan ulang sebagai CSV UTF-8.",
                   line);
}

enum err csv_open(struct csv *csv, const char *bytes, size_t n, struct why *why)
{
    int line = 1;

    *csv = (struct csv){.bytes = bytes, .n = n, .next_line = 1};
    sbuf_init(&csv->scratch, n + CSV_FIELDS_MAX + 1);
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        return why_say(why, ERR_INVALID, "csv-encoding",
                       "Berkas CSV tersimpan sebagai UTF-16. Simpan ulang sebagai CSV UTF-8.");
    }
    if (n >= 3 && memcmp(bytes, BOM, 3) == 0) {
        csv->at = 3;
    }
    for (size_t at = 0; at < n;) {
        size_t len = utf8_step(bytes + at, n - at);

        if (len == 0) {
            return refuse_bytes(why, line, bytes[at] == '\0');
        }
        line += bytes[at] == '\n';
        at += len;
    }
    return OK;
}

void csv_close(struct csv *csv)
{
    sbuf_done(&csv->scratch);
    csv->count = 0;
}

static bool at_end(const struct csv *csv)
{
    return csv->at >= csv->n;
}

static char peek(const struct csv *csv)
{
    if (at_end(csv)) {
        return '\0';
    }
    return csv->bytes[csv->at];
}

static char take(struct csv *csv)
{
    char c = csv->bytes[csv->at++];

    csv->next_line += c == '\n';
    return c;
}

/* LF, CRLF, or a CR that ends the file. */
static bool at_line_end(const struct csv *csv)
{
    char c = peek(csv);

    return at_end(csv) || c == '\n' ||
           (c == '\r' && (csv->at + 1 == csv->n || csv->bytes[csv->at + 1] == '\n'));
}

static void take_line_end(struct csv *csv)
{
    if (peek(csv) == '\r') {
        take(csv);
    }
    if (peek(csv) == '\n') {
        take(csv);
    }
}

static enum csv_step skip_line(struct csv *csv)
{
    while (!at_line_end(csv)) {
        take(csv);
    }
    take_line_end(csv);
    csv->count = 0;
    return CSV_BAD;
}

/* After the opening quote; false when the file ends before the closing one. */
static bool read_quoted(struct csv *csv)
{
    while (!at_end(csv)) {
        char c = take(csv);

        if (c == '"' && peek(csv) != '"') {
            return true;
        }
        if (c == '"') {
            take(csv);
        }
        sbuf_char(&csv->scratch, c);
    }
    return false;
}

/* Reads one field and its NUL into scratch; false when it is malformed. */
static bool read_field(struct csv *csv)
{
    if (peek(csv) == '"') {
        take(csv);
        if (!read_quoted(csv) || (!at_line_end(csv) && peek(csv) != ',')) {
            return false;
        }
    } else {
        while (!at_line_end(csv) && peek(csv) != ',') {
            sbuf_char(&csv->scratch, take(csv));
        }
    }
    sbuf_char(&csv->scratch, '\0');
    return true;
}

enum csv_step csv_next(struct csv *csv)
{
    size_t starts[CSV_FIELDS_MAX];
    size_t count = 0;

    while (!at_end(csv) && at_line_end(csv)) {
        take_line_end(csv);
    }
    csv->count = 0;
    csv->line = csv->next_line;
    if (at_end(csv)) {
        return CSV_END;
    }
    sbuf_clear(&csv->scratch);
    for (;;) {
        if (count == CSV_FIELDS_MAX) {
            return skip_line(csv);
        }
        starts[count++] = csv->scratch.len;
        if (!read_field(csv)) {
            return skip_line(csv);
        }
        if (peek(csv) != ',') {
            break;
        }
        take(csv);
    }
    take_line_end(csv);
    /* Only now: the buffer may have moved while it grew. */
    for (size_t i = 0; i < count; i++) {
        csv->fields[i] = sbuf_str(&csv->scratch) + starts[i];
    }
    csv->count = count;
    return CSV_ROW;
}

/* A text that begins with a byte order mark would lose it at the beginning of a file. */
static bool starts_with_bom(const char *text)
{
    return strncmp(text, BOM, 3) == 0;
}

void csv_put(struct sbuf *out, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r", *text);
    bool quoted = strpbrk(text, ",\"\r\n") || *text == ' ' || starts_with_bom(text) || formula;

    if (!quoted) {
        sbuf_text(out, text);
        return;
    }
    sbuf_text(out, formula ? "\"'" : "\"");
    for (; *text; text++) {
        sbuf_text(out, *text == '"' ? "\"" : "");
        sbuf_char(out, *text);
    }
    sbuf_char(out, '"');
}

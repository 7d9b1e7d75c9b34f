/* CSV files of strangers: reading ends, rows lie inside the file, fields come back when written. */
#include <stdint.h>

#include "inventory/base/csv.h"
#include "inventory/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(fact)                                                                                \
    do {                                                                                           \
        if (!(fact)) {                                                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Writes the row and reads it again: the same fields, but for an apostrophe before a formula. */
static void write_and_read(const struct csv *csv)
{
    struct sbuf out;
    struct csv again;

    sbuf_init(&out, csv->n * 4 + 8 * CSV_FIELDS_MAX);
    for (size_t i = 0; i < csv->count; i++) {
        sbuf_text(&out, i > 0 ? "," : "");
        csv_put(&out, csv->fields[i]);
    }
    sbuf_char(&out, '\n');
    CHECK(!sbuf_full(&out));
    CHECK(csv_open(&again, out.bytes, out.len, NULL) == OK);
    if (csv->count > 1 || csv->fields[0][0] != '\0') {
        CHECK(csv_next(&again) == CSV_ROW && again.count == csv->count);
        for (size_t i = 0; i < csv->count; i++) {
            const char *got = again.fields[i];

            CHECK(strcmp(got, csv->fields[i]) == 0 ||
                  (got[0] == '\'' && strcmp(got + 1, csv->fields[i]) == 0));
        }
    }
    csv_close(&again);
    sbuf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv csv;
    struct why why = {0};
    enum csv_step step;
    int last_line = 0;

    if (csv_open(&csv, (const char *)data, size, &why) != OK) {
        CHECK(why.text[0] != '\0');
        csv_close(&csv);
        return 0;
    }
    while ((step = csv_next(&csv)) != CSV_END) {
        CHECK(csv.line > last_line);
        last_line = csv.line;
        if (step == CSV_BAD) {
            CHECK(csv.count == 0);
            continue;
        }
        CHECK(csv.count > 0 && csv.count <= CSV_FIELDS_MAX);
        for (size_t i = 0; i < csv.count; i++) {
            CHECK(utf8_valid(csv.fields[i], strlen(csv.fields[i])));
        }
        write_and_read(&csv);
    }
    csv_close(&csv);
    return 0;
}

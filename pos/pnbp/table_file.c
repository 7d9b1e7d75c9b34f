/* Reading a reviewed data file. */
#include "pos/pnbp/table_file.h"

#include "inventory/base/calendar.h"
#include "inventory/base/csv.h"
#include "inventory/base/refuse.h"
#include "lang.h"

static enum err bad_row(const struct table_file *file, int line, struct why *why)
{
    return why_say(why, ERR_INVALID, "data-file",
                   _("Berkas data %s baris %d tidak dapat dibaca. Perbaiki baris itu."), file->name,
                   line);
}

static bool heading_right(const struct table_file *file, const struct csv *csv)
{
    bool same = csv->count == file->column_count;

    for (size_t i = 0; same && i < csv->count; i++) {
        same = strcmp(csv->fields[i], file->columns[i]) == 0;
    }
    return same;
}

enum err table_file_read(const struct table_file *file, const char *bytes, size_t n,
                         struct why *why)
{
    bool heading = false;
    enum csv_step step;
    struct csv csv;
    enum err e = csv_open(&csv, bytes, n, why);

    if (e) {
        return e;
    }
    while (!e && (step = csv_next(&csv)) != CSV_END) {
        bool right;

        if (step == CSV_BAD) {
            right = false;
        } else if (!heading) {
            right = heading = heading_right(file, &csv);
        } else {
            right = csv.count == file->column_count && file->row(file->arg, csv.fields);
        }
        e = right ? OK : bad_row(file, csv.line, why);
    }
    if (!e && !heading) {
        e = bad_row(file, 1, why);
    }
    csv_close(&csv);
    return e;
}

bool table_int(int32_t *out, const char *text, int32_t most)
{
    int64_t value = 0;

    if (!*text) {
        return false;
    }
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || (value = value * 10 + (*c - '0')) > most) {
            return false;
        }
    }
    *out = (int32_t)value;
    return true;
}

bool table_text(char *out, size_t room, const char *text)
{
    int n = snprintf(out, room, "%s", text);

    return n > 0 && (size_t)n < room;
}

bool table_day_optional(struct day *out, bool *given, const char *text)
{
    *given = *text != '\0';
    return !*given || day_parse(out, text) == OK;
}

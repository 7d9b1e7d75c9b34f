/* Cuts .sql files into named statements, and holds them against the list the compiler knows. */
#include "inventory/store/sql_split.h"

#include "inventory/base/refuse.h"

static const char mark[] = "-- name: ";

static size_t name_length(const char *at, const char *end)
{
    size_t n = 0;

    while (at + n < end && at[n] != '\n' && at[n] != '\r' && at[n] != ' ') {
        n++;
    }
    return n;
}

static long name_index(const char *const names[], size_t count, const char *name, size_t n)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
            return (long)i;
        }
    }
    return -1;
}

static enum err complain(struct why *why, const char *file, const char *what, const char *name,
                         size_t n)
{
    return why_say(why, ERR_CORRUPT, "sql-names", "%s: %s: %.*s", file, what, (int)n, name);
}

/* The next mark at the beginning of a line, or end. */
static const char *next_mark(const char *at, const char *begin, const char *end)
{
    for (; at + sizeof mark - 1 <= end; at++) {
        if ((at == begin || at[-1] == '\n') && memcmp(at, mark, sizeof mark - 1) == 0) {
            return at;
        }
    }
    return end;
}

static enum err split_file(struct sql_piece pieces[], const char *const names[], size_t count,
                           const struct embedded *file, struct why *why)
{
    const char *end = file->bytes + file->n;
    const char *at = next_mark(file->bytes, file->bytes, end);

    while (at < end) {
        const char *name = at + sizeof mark - 1;
        size_t n = name_length(name, end);
        const char *next = next_mark(name + n, file->bytes, end);
        long i = name_index(names, count, name, n);

        if (i < 0) {
            return complain(why, file->name, "statement is not in the list of names", name, n);
        }
        if (pieces[i].sql) {
            return complain(why, file->name, "statement stands twice", name, n);
        }
        pieces[i].sql = name + n;
        pieces[i].n = (size_t)(next - (name + n));
        at = next;
    }
    return OK;
}

enum err sql_split_some(struct sql_piece pieces[], const char *const names[], size_t count,
                        const struct embedded files[], size_t file_count, struct why *why)
{
    enum err e = OK;

    memset(pieces, 0, count * sizeof *pieces);
    for (size_t i = 0; i < file_count && !e; i++) {
        e = split_file(pieces, names, count, &files[i], why);
    }
    return e;
}

enum err sql_split(struct sql_piece pieces[], const char *const names[], size_t count,
                   const struct embedded files[], size_t file_count, struct why *why)
{
    enum err e = sql_split_some(pieces, names, count, files, file_count, why);

    for (size_t i = 0; i < count && !e; i++) {
        if (!pieces[i].sql) {
            e = complain(why, "sql", "statement has no text", names[i], strlen(names[i]));
        }
    }
    return e;
}

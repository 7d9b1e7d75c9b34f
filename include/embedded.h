/* Files that travel inside the program: SQL, templates, data, style sheet. */
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name;  /* file name without folder */
    const char *bytes; /* followed by a NUL that does not count */
    size_t n;
};

/* Each array ends with an all-NULL row; made by script/embed.cmake. */
extern const struct embedded query_files[]; /* named SQL statements of every room */
extern const size_t query_files_count;
extern const struct embedded migration_files[]; /* of the file engine, in order */
extern const size_t migration_files_count;
extern const struct embedded server_migration_files[]; /* of the shared engine, in order */
extern const size_t server_migration_files_count;
extern const struct embedded server_query_files[]; /* its statements that go before the common */
extern const size_t server_query_files_count;
extern const struct embedded template_files[]; /* pos/web/templates/ */
extern const size_t template_files_count;
extern const struct embedded static_files[]; /* pos/web/static/, gzip beside plain */
extern const size_t static_files_count;
extern const struct embedded catalogue_files[]; /* pos/web/po/ */
extern const size_t catalogue_files_count;
extern const struct embedded data_files[]; /* pos/data/ */
extern const size_t data_files_count;

#endif

/* Style sheet, scripts and icons: embedded, addressed by a content hash, kept by browsers for good.
 */
#ifndef WEB_STATIC_FILES_H
#define WEB_STATIC_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "embedded.h"
#include "err.h"

struct request;
struct static_set;

/* One hash over all files makes the folder ("/s/3f9c0a1b2c3d4e5f/app.css"), so that scripts find
 * each other by relative names.  A file "x.gz" is the packed form of "x".  Owned by the caller. */
struct static_set *static_set_new(const struct embedded *files);
void static_set_free(struct static_set *set);

/* The address of a file; NULL: there is no such file.  For struct tpl_env: self is the set. */
const char *static_address(void *set, const char *name);
/* The hash, which changes whenever any file does. */
const char *static_hash(const struct static_set *set);

/* "image/svg+xml" by the end of the name; "application/octet-stream" for what is not known. */
const char *mime_type(const char *name);
/* Whether an Accept-Encoding header takes gzip; NULL: no. */
bool accepts_gzip(const char *accept_encoding);

/* Handler of GET /s/{hash}/{name}. */
enum err static_file(struct request *rq);

#endif

/* Label codes: ten characters of Crockford base 32 (no I L O U).
 *
 * The first is a letter, so that a code can never be an amount or an EAN; eight are random; the
 * last is a check character that catches every single-character error and every swap of neighbours.
 */
#ifndef BASE_LABEL_CODE_H
#define BASE_LABEL_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"

enum { LABEL_CODE_LEN = 10, LABEL_CODE_MAX = 11, LABEL_GROUPS_MAX = 13 };

struct label_code {
    char text[LABEL_CODE_MAX];
};

/* A new random code (uses the same seedable source as id_make). */
struct label_code label_code_new(void);
/* Right alphabet, right length, right check character (upper case only). */
bool label_code_valid(const char *text);
/* "A7K2 M9Q XP4"-like groups for people: 4-3-3. */
void label_code_groups(char out[LABEL_GROUPS_MAX], struct label_code code);

enum scanned_kind {
    SCANNED_NOTHING, /* empty */
    SCANNED_LABEL,   /* a label code of ours, check character right */
    SCANNED_BROKEN,  /* looks like a label code, but its check character is wrong */
    SCANNED_RECEIPT, /* the QR of a receipt page: receipt number in `rest` */
    SCANNED_OTHER,   /* SKU, name or number: trimmed, upper-cased text in `rest` */
};

enum { SCANNED_TEXT_MAX = 256 };

/* An old SKU or a name of ten letters may look like a label code, right check character or not, so
 * `rest` has the whole text (trimmed, upper case) of these kinds too, for a second look-up. */
struct scanned {
    enum scanned_kind kind;
    struct label_code code; /* of SCANNED_LABEL, else empty */
    char
        rest[SCANNED_TEXT_MAX]; /* well-formed UTF-8 without control characters, cut at 255 bytes */
};

/* Total: makes sense of whatever a scanner, a phone or a hand gives.  Ignores case; accepts the
 * bare code, the code in its groups or with O, I, L for 0 and 1 when typed by hand, any host ever
 * used, "]Q3"-style prefixes, a GS1 Digital Link path
 * (/01/GTIN/21/SERIAL), and text garbled by a keyboard layout ("httpsN--host-p-A7K2M9QXP4"). */
struct scanned scan_read(const char *bytes, size_t n);

#endif

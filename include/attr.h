/* Compiler attributes by names that say what they promise. */
#ifndef ATTR_H
#define ATTR_H

#define NODISCARD                      __attribute__((warn_unused_result))
#define PRINTF_LIKE(text_at, first_at) __attribute__((__format__(__printf__, text_at, first_at)))
#define LENGTH(array)                  (sizeof(array) / sizeof((array)[0]))

#endif

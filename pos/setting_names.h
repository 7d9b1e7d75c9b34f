/* Every setting there is, and what its value may be. */
#ifndef POS_SETTING_NAMES_H
#define POS_SETTING_NAMES_H

#include <stdbool.h>

#include "ctx.h"

#define SET_UNIT_NAME          "unit.name"
#define SET_UNIT_ADDRESS       "unit.address"
#define SET_UNIT_CITY          "unit.city"
#define SET_SATKER             "unit.satker"
#define SET_ZONE               "unit.zone"
#define SET_LABEL_HOST         "label.host"
#define SET_SPLIT_RULE         "split.rule"
#define SET_RECEIPT_FORMAT     "receipt.format"
#define SET_RECEIPT_FOOTER     "receipt.footer"
#define SET_DEADLINE_RULE      "deadline.rule"
#define SET_DEADLINE_DAYS      "deadline.days"
#define SET_DEPOSIT_CLOSE      "deposit.close_min"
#define SET_TILLS              "tills"
#define SET_DEMO               "demo"

#define RECEIPT_FORMAT_DEFAULT "{till}/{satker}/{year}/{epoch}{no}"

/* ERR_NOT_FOUND (setting-unknown), ERR_INVALID (setting-bad): the sentence names the setting. */
NODISCARD enum err setting_check(struct ctx *cx, const char *name, const char *value);

#endif

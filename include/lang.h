/* The two languages of screen and paper.  Indonesian is the source; English is bound to it. */
#ifndef LANG_H
#define LANG_H

enum lang { LANG_ID = 0, LANG_EN, LANG_COUNT };

/* Marks a text for translation; `words()` finds the other language at the moment it is shown. */
#define _(text) text

#endif

/* The stock's papers as PDF: what every one of them has in common. */
#ifndef WEB_LETTER_PAPER_H
#define WEB_LETTER_PAPER_H

#include "pos/web/request.h"
#include "receipts/letter.h"

/* Fills in office, address, city, language and mark, and answers with the PDF.  Gives the
 * connection back before it is drawn. */
NODISCARD enum err letter_show(struct request *rq, struct letter *letter);

#endif

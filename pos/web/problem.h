/* Refusals for machines: application/problem+json (RFC 9457). */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H

#include "err.h"

struct request;

/* Answers {"type":"/masalah/<slug>","title":..,"status":..,"detail":..} and, where one is to blame,
 * "field".  An empty slug becomes that of the status. */
void problem_answer(struct request *rq, int status, const struct why *why);

/* The short title of a status, Indonesian source text: "Tidak ditemukan". */
const char *status_title(int status, enum err e);
/* The slug of a refusal that has none: "not-found". */
const char *status_slug(int status);

#endif

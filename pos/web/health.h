/* Whether the program is well, for people who watch machines. */
#ifndef WEB_HEALTH_H
#define WEB_HEALTH_H

#include "err.h"

struct request;

/* GET /healthz: {"ok":true,"version":..,"engine":..,"schema":..,"journal":{"seq":..,"hash":".."}}
 */
enum err health_json(struct request *rq);
/* GET /sehat: the same in one line of text. */
enum err health_text(struct request *rq);
/* GET /robots.txt and GET /favicon.ico: what every browser asks for. */
enum err robots_text(struct request *rq);
enum err favicon(struct request *rq);

#endif

/* Filling the frame from the request: person, areas of the role, language, the status line. */
#ifndef WEB_FRAME_FILL_H
#define WEB_FRAME_FILL_H

#include "pos/web/frame.h"
#include "pos/web/pages.h"

struct request;

/* Everything lives in the request's arena.  Takes the sentence of request_tell() away. */
void frame_fill(struct frame_view *out, struct request *rq, enum page page);

#endif

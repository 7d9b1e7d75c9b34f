/* The people of a showroom, and their browsers. */
#ifndef WEB_PEOPLE_H
#define WEB_PEOPLE_H

#include "role.h"
#include "web_fixture.h"

enum { PEOPLE = 7 };
extern const struct person {
    const char *login;
    enum role role;
} people[PEOPLE];

#define PASSWORD "Pintu-Biru-2026"
#define OWN      "Sec-Fetch-Site: same-origin\r\n"

/* Puts them into the shop's store. */
void make_people(struct shop *shop);

/* Headers of somebody's browser (the cookie, and that the page is ours), and the token of its
 * forms. */
struct browser {
    char headers[300];
    char csrf[60];
};
/* The shop must serve `/masuk`, and answer_who() at `/siapa`. */
struct browser sign_in(const struct shop *shop, const char *login);

struct request;
/* "LOGIN ROLE TOKEN" of who asks. */
enum err answer_who(struct request *rq);

int status_of(const struct shop *shop, const char *line, const char *headers, const char *body);
/* POST of a form with the browser's token and `more` ("&a=1"). */
int post(const struct shop *shop, const struct browser *b, const char *path, const char *more);

#endif

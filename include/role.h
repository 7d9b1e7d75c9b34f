/* Who may do what is said by role; a route's `roles` is a set of these bits. */
#ifndef ROLE_H
#define ROLE_H

enum role {
    ROLE_NONE = 0,
    ROLE_CASHIER = 1 << 0,
    ROLE_WORKSHOP = 1 << 1,
    ROLE_PARTNER = 1 << 2,
    ROLE_TREASURER = 1 << 3,
    ROLE_SUPERVISOR = 1 << 4,
    ROLE_AUDITOR = 1 << 5,
    ROLE_ADMIN = 1 << 6,
};

#endif

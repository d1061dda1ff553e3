/*
 * option_pointer: an option whose argument is a JSON pointer to a member.
 */
#ifndef WHORL_CMD_OPTION_POINTER_H
#define WHORL_CMD_OPTION_POINTER_H

#include <stdbool.h>

struct arena;
struct diag;
struct pointer;

/* Read TEXT, the argument of --NAME, which must live as long, into *POINTER, in ARENA. False after a
 * message if it is no pointer, or empty; EXAMPLE is one that is expected. */
bool option_pointer_read(struct pointer *pointer, const char *name, const char *text,
                         const char *example, struct arena *arena, struct diag *diag)
    __attribute__((warn_unused_result));

#endif

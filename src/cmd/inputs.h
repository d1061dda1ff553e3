/*
 * inputs: the names of the files to read, one after the other, from the command line or from the
 * file of names that --files0-from says, which is read as its names are needed.
 */
#ifndef WHORL_CMD_INPUTS_H
#define WHORL_CMD_INPUTS_H

#include "cmd/diag.h"
#include "cmd/options.h"
#include "stream/source.h"

struct inputs {
    const struct options *options;
    size_t next; /* of the operands */

    /* With --files0-from: */
    struct source source;
    unsigned char *text; /* what was read of it; from `at` to `n` it is not used yet */
    size_t at, n;
    bool skipping;   /* to the end of a name that is too long */
    bool ended;      /* there is no more to read, or there was a fault */
    uint64_t number; /* of the name read last, from 1 */
    char fault[128];
};

/* Begin with the operands of OPTIONS, or open the file of names. SIGNAL_WAIT is used while a
 * thread waits for names. False after a message. inputs_free() must follow in either case; OPTIONS
 * and SIGNAL_WAIT must last until then. */
bool inputs_open(struct inputs *inputs, const struct options *options,
                 const struct signal_wait *signal_wait, struct diag *diag)
    __attribute__((warn_unused_result));
void inputs_free(struct inputs *inputs);

enum inputs_event {
    INPUTS_NAME,  /* *NAME is the next one, by malloc(), the caller's from now on */
    INPUTS_WAIT,  /* it is not there yet: call again with WAIT */
    INPUTS_END,   /* there are no more */
    INPUTS_FAULT, /* there are no more, because of what inputs->fault says */
};

/* The next name. Only if WAIT may this take time. A name of more than INPUTS_NAME_MOST bytes is
 * cut there: no file has such a name. */
enum inputs_event inputs_next(struct inputs *inputs, bool wait, char **name)
    __attribute__((warn_unused_result));
#define INPUTS_NAME_MOST ((size_t)1 << 15)

/* Is the next name there at once? */
bool inputs_ready(const struct inputs *inputs);

#endif

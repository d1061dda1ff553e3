/*
 * explains: what --explain asks for: the signals of each catalog that are explained.
 */
#ifndef WHORL_CMD_EXPLAINS_H
#define WHORL_CMD_EXPLAINS_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct explain;
struct options;
struct outputs;

struct explains {
    struct explain *items; /* one for each target of the outputs; null for none */
    size_t count;
};

/* Find the signals that OPTIONS name in the catalogs of OUTPUTS. Each name must be that of a signal
 * in one of them, which is not private unless OPTIONS reveal it; or, with * at its end, the
 * beginning of such a name. False after a message. explains_close() must follow in either case. */
bool explains_open(struct explains *explains, const struct options *options,
                   const struct outputs *outputs, struct diag *diag)
    __attribute__((warn_unused_result));
void explains_close(struct explains *explains);

#endif

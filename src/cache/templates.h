/*
 * templates: the templates that a worker has, and their skeletons, within a bound; the one not
 * used for longest goes first.
 */
#ifndef WHORL_CACHE_TEMPLATES_H
#define WHORL_CACHE_TEMPLATES_H

#include "base/slab.h"
#include "cache/template.h"

#define TEMPLATES_MOST 48
#define TEMPLATES_PART 8 /* a record is kept up to this part of the memory for all */

struct templates {
    struct slab slab; /* of all that is below */
    size_t longest;   /* bytes of the longest record that is kept */
    struct template items[TEMPLATES_MOST];
    void *memory[TEMPLATES_MOST];               /* of each; null: there is no template */
    uint64_t used[TEMPLATES_MOST];              /* when, by the clock, */
    uint64_t held[TEMPLATES_MOST];              /* and when it was last not to go */
    struct skeleton *skeletons[TEMPLATES_MOST]; /* by number; null for none */
    uint32_t newest[TEMPLATES_MOST];            /* of each skeleton: a template that has it */
    uint32_t by_length[TEMPLATES_MOST];         /* numbers of those that there are */
    uint32_t count;                             /* of them */
    uint64_t clock;
    uint32_t last;      /* the one used last, TEMPLATES_MOST if it is gone */
    uint32_t leaf_most; /* no template has more leaves */
};

/* Begin with none, in the SIZE bytes at MEMORY, aligned for any type. It is touched from both
 * ends, no more of it than templates need. */
void templates_init(struct templates *templates, void *memory, size_t size);

/* Forget all. */
void templates_forget(struct templates *templates);

/* The number of the template that RECORD is likely to differ least from, after its length
 * and its first bytes. There must be one. */
uint32_t templates_nearest(const struct templates *templates, struct span record);

/* Template number I stays until the next one is used. */
void templates_hold(struct templates *templates, uint32_t i);

/* Template number I is used now. */
void templates_use(struct templates *templates, uint32_t i);

/* The skeleton of SOURCE, if a template has it; else null. */
struct skeleton *templates_skeleton(const struct templates *templates,
                                    const struct template_source *source);

/* Is there room for one of RECORD, without that others go? */
bool templates_room(const struct templates *templates, struct span record);

/* Add the template of SOURCE. Its skeleton is one of theirs, or DRAFT is copied. Older
 * templates may go for it. False if memory is not to be had. */
bool templates_add(struct templates *templates, const struct template_source *source,
                   struct skeleton *skeleton, const struct skeleton *draft);

#endif

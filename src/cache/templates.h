/*
 * templates: the templates of a worker, and their skeletons, in a fixed amount of memory. The
 * one that was used least recently is dropped first.
 */
#ifndef WHORL_CACHE_TEMPLATES_H
#define WHORL_CACHE_TEMPLATES_H

#include "base/slab.h"
#include "cache/template.h"

#define TEMPLATES_MOST 48
#define TEMPLATES_PART 8 /* a record may be this part of the memory for all */

struct templates {
    struct slab slab; /* of all templates and skeletons */
    size_t longest;   /* bytes of the longest record that is kept */
    struct template items[TEMPLATES_MOST];
    void *memory[TEMPLATES_MOST];               /* of each; null: there is no template */
    uint64_t used[TEMPLATES_MOST];              /* when, by the clock */
    uint64_t held[TEMPLATES_MOST];              /* when templates_hold() was called */
    struct skeleton *skeletons[TEMPLATES_MOST]; /* by number; null for none */
    uint32_t newest[TEMPLATES_MOST];            /* of each skeleton, the template used last */
    uint32_t common[TEMPLATES_MOST][TEMPLATES_MOST]; /* templates_common() of two, if known */
    uint32_t by_length[TEMPLATES_MOST];              /* their numbers, the shortest first */
    uint32_t count;                                  /* of templates */
    uint64_t clock;
    uint32_t last;      /* the one used last, TEMPLATES_MOST if it is gone */
    uint32_t leaf_most; /* no template has more leaves */
};

/* No templates yet, in the SIZE bytes at MEMORY, aligned for any type. It is used from both
 * ends, so what templates do not need is never touched. */
void templates_init(struct templates *templates, void *memory, size_t size);

/* Forget all. */
void templates_forget(struct templates *templates);

/* The number of the template that RECORD probably differs least from, by its length, its
 * first and its last bytes. There must be a template. */
uint32_t templates_nearest(const struct templates *templates, struct span record);

/* Template number I stays until the next one is used. */
void templates_hold(struct templates *templates, uint32_t i);

/* Template number I is used now. */
void templates_use(struct templates *templates, uint32_t i);

/* template_common() of any two templates that have A and B, which are not the same. */
uint32_t templates_common(struct templates *templates, const struct skeleton *a,
                          const struct skeleton *b);

/* The skeleton of SOURCE, if a template has it; else null. */
struct skeleton *templates_skeleton(const struct templates *templates,
                                    const struct template_source *source);

/* Is there room for a template of RECORD if none is dropped? */
bool templates_room(const struct templates *templates, struct span record);

/* Add the template of SOURCE. Its skeleton is SKELETON, one of theirs; if that is null,
 * DRAFT is copied. Older templates are dropped for it. False if there is not enough memory. */
bool templates_add(struct templates *templates, const struct template_source *source,
                   struct skeleton *skeleton, const struct skeleton *draft);

#endif

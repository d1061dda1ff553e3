/*
 * The lines @sketch: the groups that a sketch is made of, with their bits.
 */
#include "config.h"

#include "catalog/draft.h"

#include "catalog/advice.h"
#include "catalog/stages.h"
#include "text/nearest.h"

bool sketches_read(struct draft *draft, const struct line *line)
{
    const struct draft_sketch *others = DRAFT_ITEMS(struct draft_sketch, draft->sketches);
    struct draft_sketch sketch = {.group = line->cells[1]};
    uint64_t bits;

    if (!draft_name(draft, line, 1, "group") ||
        !draft_number(draft, line, 2, 1, CATALOG_SKETCH_LINE, &bits))
        return false;
    for (uint32_t i = 0; i < DRAFT_COUNT(struct draft_sketch, draft->sketches); i++)
        if (span_equal(others[i].group.text, sketch.group.text))
            return draft_refuse(draft, line, 1, "expected each group once, not again",
                                sketch.group.text);
    sketch.bits = (uint32_t)bits;
    draft->sketch_bits += sketch.bits;
    if (draft->sketch_bits > CATALOG_SKETCH)
        return draft_refuse_number(draft, line, 2, "too many bits in the lines @sketch",
                                   CATALOG_SKETCH);
    DRAFT_PUSH(draft->sketches, &sketch);
    return !draft->sketches.failed || draft_no_memory(draft);
}

/* Refuse SKETCH, because no row has its group. False. */
static bool refuse_group(struct draft *draft, const struct draft_sketch *sketch)
{
    const struct draft_group *groups = DRAFT_ITEMS(struct draft_group, draft->groups);
    struct line line = {.cells = {sketch->group}};
    struct nearest nearest = nearest_begin(sketch->group.text);

    for (uint32_t i = 0; i < DRAFT_COUNT(struct draft_group, draft->groups); i++)
        nearest_offer(&nearest, groups[i].name);
    return advice_unknown(draft, &line, 0, "expected the group of a row, not", &nearest);
}

bool sketches_finish(struct draft *draft)
{
    const struct draft_sketch *sketches = DRAFT_ITEMS(struct draft_sketch, draft->sketches);

    for (uint32_t i = 0; i < DRAFT_COUNT(struct draft_sketch, draft->sketches); i++)
        if (names_find(&draft->group_names, sketches[i].group.text) == NAMES_NONE)
            return refuse_group(draft, &sketches[i]);
    return true;
}

#include "config.h"

#include "run/diff_plans.h"

#include <stdlib.h>

/* The names of KIND that SCHEMA has. */
static const struct names *names_of(const struct schema *schema, enum diff_kind kind)
{
    return kind == DIFF_ID      ? &schema->ids
           : kind == DIFF_GROUP ? &schema->groups
                                : &schema->signals;
}

static uint32_t place(const struct schema *schema, enum diff_kind kind, uint32_t i)
{
    if (i == NAMES_NONE)
        return DIFF_NOWHERE;
    if (kind == DIFF_ID)
        return schema->ids_at[i];
    return (kind == DIFF_GROUP ? schema->groups_at : schema->signals_at) + 8 * i;
}

/* Could rows of SCHEMA have a signal of a name that it does not have yet? */
static bool may_have(const struct schema *schema, enum diff_kind kind)
{
    return kind == DIFF_SIGNAL && schema->open;
}

/* Is a name of KIND that SCHEMA does not have one that its catalogue does not have? */
static bool is_whole(const struct schema *schema, enum diff_kind kind)
{
    return names_of(schema, kind)->count && !may_have(schema, kind) &&
           !(kind == DIFF_SIGNAL && schema->source == SCHEMA_FACTS);
}

/* Add to PLAN the name number I of KIND on SIDE, whose number on the other is J or NAMES_NONE.
 * False when memory is out. */
static bool add_link(struct diff_plan *plan, struct diff_parts *parts, enum diff_kind kind,
                     int side, uint32_t i, uint32_t j)
{
    const struct schema *own = plan->schemas[side], *other = plan->schemas[!side];
    uint32_t part = diff_parts_add(parts, kind, names_of(own, kind)->items[i]);

    if (part == NAMES_NONE)
        return false;
    struct diff_part *p = &parts->items[part];
    if (j == NAMES_NONE && !may_have(other, kind)) {
        if (is_whole(other, kind))
            p->has[side] = true;
        return true;
    }
    p->has[0] = p->has[1] = p->compared = true;
    if (p->ignored)
        return true;
    struct diff_link *link = &plan->links[plan->count++];
    link->part = part;
    link->at[side] = place(own, kind, i);
    link->at[!side] = place(other, kind, j);
    link->slots[side] = i;
    link->slots[!side] = j;
    return true;
}

static bool add_kind(struct diff_plan *plan, struct diff_parts *parts, enum diff_kind kind)
{
    for (int side = 0; side < 2; side++) {
        const struct names *own = names_of(plan->schemas[side], kind);
        const struct names *other = names_of(plan->schemas[!side], kind);
        for (uint32_t i = 0; i < own->count; i++) {
            /* Mostly both have the same names in the same order. */
            uint32_t j = i < other->count && span_equal(own->items[i], other->items[i])
                             ? i
                             : names_find(other, own->items[i]);
            /* What both have was found from the old side. */
            if (side == 1 && j != NAMES_NONE)
                continue;
            if (!add_link(plan, parts, kind, side, i, j))
                return false;
        }
    }
    return true;
}

static bool make(struct diff_plan *plan, struct diff_parts *parts)
{
    size_t most = 0;

    for (int side = 0; side < 2; side++) {
        const struct schema *schema = plan->schemas[side];
        plan->signals[side] = schema->signals.count;
        most += schema->ids.count + schema->groups.count + schema->signals.count;
    }
    free(plan->links);
    plan->links = malloc((most + 1) * sizeof *plan->links);
    plan->count = 0;
    plan->alike = schema_alike(plan->schemas[0], plan->schemas[1]);
    if (!plan->links || !add_kind(plan, parts, DIFF_ID))
        return false;
    plan->id_count = plan->count;
    return add_kind(plan, parts, DIFF_GROUP) && add_kind(plan, parts, DIFF_SIGNAL);
}

static bool is_for(const struct diff_plan *plan, const struct schema *old,
                   const struct schema *new)
{
    return plan->schemas[0] == old && plan->schemas[1] == new;
}

static bool is_fresh(const struct diff_plan *plan)
{
    return plan->signals[0] == plan->schemas[0]->signals.count &&
           plan->signals[1] == plan->schemas[1]->signals.count;
}

const struct diff_plan *diff_plans_find(struct diff_plans *plans, struct diff_parts *parts,
                                        const struct schema *old, const struct schema *new)
{
    struct diff_plan *plan = plans->last;

    if (plan && is_for(plan, old, new) && is_fresh(plan))
        return plan;
    plan = NULL;
    for (uint32_t i = 0; i < plans->count && !plan; i++)
        if (is_for(plans->items[i], old, new))
            plan = plans->items[i];
    if (!plan) {
        struct diff_plan **items = realloc(plans->items, (plans->count + 1) * sizeof *items);
        if (!items)
            return NULL;
        plans->items = items;
        plan = calloc(1, sizeof *plan);
        if (!plan)
            return NULL;
        plan->schemas[0] = old;
        plan->schemas[1] = new;
        plan->signals[0] = plan->signals[1] = UINT32_MAX;
        plans->items[plans->count++] = plan;
    }
    plans->last = plan;
    return is_fresh(plan) || make(plan, parts) ? plan : NULL;
}

void diff_plans_free(struct diff_plans *plans)
{
    for (uint32_t i = 0; i < plans->count; i++) {
        free(plans->items[i]->links);
        free(plans->items[i]);
    }
    free(plans->items);
    *plans = (struct diff_plans){.count = 0};
}

#include "config.h"

#include "survey/verdicts.h"

#include "text/names.h"

#define ROOT_TENTHS     9
#define KEY_VISITORS    50
#define KEY_TENTHS      9
#define NAME_PATHS      3
#define NAME_TENTHS     4
#define SIBLINGS_ONE_IN 3
#define UPDATE_PAIRS    20
#define UPDATE_SPAN     ((int64_t)14 * 86400 * 1000) /* in milliseconds */

/* How many paths of some kind there are, and how many of them move. */
struct verdicts_count {
    uint32_t all, moving;
};

/* What the rules work on. */
struct verdicts_state {
    const struct survey *survey;
    const struct rows *rows;
    struct verdicts *verdicts;
    bool *inside; /* for each row: it is under the root, and none of --by and --time */
    bool *moves;  /* it is volatile, or only data-url holds it still */
    bool *named;  /* its last name moves */
};

static const struct field *row_field(const struct verdicts_state *v, uint32_t row)
{
    return &v->survey->fields.items[v->rows->items[row].path];
}

static uint64_t slot_count(const struct verdicts_state *v, uint32_t slot,
                           enum visitors_count count)
{
    return visitors_count(&v->survey->visitors, count, slot);
}

/* Is the path ABOVE above PATH, or the same? */
static bool is_under(const struct survey *survey, uint32_t path, uint32_t above)
{
    while (path != above && path != FIELD_ROOT)
        path = survey->fields.items[path].parent;
    return path == above;
}

/* The members of ROOT that are above a row: the one above the most rows becomes *MOST. How many
 * rows that are. */
static uint32_t count_members(const struct verdicts_state *v, uint32_t root, uint32_t *counts,
                              uint32_t *most)
{
    const struct fields *fields = &v->survey->fields;
    uint32_t best = 0;

    memset(counts, 0, fields->count * sizeof *counts);
    for (uint32_t i = 0; i < v->rows->count; i++) {
        uint32_t path = v->rows->items[i].path;
        if (fields->items[path].parent == root)
            continue;
        while (path != FIELD_ROOT && fields->items[path].parent != root)
            path = fields->items[path].parent;
        if (path != FIELD_ROOT && ++counts[path] > best) {
            best = counts[path];
            *most = path;
        }
    }
    return best;
}

/* Is the row ITEM a key, or different in nearly all records? Then it counts for no root. */
static bool is_key(const struct rows_item *item, struct span by, struct span time)
{
    return item->unique || (by.n && span_equal(item->pointer, by)) ||
           (time.n && span_equal(item->pointer, time));
}

/* Find the root, and which rows are under it. */
static bool find_drafted_root(struct verdicts_state *v, struct span by, struct span time)
{
    uint32_t *counts =
        arena_take_array(&v->verdicts->arena, v->survey->fields.count, sizeof *counts);
    uint32_t root = FIELD_ROOT, most = FIELD_ROOT;
    uint64_t all = 0;

    if (!counts)
        return false;
    for (uint32_t i = 0; i < v->rows->count; i++)
        all += !is_key(&v->rows->items[i], by, time);
    while ((uint64_t)count_members(v, root, counts, &most) * 10 >= all * ROOT_TENTHS &&
           most != root)
        root = most;
    v->verdicts->root = root;
    for (uint32_t i = 0; i < v->rows->count; i++) {
        struct span pointer = v->rows->items[i].pointer;
        v->inside[i] = is_under(v->survey, v->rows->items[i].path, root) &&
                       (v->rows->items[i].map || !row_field(v, i)->children) &&
                       !(by.n && span_equal(pointer, by)) &&
                       !(time.n && span_equal(pointer, time));
    }
    return true;
}

/* Rule "volatile". */
static void find_volatile(struct verdicts_state *v)
{
    for (uint32_t i = 0; i < v->rows->count; i++) {
        const struct field *field = row_field(v, i);
        struct verdicts_item *item = &v->verdicts->items[i];
        if (!slot_count(v, field->slot, VISITORS_FLIPS) ||
            visitors_stays(&v->survey->visitors, field->slot))
            continue;
        item->form = field->form != FIELD_NONE && !slot_count(v, field->form, VISITORS_FLIPS);
        if (!item->form)
            item->verdict = VERDICT_VOLATILE;
        /* Arrays in another order say nothing of their neighbors; noise in an image does. */
        v->moves[i] = !item->form || !field->types[OBSERVE_ARRAY];
    }
}

/* Rule "key". */
static void find_keys(struct verdicts_state *v)
{
    uint64_t visitors = v->survey->visitors.keys.count;

    for (uint32_t i = 0; i < v->rows->count && visitors >= KEY_VISITORS; i++)
        if (rows_distinct(row_field(v, i)) * 10 >= visitors * KEY_TENTHS &&
            v->verdicts->items[i].verdict == VERDICT_KEEP)
            v->verdicts->items[i].verdict = VERDICT_KEY;
}

/* Add row I to COUNT. */
static void count_row(const struct verdicts_state *v, uint32_t i, struct verdicts_count *count)
{
    count->all++;
    count->moving += v->moves[i];
}

/* Rule "name". False when memory is out. */
static bool find_names(struct verdicts_state *v)
{
    struct verdicts_count *counts =
        arena_take_array(&v->verdicts->arena, v->rows->count, sizeof *counts);
    struct names names;
    bool found = counts;

    names_init(&names, 0, NULL);
    for (uint32_t i = 0; found && i < v->rows->count; i++) {
        uint32_t before = names.count, name;
        if (!v->inside[i])
            continue;
        name = names_add(&names, row_field(v, i)->name);
        found = name != NAMES_NONE;
        if (found && names.count > before)
            counts[name] = (struct verdicts_count){0, 0};
        if (found)
            count_row(v, i, &counts[name]);
    }
    for (uint32_t i = 0; found && i < v->rows->count; i++) {
        uint32_t name = v->inside[i] ? names_find(&names, row_field(v, i)->name) : NAMES_NONE;
        v->named[i] = name != NAMES_NONE && counts[name].all >= NAME_PATHS &&
                      10 * counts[name].moving >= NAME_TENTHS * counts[name].all &&
                      counts[name].moving;
        if (v->named[i] && v->verdicts->items[i].verdict == VERDICT_KEEP)
            v->verdicts->items[i].verdict = VERDICT_NAME;
    }
    names_free(&names);
    return found;
}

/* Rule "siblings". False when memory is out. */
static bool find_siblings(struct verdicts_state *v)
{
    const struct fields *fields = &v->survey->fields;
    struct verdicts_count *counts =
        arena_take_array(&v->verdicts->arena, fields->count, sizeof *counts);

    if (!counts)
        return false;
    memset(counts, 0, fields->count * sizeof *counts);
    for (uint32_t i = 0; i < v->rows->count; i++)
        if (v->inside[i] && !v->named[i])
            count_row(v, i, &counts[row_field(v, i)->parent]);
    for (uint32_t i = 0; i < v->rows->count; i++) {
        uint32_t parent = row_field(v, i)->parent;
        const struct verdicts_count *count = &counts[parent];
        if (v->verdicts->items[i].verdict == VERDICT_KEEP && v->inside[i] && count->moving &&
            SIBLINGS_ONE_IN * count->moving >= count->all && parent != v->verdicts->root)
            v->verdicts->items[i].verdict = VERDICT_SIBLINGS;
    }
    return true;
}

/* The type that most values of FIELD have; numbers with a fraction are one of their own. */
static unsigned main_type(const struct field *field)
{
    unsigned most = 0;

    for (unsigned i = 1; i < OBSERVE_TYPES; i++)
        if (field->types[i] > field->types[most])
            most = i;
    return most == OBSERVE_NUMBER && 2 * field->fractions > field->types[most] ? OBSERVE_TYPES
                                                                               : most;
}

/* Is row A better kept than row B, of the same clone class? TYPES counts the rows by type. */
static bool is_better(const struct verdicts_state *v, uint32_t a, uint32_t b,
                      const struct verdicts_count *types)
{
    const struct field *x = row_field(v, a), *y = row_field(v, b);
    const struct verdicts_count *s = &types[main_type(x)], *t = &types[main_type(y)];
    uint64_t left = (uint64_t)s->moving * t->all, right = (uint64_t)t->moving * s->all;
    size_t m = v->rows->items[a].pointer.n, n = v->rows->items[b].pointer.n;

    if (left != right)
        return left < right;
    if (field_records(x) != field_records(y))
        return field_records(x) > field_records(y);
    return m != n ? m < n : a < b;
}

/* Rules "constant" and "clone". False when memory is out. */
static bool find_clones(struct verdicts_state *v)
{
    struct verdicts_count types[OBSERVE_TYPES + 1] = {{0, 0}};
    struct verdicts_item *items = v->verdicts->items;
    uint32_t *best = arena_take_array(&v->verdicts->arena, v->rows->count, sizeof *best);

    if (!best)
        return false;
    for (uint32_t i = 0; i < v->rows->count; i++) {
        if (v->inside[i] && !v->named[i])
            count_row(v, i, &types[main_type(row_field(v, i))]);
        best[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < v->rows->count; i++) {
        const struct field *field = row_field(v, i);
        uint32_t class = v->rows->items[i].same;
        if (items[i].verdict != VERDICT_KEEP || !v->inside[i])
            continue;
        if (rows_constant(v->survey, field))
            items[i].verdict = VERDICT_CONSTANT;
        else if (best[class] == UINT32_MAX || is_better(v, i, best[class], types))
            best[class] = i;
    }
    for (uint32_t i = 0; i < v->rows->count; i++) {
        items[i].same = best[v->rows->items[i].same];
        if (items[i].verdict == VERDICT_KEEP && v->inside[i] && items[i].same != i)
            items[i].verdict = VERDICT_CLONE;
    }
    return true;
}

/* Rule "tier". */
static void find_tiers(struct verdicts_state *v)
{
    int64_t span = v->survey->timed ? v->survey->last - v->survey->first : 0;

    for (uint32_t i = 0; i < v->rows->count; i++) {
        const struct field *field = row_field(v, i);
        uint32_t slot = v->verdicts->items[i].form ? field->form : field->slot;
        uint64_t updates = slot_count(v, slot, VISITORS_UPDATES),
                 updated = slot_count(v, slot, VISITORS_UPDATED),
                 others = slot_count(v, slot, VISITORS_PAIRS) - updates,
                 differ = slot_count(v, slot, VISITORS_FLIPS) - updated;
        v->verdicts->items[i].install = v->survey->time && span >= UPDATE_SPAN &&
                                        updates >= UPDATE_PAIRS &&
                                        (!updated || (double)updated * (double)others <=
                                                         2 * (double)differ * (double)updates);
    }
}

/* Nothing but constants was found, as in one record: they are better than no row. */
static void keep_constants(struct verdicts *verdicts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (verdicts->items[i].verdict == VERDICT_CONSTANT)
            verdicts->items[i].verdict = VERDICT_KEEP;
}

bool verdicts_find(struct verdicts *verdicts, const struct survey *survey,
                   const struct rows *rows, struct span by, struct span time)
{
    struct verdicts_state v = {.survey = survey, .rows = rows, .verdicts = verdicts};

    *verdicts = (struct verdicts){.arena = ARENA_EMPTY};
    verdicts->items =
        arena_take_array(&verdicts->arena, rows->count + 1, sizeof *verdicts->items);
    v.inside = arena_take_array(&verdicts->arena, rows->count + 1, sizeof *v.inside);
    v.moves = arena_take_array(&verdicts->arena, rows->count + 1, sizeof *v.moves);
    v.named = arena_take_array(&verdicts->arena, rows->count + 1, sizeof *v.named);
    if (!verdicts->items || !v.inside || !v.moves || !v.named ||
        !find_drafted_root(&v, by, time))
        return false;
    memset(verdicts->items, 0, rows->count * sizeof *verdicts->items);
    memset(v.moves, 0, rows->count * sizeof *v.moves);
    find_volatile(&v);
    find_keys(&v);
    if (!find_names(&v) || !find_siblings(&v) || !find_clones(&v))
        return false;
    find_tiers(&v);
    for (uint32_t i = 0; i < rows->count; i++)
        if (!v.inside[i])
            verdicts->items[i].verdict = VERDICT_OUTSIDE;
    if (!verdicts_rows(verdicts, rows->count))
        keep_constants(verdicts, rows->count);
    return true;
}

uint32_t verdicts_rows(const struct verdicts *verdicts, uint32_t count)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i < count; i++)
        switch (verdicts->items[i].verdict) {
        case VERDICT_KEEP:
        case VERDICT_VOLATILE:
        case VERDICT_NAME:
        case VERDICT_SIBLINGS:
            found++;
            break;
        case VERDICT_KEY:
        case VERDICT_CONSTANT:
        case VERDICT_CLONE:
        case VERDICT_OUTSIDE:
            break;
        }
    return found;
}

void verdicts_free(struct verdicts *verdicts)
{
    arena_free(&verdicts->arena);
}

#include "config.h"

#include "survey/rows.h"

#include <stdlib.h>

#include "base/sort.h"
#include "catalog/private.h"
#include "json/pointer.h"
#include "survey/distinct.h"

#define UNIQUE_RECORDS 10 /* at least, and */
#define UNIQUE_TENTHS  9  /* so many tenths of the values are different */

/* What the members of a path are, and what becomes of it. */
struct rows_parent {
    uint32_t kinds[OBSERVE_TYPES]; /* members by the type that most of their values have */
    bool restless;                 /* one of them differs in a pair of a visitor's records */
    bool map, varied;              /* it is a map; because the names vary */
    bool hidden;                   /* it is a member of a map */
};

uint64_t rows_distinct(const struct field *field)
{
    if (!field->distinct || frequent_exact(&field->frequent))
        return frequent_distinct(&field->frequent);
    uint64_t estimate = distinct_estimate(field->distinct), records = field_records(field);

    if (estimate > records)
        return records;
    return estimate > FREQUENT_COUNTERS ? estimate : FREQUENT_COUNTERS + 1;
}

bool rows_constant(const struct survey *survey, const struct field *field)
{
    return frequent_exact(&field->frequent) && frequent_distinct(&field->frequent) == 1 &&
           field_records(field) == survey->records;
}

/* Count FIELD among the members of PARENT. */
static void count_kind(const struct survey *survey, const struct field *field,
                       struct rows_parent *parent)
{
    unsigned kind = OBSERVE_NULL;

    for (unsigned i = 0; i < OBSERVE_TYPES; i++)
        if (i != OBSERVE_NULL && i != OBSERVE_ERROR && field->types[i] &&
            (kind == OBSERVE_NULL || field->types[i] > field->types[kind]))
            kind = i;
    if (field->types[OBSERVE_OBJECT])
        kind = OBSERVE_OBJECT;
    parent->kinds[kind]++;
    parent->restless |= visitors_count(&survey->visitors, VISITORS_FLIPS, field->slot) > 0;
}

/* Have the objects at FIELD other members each? */
static bool varies(const struct field *field)
{
    uint64_t names = fields_names(field);

    return names >= ROWS_VARIED && 2 * field->members < names * field->types[OBSERVE_OBJECT];
}

/* Are nearly all its members of one kind, none of them an object, and all at rest? */
static bool is_uniform(const struct rows_parent *own)
{
    uint32_t all = 0, most = 0;

    for (unsigned i = 1; i < OBSERVE_TYPES; i++) {
        all += own->kinds[i];
        most = own->kinds[i] > most ? own->kinds[i] : most;
    }
    return all + own->kinds[OBSERVE_NULL] >= ROWS_UNIFORM && !own->kinds[OBSERVE_OBJECT] &&
           !own->restless && 20 * most >= 19 * all;
}

/* Do most objects at PARENT have the member FIELD? */
static bool is_usual(const struct field *field, const struct field *parent)
{
    return 2 * field_records(field) >= parent->types[OBSERVE_OBJECT];
}

/* Find what each path's members are, and which paths are inside a map. */
static void find_maps(const struct survey *survey, struct rows_parent *parents)
{
    const struct field *fields = survey->fields.items;

    for (uint32_t i = 1; i < survey->fields.count; i++)
        count_kind(survey, &fields[i], &parents[fields[i].parent]);
    for (uint32_t i = 1; i < survey->fields.count; i++) {
        const struct rows_parent *parent = &parents[fields[i].parent];
        parents[i].hidden = parent->hidden ||
                            (parent->map && !(parent->varied &&
                                              is_usual(&fields[i], &fields[fields[i].parent])));
        parents[i].varied = varies(&fields[i]);
        parents[i].map = parents[i].varied || is_uniform(&parents[i]);
    }
}

/* Is NAME, or a name above it, private? */
static bool has_private_name(const struct survey *survey, uint32_t path)
{
    for (; path != FIELD_ROOT; path = survey->fields.items[path].parent)
        if (private_token(survey->fields.items[path].name))
            return true;
    return false;
}

static bool has_row(const struct field *field, const struct rows_parent *own)
{
    return !own->hidden && (own->map || !field->children ||
                            field->types[OBSERVE_OBJECT] < field_records(field));
}

/* Fill ROW for path number I. False when memory is out. */
static bool set_row(struct rows *rows, struct rows_item *row, const struct survey *survey,
                    uint32_t i, bool map, struct buf *scratch)
{
    const struct field *field = &survey->fields.items[i];
    uint64_t records = field_records(field);

    buf_clear(scratch);
    fields_put_pointer(scratch, &survey->fields, i);
    unsigned char *copy = arena_take(&rows->arena, scratch->n + 1);
    if (!copy || scratch->failed)
        return false;
    memcpy(copy, scratch->p, scratch->n);
    *row = (struct rows_item){.path = i, .pointer = span_of(copy, scratch->n), .map = map};
    row->unique =
        records >= UNIQUE_RECORDS && rows_distinct(field) * 10 >= records * UNIQUE_TENTHS;
    row->secret = row->unique || field->keyed || has_private_name(survey, i);
    return true;
}

static int compare_pointers(const void *a, const void *b, void *context)
{
    const struct rows_item *x = a, *y = b;

    (void)context;
    return span_compare(x->pointer, y->pointer);
}

/* A row by how its path divides the records. */
struct rows_partition {
    uint64_t partition, records;
    uint32_t distinct, row;
};

static int compare_partitions(const void *a, const void *b, void *context)
{
    const struct rows_partition *x = a, *y = b;

    (void)context;
    if (x->partition != y->partition)
        return x->partition < y->partition ? -1 : 1;
    if (x->records != y->records)
        return x->records < y->records ? -1 : 1;
    if (x->distinct != y->distinct)
        return x->distinct < y->distinct ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Does A divide the records as B does? */
static bool same_partition(const struct rows_partition *a, const struct rows_partition *b)
{
    return a->partition == b->partition && a->records == b->records &&
           a->distinct == b->distinct;
}

/* Find the clone classes. Paths whose values are too many to be counted exactly are in none, nor
 * are those that are the same in all records. False when memory is out. */
static bool find_classes(struct rows *rows, const struct survey *survey)
{
    struct rows_partition *all =
        arena_take_array(&rows->arena, 2 * (size_t)rows->count + 1, sizeof *all);
    uint32_t count = 0, first = 0;

    if (!all)
        return false;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct field *field = &survey->fields.items[rows->items[i].path];
        uint32_t distinct = frequent_distinct(&field->frequent);
        rows->items[i].same = i;
        if (frequent_exact(&field->frequent) &&
            (distinct > 1 || field_records(field) < survey->records))
            all[count++] =
                (struct rows_partition){field->partition, field_records(field), distinct, i};
    }
    sort_array(all, count, sizeof *all, compare_partitions, NULL, all + count);
    for (uint32_t i = 1; i < count; i++) {
        first = same_partition(&all[i], &all[first]) ? first : i;
        rows->items[all[i].row].same = all[first].row;
    }
    return true;
}

bool rows_find(struct rows *rows, const struct survey *survey)
{
    const struct fields *fields = &survey->fields;
    struct rows_parent *parents = calloc(fields->count, sizeof *parents);
    struct buf scratch = BUF_EMPTY;
    bool found = parents;

    *rows = (struct rows){.arena = ARENA_EMPTY};
    rows->items =
        arena_take_array(&rows->arena, 2 * (size_t)fields->count, sizeof *rows->items);
    found = found && rows->items;
    if (found)
        find_maps(survey, parents);
    for (uint32_t i = 1; found && i < fields->count; i++)
        if (has_row(&fields->items[i], &parents[i]))
            found =
                set_row(rows, &rows->items[rows->count++], survey, i, parents[i].map, &scratch);
    if (found)
        sort_array(rows->items, rows->count, sizeof *rows->items, compare_pointers, NULL,
                   rows->items + rows->count);
    buf_free(&scratch);
    free(parents);
    return found && find_classes(rows, survey);
}

void rows_free(struct rows *rows)
{
    arena_free(&rows->arena);
    *rows = (struct rows){.count = 0};
}

/* With --by, has nearly every key a value of its own at FIELD? It may be personal then, though
 * several records have it. */
static bool is_own_of_key(const struct survey *survey, const struct field *field)
{
    uint64_t keys = survey->by ? visitors_known(&survey->visitors) : 0;

    return keys >= UNIQUE_RECORDS && rows_distinct(field) * 10 >= keys * UNIQUE_TENTHS;
}

struct span rows_example(const struct survey *survey, const struct rows_item *row, bool *cut)
{
    const struct field *field = &survey->fields.items[row->path];
    struct frequent_commonest most = frequent_commonest(&field->frequent);
    uint32_t count = frequent_distinct(&field->frequent);

    *cut = false;
    if (row->secret || most.least < 2 || is_own_of_key(survey, field))
        return span_of(NULL, 0);
    for (uint32_t i = 0; i < count && i < FIELD_EXAMPLES; i++) {
        if (frequent_at(&field->frequent, i).hash != most.hash)
            continue;
        *cut = field->cut >> i & 1;
        return (field->personal | field->stale) >> i & 1 ? span_of(NULL, 0)
                                                         : field->examples[i];
    }
    return span_of(NULL, 0);
}

bool rows_writable(struct span pointer)
{
    size_t tokens = 0;

    for (size_t i = 0; i < pointer.n; i++) {
        if (pointer.p[i] < ' ' || pointer.p[i] == 0x7F)
            return false;
        tokens += pointer.p[i] == '/';
    }
    return tokens <= POINTER_TOKENS && pointer.n <= ROWS_POINTER;
}

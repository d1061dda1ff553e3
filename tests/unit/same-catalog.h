/* Catalogs as constant tables, compared with the catalogs compiled from their texts. */
#ifndef WHORL_UNIT_SAME_CATALOG_H
#define WHORL_UNIT_SAME_CATALOG_H

#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "steps/step.h"
#include "unit.h"

static inline bool same_spans(const struct span *a, const struct span *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!span_equal(a[i], b[i]))
            return false;
    return true;
}

static inline bool same_pointer(const struct pointer *a, const struct pointer *b)
{
    return span_equal(a->text, b->text) && a->count == b->count &&
           same_spans(a->tokens, b->tokens, a->count);
}

static inline bool same_pointers(struct pointers a, struct pointers b)
{
    bool same = a.count == b.count;

    for (size_t i = 0; same && i < a.count; i++)
        same = same_pointer(&a.items[i], &b.items[i]);
    return same;
}

static inline bool same_pipeline(const struct normalizer *a, const struct normalizer *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++) {
        const struct call *x = &a->calls[i], *y = &b->calls[i];
        same = x->step == y->step && x->count == y->count &&
               same_pipeline(&x->inner, &y->inner) && x->unit.digits == y->unit.digits &&
               x->unit.exponent == y->unit.exponent && x->unit.nearest == y->unit.nearest;
        for (size_t k = 0; same && k < x->count; k++)
            same = span_equal(x->arguments[k].text, y->arguments[k].text) &&
                   x->arguments[k].value.type == y->arguments[k].value.type &&
                   value_equal(&x->arguments[k].value, &y->arguments[k].value) &&
                   x->arguments[k].offset == y->arguments[k].offset;
    }
    return same;
}

static inline bool same_row(const struct catalog *a, const struct catalog *b, uint32_t i)
{
    const struct catalog_row *x = &a->rows[i], *y = &b->rows[i];

    return span_equal(catalog_row_name(a, i), catalog_row_name(b, i)) &&
           x->name.at == y->name.at && x->pointers == y->pointers &&
           x->pointers_end == y->pointers_end && x->group == y->group &&
           x->pipeline == y->pipeline && x->excludes == y->excludes && x->tier == y->tier &&
           x->fact == y->fact && x->private_data == y->private_data &&
           x->retired == y->retired && x->identities == y->identities;
}

static inline bool same_reshape(const struct catalog_reshape *a, const struct catalog_reshape *b)
{
    return a->json == b->json && a->lower == b->lower && span_equal(a->key, b->key) &&
           span_equal(a->value, b->value);
}

static inline bool same_node(const struct trie *a, const struct trie *b, uint32_t i)
{
    const struct trie_node *x = &a->nodes[i], *y = &b->nodes[i];

    return span_equal(trie_token(a, i), trie_token(b, i)) && x->token.at == y->token.at &&
           x->hash == y->hash && x->parent == y->parent && x->next == y->next &&
           x->ends == y->ends && x->below == y->below && x->done == y->done &&
           x->ambiguous == y->ambiguous;
}

static inline bool same_list(struct catalog_list a, struct catalog_list b)
{
    return a.count == b.count &&
           (a.count == 0 || memcmp(a.rows, b.rows, a.count * sizeof *a.rows) == 0);
}

/* Are A and B the same in all that they point to? */
static inline void check_parts(const struct catalog *a, const struct catalog *b)
{
    CHECK(span_equal(a->name, b->name) && span_equal(a->version, b->version));
    CHECK(span_equal(a->undefined, b->undefined));
    CHECK(same_pointers(a->ids, b->ids));
    for (size_t i = 0; i < a->root_count; i++)
        CHECK(same_pointer(&a->roots[i], &b->roots[i]));
    CHECK(same_spans(a->markers, b->markers, a->marker_count));
    CHECK(same_spans(a->transients, b->transients, a->transient_count));
    for (uint32_t i = 0; i < a->row_count; i++)
        CHECK(same_row(a, b, i));
    for (uint32_t i = 0; i < a->group_count; i++)
        CHECK(span_equal(catalog_group_name(a, i), catalog_group_name(b, i)) &&
              a->groups[i].at == b->groups[i].at &&
              same_list(a->lists.groups[i], b->lists.groups[i]));
    for (int i = 0; i < IDENTITIES; i++)
        CHECK(same_list(a->lists.identities[i], b->lists.identities[i]));
    CHECK(same_list(a->lists.facts, b->lists.facts));
    for (uint32_t i = 0; i < a->pipeline_count; i++)
        CHECK(same_pipeline(&a->pipelines[i], &b->pipelines[i]));
    for (uint32_t i = 0; i < a->exclude_count; i++)
        CHECK(a->excludes[i].pointer == b->excludes[i].pointer &&
              a->excludes[i].when.type == b->excludes[i].when.type &&
              value_equal(&a->excludes[i].when, &b->excludes[i].when));
    for (uint32_t i = 0; i < a->carry_count; i++)
        CHECK(span_equal(a->carries[i].name, b->carries[i].name) &&
              same_pointers(a->carries[i].pointers, b->carries[i].pointers) &&
              a->carries[i].type == b->carries[i].type);
    for (uint32_t i = 0; i < a->reshape_count; i++)
        CHECK(same_reshape(&a->reshapes[i], &b->reshapes[i]));
    for (uint32_t i = 0; i < a->sketch_count; i++)
        CHECK(a->sketches[i].group == b->sketches[i].group &&
              a->sketches[i].rows == b->sketches[i].rows &&
              a->sketches[i].bits == b->sketches[i].bits);
    for (uint32_t i = 0; i < a->warning_count; i++)
        CHECK(a->warnings[i].row == b->warnings[i].row &&
              a->warnings[i].line == b->warnings[i].line &&
              a->warnings[i].column == b->warnings[i].column);
}

/* Of POINTERS pointers. */
static inline void check_tries(const struct trie *a, const struct trie *b, uint32_t pointers)
{
    for (uint32_t i = 0; i < a->count; i++)
        CHECK(same_node(a, b, i));
    CHECK(memcmp(a->ends, b->ends, pointers * sizeof *a->ends) == 0);
    CHECK(memcmp(a->table, b->table, ((size_t)a->mask + 1) * sizeof *a->table) == 0);
}

/* Copy all pointers from B to A: then both must have the same bytes, even in members that are not
 * known here. */
static inline void take_pointers(struct catalog *a, const struct catalog *b)
{
    a->name = b->name;
    a->version = b->version;
    a->undefined = b->undefined;
    a->ids = b->ids;
    a->roots = b->roots;
    a->markers = b->markers;
    a->transients = b->transients;
    a->texts = a->trie.texts = b->texts;
    a->rows = b->rows;
    a->groups = b->groups;
    a->lists = b->lists;
    a->pipelines = b->pipelines;
    a->trie.nodes = b->trie.nodes;
    a->trie.ends = b->trie.ends;
    a->trie.table = b->trie.table;
    a->excludes = b->excludes;
    a->carries = b->carries;
    a->reshapes = b->reshapes;
    a->reshape_trie.texts = b->reshape_trie.texts;
    a->reshape_trie.nodes = b->reshape_trie.nodes;
    a->reshape_trie.ends = b->reshape_trie.ends;
    a->reshape_trie.table = b->reshape_trie.table;
    a->sketches = b->sketches;
    a->warnings = b->warnings;
}

/* Is each built-in catalog, as a constant table, equal to the result of compile_catalog() for its
 * text? */
static inline void check_builtins(void)
{
    for (size_t i = 0; i < builtin_count; i++) {
        const struct catalog *built = builtin_table[i].catalog;
        struct arena arena = ARENA_EMPTY;
        struct catalog read;

        CHECK(compile_catalog(&read, builtin_table[i].text, &arena).status == STATUS_OK);
        CHECK(read.row_count == built->row_count && read.group_count == built->group_count &&
              read.pointer_count == built->pointer_count &&
              read.pipeline_count == built->pipeline_count &&
              read.trie.count == built->trie.count && read.trie.mask == built->trie.mask &&
              read.root_count == built->root_count &&
              read.marker_count == built->marker_count &&
              read.transient_count == built->transient_count &&
              read.exclude_count == built->exclude_count &&
              read.carry_count == built->carry_count &&
              read.reshape_count == built->reshape_count &&
              read.reshape_trie.count == built->reshape_trie.count &&
              read.reshape_trie.mask == built->reshape_trie.mask &&
              read.sketch_count == built->sketch_count &&
              read.warning_count == built->warning_count);
        check_parts(&read, built);
        check_tries(&read.trie, &built->trie, built->pointer_count);
        if (built->reshape_count)
            check_tries(&read.reshape_trie, &built->reshape_trie, built->reshape_count);
        take_pointers(&read, built);
        CHECK(memcmp(&read, built, sizeof read) == 0);
        arena_free(&arena);
    }
}

#endif

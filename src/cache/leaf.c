#include "config.h"

#include "cache/leaf.h"

#include <stdlib.h>

#include "cache/path.h"
#include "catalog/catalog.h"
#include "json/members.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/validate.h"
#include "vector/extract.h"
#include "vector/reshape.h"
#include "vector/vector.h"

/* A leaf while it is read for one target. */
struct leaf_work {
    struct leaf_reader *reader;
    const struct cells_target *target;
    struct json json; /* as the target has it read */
    struct vector_maker maker;
    struct vector_signal *next;
};

/* Add the result of pointer P, which has found HIT. */
static bool add_result(struct leaf_work *w, uint32_t p, struct hit hit)
{
    const struct cells_owner *owner = &w->target->owners[p];
    const struct catalog *c = w->target->catalog;
    struct vector_signal *made = w->next++;
    bool equal;

    if (!owner->exclude) {
        if (!vector_make(&w->maker, owner->number, hit, made))
            return false;
        if (hit.state == SIGNAL_MISSING)
            made->state = SIGNAL_MISSING;
        return true;
    }
    if (!extract_exclude(c, owner->number, &w->json, hit, &equal, w->maker.arena))
        return false;
    *made = (struct vector_signal){.state = hit.state, .hash = equal};
    return true;
}

/* The leaf is the value at the trie's node AT. */
static bool read_pointed(struct leaf_work *w, uint32_t at)
{
    const struct trie *trie = &w->target->catalog->trie;
    uint32_t uncataloged;

    if (!extract_value(w->target->catalog, at, &w->json, 0, w->reader->hits, &uncataloged,
                       w->maker.arena))
        return false;
    for (uint32_t e = trie->nodes[at].ends; e < trie->nodes[at].done; e++)
        if (!add_result(w, trie->ends[e], w->reader->hits[trie->ends[e]]))
            return false;
    if (w->target->inner[at] != CELLS_NONE)
        *w->next++ = (struct vector_signal){.state = SIGNAL_MISSING, .hash = uncataloged};
    return true;
}

/* The leaf is the first member of the error marker at the trie's node AT. */
static bool read_error_class(struct leaf_work *w, uint32_t at)
{
    const struct trie *trie = &w->target->catalog->trie;
    const struct hit error = {SIGNAL_ERROR, 0};

    w->maker.marker = error.node;
    w->maker.class = extract_class_of(&w->json, 0, w->maker.arena);
    for (uint32_t e = trie->nodes[at].ends; e < trie->nodes[at].done; e++)
        if (!add_result(w, trie->ends[e], error))
            return false;
    return true;
}

bool leaf_reader_init(struct leaf_reader *reader, const struct paths *paths,
                      const struct limits *limits)
{
    const struct cells_layout *layout = paths->layout;
    size_t most = 1, lines = 1;

    for (uint32_t i = 0; i < layout->target_count; i++) {
        const struct catalog *c = layout->targets[i].catalog;
        if (c->pointer_count > most)
            most = c->pointer_count;
        if (c->reshape_count > lines)
            lines = c->reshape_count;
    }
    *reader = (struct leaf_reader){.paths = paths,
                                   .limits = limits,
                                   .reshaped = calloc(lines, sizeof(struct reshape_counts)),
                                   .hits = calloc(most, sizeof(struct hit))};
    return reader->hits && reader->reshaped;
}

void leaf_reader_free(struct leaf_reader *reader)
{
    free(reader->hits);
    free(reader->reshaped);
    *reader = (struct leaf_reader){0};
}

bool leaf_reshape(struct leaf_reader *reader, uint32_t path, uint32_t i, const struct json *json,
                  struct json *reshaped)
{
    const struct reshape_rules rules = {reader->limits, reader->paths->seed, reader->arena};
    uint32_t at = paths_meaning(reader->paths, path)[i].reshape;

    *reshaped = *json;
    return at == TRIE_NONE || reshape_value(reshaped, reader->paths->layout->targets[i].catalog,
                                            at, json, &rules, reader->reshaped);
}

/* Add the results of the lines @pairs and @json, at and below the trie's node AT. */
static void add_reshape_results(struct leaf_work *w, uint32_t at)
{
    if (at == TRIE_NONE || w->target->reshapes == CELLS_NONE)
        return;
    const struct trie *trie = &w->target->catalog->reshape_trie;
    for (uint32_t e = trie->nodes[at].ends; e < trie->nodes[at].done; e++)
        *w->next++ = (struct vector_signal){
            .state = SIGNAL_MISSING, .hash = cells_reshape(w->reader->reshaped[trie->ends[e]])};
}

bool leaf_read(struct leaf_reader *reader, uint32_t path, struct span raw,
               const struct json_counts *counts, struct vector_signal *results)
{
    const struct cells_layout *layout = reader->paths->layout;
    const struct path_meaning *at = paths_meaning(reader->paths, path);
    struct members members;
    struct vector_signal *next = results;
    struct json json;

    if (json_parse(&json, raw, counts, reader->arena) != STATUS_OK)
        return false;
    if (counts->names &&
        members_check(&json, reader->paths->seed, reader->arena, &members).status != STATUS_OK)
        return false;
    for (uint32_t i = 0; i < layout->target_count; i++) {
        struct leaf_work w = {.reader = reader,
                              .target = &layout->targets[i],
                              .maker = {.catalog = layout->targets[i].catalog,
                                        .json = &w.json,
                                        .texts = layout->targets[i].texts,
                                        .arena = reader->arena,
                                        .scratch = reader->scratch,
                                        .marker = NODE_NONE},
                              .next = next};
        if (!leaf_reshape(reader, path, i, &json, &w.json))
            return false;
        bool read = at[i].kind == PATH_CLASS ? read_error_class(&w, at[i].node)
                    : at[i].kind == PATH_POINTED && at[i].node != TRIE_ROOT
                        ? read_pointed(&w, at[i].node)
                        : true;
        if (!read)
            return false;
        add_reshape_results(&w, at[i].reshape);
        next = w.next;
    }
    return true;
}

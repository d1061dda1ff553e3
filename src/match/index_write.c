#include "config.h"

#include <endian.h>
#include <stdlib.h>

#include "catalog/catalog.h"
#include "match/entries.h"
#include "match/index.h"
#include "stream/atomic_file.h"
#include "text/hash_stream.h"

/* The parts of what is known get numbers in the order in which they are written. */
struct index_writing {
    const struct match_known *known;
    struct sink *sink;
    struct hash_stream *hash;
    uint32_t **values, *combinations, *profiles; /* their numbers + 1; 0 before they have one */
    uint32_t *value_counts, combination_count, profile_count;
};

static void write_index_bytes(struct index_writing *w, const void *bytes, size_t n)
{
    buf_put(&w->sink->buf, span_of(bytes, n));
    hash_stream_add(w->hash, span_of(bytes, n));
}

static void write_u32(struct index_writing *w, uint32_t v)
{
    v = htole32(v);
    write_index_bytes(w, &v, sizeof v);
}

static void write_u64(struct index_writing *w, uint64_t v)
{
    v = htole64(v);
    write_index_bytes(w, &v, sizeof v);
}

static void write_text(struct index_writing *w, struct span text)
{
    write_u32(w, (uint32_t)text.n);
    write_index_bytes(w, text.p, text.n);
}

/* Write the number of the part I, which NUMBERS has. True if it is new: it must be defined now. */
static bool write_number(struct index_writing *w, uint32_t *numbers, uint32_t i, uint32_t *count)
{
    bool added = !numbers[i];

    if (added)
        numbers[i] = ++*count;
    write_u32(w, numbers[i] - 1);
    return added;
}

static void write_combination(struct index_writing *w, uint32_t number)
{
    const struct match_components *c = w->known->components;
    const uint32_t *values = keys_at(&w->known->combinations, number);

    if (!write_number(w, w->combinations, number, &w->combination_count))
        return;
    for (uint32_t i = 0; i < c->lasting; i++)
        if (write_number(w, w->values[i], values[i], &w->value_counts[i]))
            write_index_bytes(w, match_known_cells(w->known, i, values[i]),
                        c->items[i].cell_count * sizeof(uint64_t));
}

static void write_profile(struct index_writing *w, uint32_t number)
{
    const struct match_components *c = w->known->components;
    const struct match_profile *profile = keys_at(&w->known->profiles, number);
    const uint32_t *build = keys_at(&w->known->builds, profile->key.build);

    if (!write_number(w, w->profiles, number, &w->profile_count))
        return;
    write_combination(w, profile->key.combination);
    for (uint32_t i = c->lasting; i < c->count; i++)
        write_index_bytes(w, &match_known_value(w->known, i, build[i - c->lasting])->hash,
                    sizeof(uint64_t));
    write_index_bytes(w, &profile->key.family, sizeof profile->key.family);
    write_index_bytes(w, &profile->key.version_hash, sizeof profile->key.version_hash);
}

static void write_record(struct index_writing *w, const struct match_record *record)
{
    write_index_bytes(w, record->key, sizeof record->key);
    write_u64(w, record->repeated ? 0 : record->device);
    write_text(w, match_known_id(w->known, record));
    if (record->repeated)
        write_u32(w, MATCH_NO_RECORD);
    else
        write_profile(w, record->profile);
    (void)!sink_relieve(w->sink); /* the file remembers */
}

static void write_head(struct index_writing *w, struct span by, uint64_t records)
{
    struct buf label = BUF_EMPTY;

    catalog_put_label(&label, w->known->components->catalog);
    write_index_bytes(w, MATCH_INDEX_MARK, MATCH_INDEX_MARK_N);
    write_u32(w, MATCH_INDEX_VERSION);
    write_u32(w, w->known->components->source);
    write_text(w, buf_span(&label));
    write_text(w, by);
    write_u64(w, records);
    buf_free(&label);
}

static bool begin_writing(struct index_writing *w, struct arena *arena)
{
    const struct match_known *known = w->known;
    uint32_t lasting = known->components->lasting;

    w->hash = hash_stream_new();
    w->values = arena_take_array(arena, lasting + 1, sizeof *w->values);
    w->value_counts = arena_take_array(arena, lasting + 1, sizeof *w->value_counts);
    w->combinations = arena_take_array(arena, known->combinations.count + (size_t)1, 4);
    w->profiles = arena_take_array(arena, known->profiles.count + (size_t)1, 4);
    if (arena->failed || !w->hash)
        return false;
    memset(w->combinations, 0, 4 * (size_t)known->combinations.count);
    memset(w->profiles, 0, 4 * (size_t)known->profiles.count);
    for (uint32_t i = 0; i < lasting; i++) {
        uint32_t count = known->values[i].table.count;
        w->values[i] = arena_take_array(arena, count, sizeof **w->values);
        if (!w->values[i])
            return false;
        memset(w->values[i], 0, 4 * (size_t)count);
        w->values[i][0] = w->value_counts[i] = 1; /* the empty value is number 0 */
    }
    return true;
}

bool match_index_write(struct atomic_file *file, const struct match_known *known, struct span by)
{
    struct index_writing w = {.known = known, .sink = &file->sink};
    struct arena arena = ARENA_EMPTY;
    uint32_t count, *list = match_entries_by_key(known, &count);
    bool enough = list && begin_writing(&w, &arena);

    if (enough) {
        unsigned char end[ROW_KEY];
        write_head(&w, by, count);
        for (uint32_t i = 0; i < count; i++)
            write_record(&w, &known->records[list[i]]);
        row_key_put_hash(end, hash_stream_value(w.hash));
        buf_put(&file->sink.buf, span_of(end, sizeof end));
        enough = !file->sink.buf.failed;
    }
    hash_stream_free(w.hash);
    arena_free(&arena);
    free(list);
    return enough;
}

#include "config.h"

#include "format/dictionary.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "vector/vector.h"

#define SLOTS  (DICTIONARY_LINES * 2) /* a power of 2; at most half of them are in use */
#define PROBES 256 /* more than chance needs; the seed is no proof against intent */

/* A line in `bytes`; free if it is empty. */
struct dictionary_slot {
    uint32_t at, n;
    uint64_t hash;
};

void dictionary_init(struct dictionary *dictionary, uint64_t seed)
{
    *dictionary = (struct dictionary){.seed = seed};
}

void dictionary_free(struct dictionary *dictionary)
{
    free(dictionary->slots);
    free(dictionary->bytes);
    dictionary_init(dictionary, dictionary->seed);
}

static bool take_dictionary_memory(struct dictionary *d)
{
    if (!d->slots)
        d->slots = calloc(SLOTS, sizeof *d->slots);
    if (!d->bytes)
        d->bytes = malloc(DICTIONARY_BYTES);
    return d->slots && d->bytes;
}

static void forget_lines(struct dictionary *d)
{
    memset(d->slots, 0, SLOTS * sizeof *d->slots);
    d->count = d->used = 0;
}

/* Was LINE written? If not, remember it. Lines are compared, since equal hashes are not equal
 * lines. One too long to remember, or one whose slots are all taken, counts as new. */
static bool was_written(struct dictionary *d, struct span line)
{
    uint64_t hash = hash_seeded(line, d->seed);

    if (line.n > DICTIONARY_BYTES / 16)
        return false;
    for (size_t i = 0; i < PROBES; i++) {
        struct dictionary_slot *slot = &d->slots[(hash + i) % SLOTS];
        if (slot->n &&
            (slot->hash != hash || !span_equal(span_of(d->bytes + slot->at, slot->n), line)))
            continue;
        if (slot->n)
            return true;
        if (d->count == DICTIONARY_LINES || line.n > DICTIONARY_BYTES - d->used) {
            forget_lines(d);
            slot = &d->slots[hash % SLOTS];
        }
        memcpy(d->bytes + d->used, line.p, line.n);
        *slot = (struct dictionary_slot){(uint32_t)d->used, (uint32_t)line.n, hash};
        d->used += line.n;
        d->count++;
        return false;
    }
    return false;
}

/* The line of the signal NAME, whose canonical text goes on with TEXT. */
static void put_dictionary_line(struct buf *out, struct span name, uint64_t hash,
                                struct span text)
{
    bool value = text.n && text.p[0] == '=';

    buf_put(out, name);
    buf_putc(out, '\t');
    hash_put64(out, hash);
    buf_putc(out, '\t');
    buf_put(out, span_cut(text, value, text.n));
    buf_putc(out, '\n');
}

void dictionary_put(struct buf *out, const struct vector *vector, bool reveal)
{
    const struct catalog *catalog = vector->catalog;

    for (uint32_t i = 0; i < catalog->row_count; i++) {
        const struct catalog_row *row = &catalog->rows[i];
        if (vector->hashes[i] && (!row->private_data || reveal))
            put_dictionary_line(out, catalog_row_name(catalog, i), vector->hashes[i],
                                vector->texts[i]);
    }
}

bool dictionary_keep(struct dictionary *dictionary, struct buf *lines)
{
    size_t kept = 0;

    if (!take_dictionary_memory(dictionary))
        return false;
    for (size_t at = 0, n; at < lines->n; at += n) {
        const unsigned char *line = lines->p + at;
        n = (size_t)((const unsigned char *)memchr(line, '\n', lines->n - at) + 1 - line);
        if (was_written(dictionary, span_of(line, n)))
            continue;
        memmove(lines->p + kept, line, n);
        kept += n;
    }
    lines->n = kept;
    return true;
}

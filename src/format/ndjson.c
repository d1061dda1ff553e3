#include "config.h"

#include "format/ndjson.h"

#include "catalog/catalog.h"
#include "text/hex.h"
#include "text/jcs.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

const char *ndjson_name(enum ndjson_member member)
{
    static const char *const names[NDJSON_NAMES] = {
        [NDJSON_FILE] = "file",       [NDJSON_LINE] = "line",
        [NDJSON_ID] = "id",           [NDJSON_CARRY] = "carry",
        [NDJSON_CATALOG] = "catalog", [NDJSON_FACTS] = "facts",
        [NDJSON_IDS] = "ids",         [NDJSON_COVERAGE] = "coverage",
        [NDJSON_PRESENT] = "present", [NDJSON_ERRORS] = "errors",
        [NDJSON_GROUPS] = "groups",   [NDJSON_SKETCH] = "sketch",
        [NDJSON_VECTOR] = "vector",   [NDJSON_SIGNALS] = "signals",
        [NDJSON_VALUES] = "values",   [NDJSON_STATES] = "states",
        [NDJSON_VISITOR_ID] = "ids.visitorId",
        [NDJSON_THUMBMARK] = "ids.thumbmark",
    };
    return names[member];
}

enum ndjson_member ndjson_library_member(enum library library)
{
    return library == LIBRARY_THUMBMARKJS ? NDJSON_THUMBMARK : NDJSON_VISITOR_ID;
}

bool ndjson_select(struct span list, unsigned *set, struct span *unknown)
{
    *set = 0;
    for (size_t from = 0; from <= list.n;) {
        size_t end = from;
        int member = 0;
        while (end < list.n && list.p[end] != ',')
            end++;
        struct span name = span_cut(list, from, end);
        while (member < NDJSON_NAMES && !span_equal(name, span_text(ndjson_name(member))))
            member++;
        if (member == NDJSON_NAMES) {
            *unknown = name;
            return false;
        }
        *set |= 1u << member;
        from = end + 1;
    }
    return true;
}

/* A comma, except before the first of a list. */
static void ndjson_separate(struct buf *out, bool *first)
{
    if (!*first)
        buf_putc(out, ',');
    *first = false;
}

static void ndjson_put_name(struct buf *out, struct span name, bool *first)
{
    ndjson_separate(out, first);
    jcs_put_string(out, name);
    buf_putc(out, ':');
}

/* Write HASH at OUT, which has room for 18 bytes; where it ends. */
static inline unsigned char *ndjson_write_hash(unsigned char *out, uint64_t hash)
{
    if (!hash) {
        memcpy(out, "null", 4);
        return out + 4;
    }
    out[0] = out[17] = '"';
    hex_put(out + 1, hash);
    return out + 18;
}

static void ndjson_put_hash(struct buf *out, uint64_t hash)
{
    unsigned char *room = buf_room(out, 18);

    if (room)
        out->n += (size_t)(ndjson_write_hash(room, hash) - room);
}

static void ndjson_put_carry(struct buf *out, const struct passthrough *passthrough,
                      const struct catalog *catalog)
{
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < catalog->carry_count; i++) {
        if (!passthrough->members[i].n)
            continue;
        ndjson_put_name(out, catalog->carries[i].name, &first);
        buf_put(out, passthrough->members[i]);
    }
    buf_putc(out, '}');
}

/* The id called NAME, or null. */
static void ndjson_put_id(struct buf *out, const char *name, const struct hash128 *id,
                          bool *first)
{
    ndjson_put_name(out, span_text(name), first);
    if (id) {
        buf_putc(out, '"');
        hash_put128(out, *id);
        buf_putc(out, '"');
    } else {
        buf_puts(out, "null");
    }
}

bool ndjson_has_library(unsigned members, const struct catalog *catalog)
{
    return catalog->library != LIBRARY_NONE &&
           members >> ndjson_library_member(catalog->library) & 1;
}

static void ndjson_put_ids(struct buf *out, const struct vector *vector, unsigned members)
{
    const struct library_id *library = &vector->library;
    bool first = true;

    buf_putc(out, '{');
    for (int i = 0; members >> NDJSON_IDS & 1 && i < IDENTITIES; i++)
        ndjson_put_id(out, identity_name(i), vector->has_id[i] ? &vector->ids[i] : NULL,
                      &first);
    if (ndjson_has_library(members, vector->catalog))
        ndjson_put_id(out, library_id_name(vector->catalog->library),
                      library->known ? &library->hash : NULL, &first);
    buf_putc(out, '}');
}

static void ndjson_put_coverage(struct buf *out, const struct vector *vector)
{
    bool first = true;

    buf_putc(out, '{');
    for (int i = 0; i < IDENTITIES; i++) {
        ndjson_put_name(out, span_text(identity_name(i)), &first);
        buf_put_uint(out, vector->coverage[i]);
    }
    buf_putc(out, '}');
}

static void ndjson_put_groups(struct buf *out, const struct vector *vector)
{
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < vector->catalog->group_count; i++) {
        ndjson_put_name(out, catalog_group_name(vector->catalog, i), &first);
        ndjson_put_hash(out, vector->groups[i]);
    }
    buf_putc(out, '}');
}

/* All words of the sketch; 0 is a word like any other. */
static void ndjson_put_sketch(struct buf *out, const struct vector *vector)
{
    uint32_t count = vector->catalog->sketch_words;
    bool first = true;

    buf_putc(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        ndjson_separate(out, &first);
        unsigned char *room = buf_room(out, 18);
        if (!room)
            return;
        room[0] = room[17] = '"';
        hex_put(room + 1, vector->sketch[i]);
        out->n += 18;
    }
    buf_putc(out, ']');
}

static void ndjson_put_vector(struct buf *out, const struct vector *vector)
{
    uint32_t count = vector->catalog->row_count;
    unsigned char *room = buf_room(out, 2 + (size_t)19 * count), *at = room;

    if (!room)
        return;
    *at++ = '[';
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            *at++ = ',';
        at = ndjson_write_hash(at, vector->hashes[i]);
    }
    *at++ = ']';
    out->n += (size_t)(at - room);
}

static void ndjson_put_signals(struct buf *out, const struct vector *vector)
{
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < vector->catalog->row_count; i++) {
        ndjson_put_name(out, catalog_row_name(vector->catalog, i), &first);
        ndjson_put_hash(out, vector->hashes[i]);
    }
    buf_putc(out, '}');
}

/* The value of row number I, if it may be shown; its text begins with '='. */
static void ndjson_put_value(struct buf *out, const struct vector *vector, uint32_t i,
                             bool reveal, bool *first)
{
    if (vector->states[i] != SIGNAL_VALUE || (vector->catalog->rows[i].private_data && !reveal))
        return;
    ndjson_put_name(out, catalog_row_name(vector->catalog, i), first);
    buf_put(out, span_cut(vector->texts[i], 1, vector->texts[i].n));
}

static void ndjson_put_facts(struct buf *out, const struct vector *vector, bool reveal)
{
    const struct catalog_list *facts = &vector->catalog->lists.facts;
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < facts->count; i++)
        ndjson_put_value(out, vector, facts->rows[i], reveal, &first);
    buf_putc(out, '}');
}

static void ndjson_put_values(struct buf *out, const struct vector *vector, bool reveal)
{
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < vector->catalog->row_count; i++)
        ndjson_put_value(out, vector, i, reveal, &first);
    buf_putc(out, '}');
}

/* The signals that are neither a value nor missing; retired ones are never listed. */
static void ndjson_put_states(struct buf *out, const struct vector *vector, bool reveal)
{
    bool first = true;

    buf_putc(out, '{');
    for (uint32_t i = 0; i < vector->catalog->row_count; i++) {
        const struct catalog_row *row = &vector->catalog->rows[i];
        enum signal_state state = vector->states[i];
        if (state == SIGNAL_VALUE || state == SIGNAL_MISSING || row->retired ||
            (row->private_data && !reveal))
            continue;
        ndjson_put_name(out, catalog_row_name(vector->catalog, i), &first);
        jcs_put_string(out, state == SIGNAL_EXCLUDED ? span_text("-") : vector->texts[i]);
    }
    buf_putc(out, '}');
}

static void ndjson_put_member(struct buf *out, enum ndjson_member member,
                       const struct passthrough *passthrough, const struct vector *vector,
                       const struct writer_options *options)
{
    bool reveal = options->reveal;

    switch (member) {
    case NDJSON_FILE:
        jcs_put_string(out, passthrough->origin.file);
        break;
    case NDJSON_LINE:
        buf_put_uint(out, passthrough->origin.line);
        break;
    case NDJSON_ID:
        buf_put(out, passthrough->id);
        break;
    case NDJSON_CARRY:
        ndjson_put_carry(out, passthrough, vector->catalog);
        break;
    case NDJSON_CATALOG:
        buf_putc(out, '"');
        catalog_put_label(out, vector->catalog);
        buf_putc(out, '"');
        break;
    case NDJSON_FACTS:
        ndjson_put_facts(out, vector, reveal);
        break;
    case NDJSON_IDS:
        ndjson_put_ids(out, vector, options->members);
        break;
    case NDJSON_COVERAGE:
        ndjson_put_coverage(out, vector);
        break;
    case NDJSON_PRESENT:
        buf_put_uint(out, vector->present);
        break;
    case NDJSON_ERRORS:
        buf_put_uint(out, vector->errors);
        break;
    case NDJSON_GROUPS:
        ndjson_put_groups(out, vector);
        break;
    case NDJSON_SKETCH:
        ndjson_put_sketch(out, vector);
        break;
    case NDJSON_VECTOR:
        ndjson_put_vector(out, vector);
        break;
    case NDJSON_SIGNALS:
        ndjson_put_signals(out, vector);
        break;
    case NDJSON_VALUES:
        ndjson_put_values(out, vector, reveal);
        break;
    case NDJSON_STATES:
        ndjson_put_states(out, vector, reveal);
        break;
    case NDJSON_VISITOR_ID: /* in `ids` */
    case NDJSON_THUMBMARK:
        break;
    }
}

static void ndjson_put(const void *state, struct buf *out,
                       const struct passthrough *passthrough, const struct vector *vector)
{
    const struct writer_options *options = state;
    bool first = true;

    buf_putc(out, '{');
    for (int member = 0; member < NDJSON_MEMBERS; member++) {
        if (!(options->members & 1u << member) &&
            !(member == NDJSON_IDS && ndjson_has_library(options->members, vector->catalog)))
            continue;
        /* `carry` is there only if the catalog carries something. */
        if (member == NDJSON_CARRY && !vector->catalog->carry_count)
            continue;
        ndjson_put_name(out, span_text(ndjson_name(member)), &first);
        ndjson_put_member(out, member, passthrough, vector, options);
    }
    buf_puts(out, "}\n");
}

/* The state is a copy of the options. */
static void *ndjson_open(const struct writer_options *options, const struct catalog *catalog)
{
    struct writer_options *copy = malloc(sizeof *copy);

    (void)catalog;
    if (copy)
        *copy = *options;
    return copy;
}

unsigned ndjson_texts_of(unsigned members)
{
    return (members & 1u << NDJSON_FACTS ? VECTOR_FACTS : 0) |
           (members & 1u << NDJSON_VALUES ? VECTOR_VALUES : 0) |
           (members & 1u << NDJSON_STATES ? VECTOR_STATES : 0);
}

static unsigned ndjson_texts(const void *state)
{
    return ndjson_texts_of(((const struct writer_options *)state)->members);
}

const struct writer ndjson_writer = {
    .name = "ndjson",
    .is_text = true,
    .members = NDJSON_DEFAULT,
    .open = ndjson_open,
    .close = free,
    .texts = ndjson_texts,
    .put = ndjson_put,
};

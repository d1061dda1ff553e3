#include "config.h"

#include "filter/stats.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "text/jcs.h"
#include "vector/vector.h"

bool stats_init(struct stats *stats, size_t count)
{
    *stats = (struct stats){.catalogs = calloc(count, sizeof *stats->catalogs)};
    return stats->catalogs;
}

bool stats_add_catalog(struct stats *stats, const struct catalog *catalog)
{
    struct stats_catalog *c = &stats->catalogs[stats->catalog_count++];

    c->catalog = catalog;
    c->rows = calloc(catalog->row_count, sizeof *c->rows);
    return c->rows;
}

void stats_free(struct stats *stats)
{
    for (size_t i = 0; i < stats->catalog_count; i++)
        free(stats->catalogs[i].rows);
    free(stats->catalogs);
    stats->catalogs = NULL;
    stats->catalog_count = 0;
}

void stats_count(struct stats *stats, size_t i, const struct vector *vector)
{
    struct stats_catalog *c = &stats->catalogs[i];
    uint64_t (*rows)[SIGNAL_STATES] = c->rows; /* what is written may not change these */
    const unsigned char *states = vector->states;
    uint32_t count = c->catalog->row_count;

    c->found += vector->found > 0;
    c->uncataloged += vector->uncataloged;
    c->stated += vector->library.stated;
    c->differs += vector->library.differs;
    c->incomparable += vector->library.incomparable;
    c->repeated += vector->repeated;
    c->skipped += vector->skipped;
    c->unread += vector->unread;
    for (uint32_t row = 0; row < count; row++)
        rows[row][states[row]]++;
    stats->counted = true;
}

/* Add what FROM has of one catalog to TO, and begin FROM at 0 again. */
static void move_catalog(struct stats_catalog *to, struct stats_catalog *from)
{
    uint32_t count = from->catalog->row_count;

    to->found += from->found;
    to->uncataloged += from->uncataloged;
    to->stated += from->stated;
    to->differs += from->differs;
    to->incomparable += from->incomparable;
    to->repeated += from->repeated;
    to->skipped += from->skipped;
    to->unread += from->unread;
    for (uint32_t row = 0; row < count; row++)
        for (int state = 0; state < SIGNAL_STATES; state++)
            to->rows[row][state] += from->rows[row][state];
    memset(from->rows, 0, count * sizeof *from->rows);
    from->found = from->uncataloged = from->repeated = from->skipped = from->unread = 0;
    from->stated = from->differs = from->incomparable = 0;
}

void stats_move(struct stats *whole, struct stats *part)
{
    whole->lines += part->lines;
    whole->records += part->records;
    for (int i = 0; i < STATUSES; i++)
        whole->rejects[i] += part->rejects[i];
    whole->unpaired += part->unpaired;
    whole->bytes += part->bytes;
    for (size_t i = 0; part->counted && i < part->catalog_count; i++)
        move_catalog(&whole->catalogs[i], &part->catalogs[i]);
    *part = (struct stats){.catalogs = part->catalogs, .catalog_count = part->catalog_count};
}

uint64_t stats_rejects(const struct stats *stats)
{
    uint64_t sum = 0;

    for (int i = 0; i < STATUSES; i++)
        sum += stats->rejects[i];
    return sum;
}

static void put_reasons(struct buf *out, const struct stats *stats)
{
    jcs_put_name(out, "reasons");
    buf_putc(out, '{');
    for (int i = 0; i < STATUSES; i++)
        if (stats->rejects[i])
            jcs_put_named_uint(out, status_name(i), stats->rejects[i]);
    buf_putc(out, '}');
}

/* Of catalogs with @pairs or @json, what these met with. */
static void put_reshape_counts(struct buf *out, const struct stats_catalog *c)
{
    uint32_t json = 0;

    for (uint32_t i = 0; i < c->catalog->reshape_count; i++)
        json += c->catalog->reshapes[i].json;
    if (json < c->catalog->reshape_count) {
        jcs_put_name(out, "pairs");
        buf_putc(out, '{');
        jcs_put_named_uint(out, "repeated", c->repeated);
        jcs_put_named_uint(out, "skipped", c->skipped);
        buf_putc(out, '}');
    }
    if (json) {
        jcs_put_name(out, "json");
        buf_putc(out, '{');
        jcs_put_named_uint(out, "invalid", c->unread);
        buf_putc(out, '}');
    }
}

/* How many records have a hash of the row ROW. */
static uint64_t row_hashes(const struct stats_catalog *c, uint32_t row)
{
    uint64_t sum = 0;

    for (int state = 0; state < SIGNAL_STATES; state++)
        if (signal_hashed(state))
            sum += c->rows[row][state];
    return sum;
}

/* How many records state an id of the library, how many of these another than whorl computes, and how
 * many one that the library does not give. */
static void put_library_counts(struct buf *out, const struct stats_catalog *c)
{
    if (c->catalog->library == LIBRARY_NONE)
        return;
    jcs_put_name(out, library_id_name(c->catalog->library));
    buf_putc(out, '{');
    jcs_put_named_uint(out, "stated", c->stated);
    jcs_put_named_uint(out, "differs", c->differs);
    jcs_put_named_uint(out, "incomparable", c->incomparable);
    buf_putc(out, '}');
}

/* For each group how many signals it has, and how many hashes they have. */
static void put_group_counts(struct buf *out, const struct stats_catalog *c)
{
    struct group_counts {
        uint64_t signals, hashes;
    } *groups = calloc(c->catalog->group_count, sizeof *groups);

    if (!groups) {
        out->failed = true;
        return;
    }
    for (uint32_t i = 0; i < c->catalog->row_count; i++) {
        groups[c->catalog->rows[i].group].signals++;
        groups[c->catalog->rows[i].group].hashes += row_hashes(c, i);
    }
    jcs_put_name(out, "groups");
    buf_putc(out, '{');
    for (uint32_t i = 0; i < c->catalog->group_count; i++) {
        if (i)
            buf_putc(out, ',');
        jcs_put_string(out, catalog_group_name(c->catalog, i));
        buf_puts(out, ":{");
        jcs_put_named_uint(out, "signals", groups[i].signals);
        jcs_put_named_uint(out, "hashes", groups[i].hashes);
        buf_putc(out, '}');
    }
    buf_putc(out, '}');
    free(groups);
}

/* For each row how many hashes it has, and in how many records it is in which state. */
static void put_row_counts(struct buf *out, const struct stats_catalog *c, bool reveal)
{
    jcs_put_name(out, "signals");
    buf_putc(out, '{');
    for (uint32_t i = 0; i < c->catalog->row_count; i++) {
        const uint64_t *states = c->rows[i];
        if (i)
            buf_putc(out, ',');
        jcs_put_string(out, catalog_row_name(c->catalog, i));
        buf_puts(out, ":{");
        jcs_put_named_uint(out, "hashes", row_hashes(c, i));
        if (reveal || !c->catalog->rows[i].private_data) {
            jcs_put_named_uint(out, "errors", states[SIGNAL_ERROR] + states[SIGNAL_TRANSIENT]);
            jcs_put_named_uint(out, "undefined", states[SIGNAL_UNDEFINED]);
            jcs_put_named_uint(out, "missing", states[SIGNAL_MISSING]);
            jcs_put_named_uint(out, "excluded", states[SIGNAL_EXCLUDED]);
        }
        buf_putc(out, '}');
    }
    buf_putc(out, '}');
}

static void put_catalog_counts(struct buf *out, const struct stats_catalog *c, bool reveal)
{
    buf_puts(out, "{\"catalog\":\"");
    catalog_put_label(out, c->catalog);
    buf_putc(out, '"');
    jcs_put_named_uint(out, "records", c->found);
    jcs_put_named_uint(out, "uncataloged", c->uncataloged);
    put_library_counts(out, c);
    put_reshape_counts(out, c);
    put_group_counts(out, c);
    put_row_counts(out, c, reveal);
    buf_putc(out, '}');
}

void stats_put(struct buf *out, const struct stats *stats, double seconds, bool reveal)
{
    buf_putc(out, '{');
    jcs_put_named_uint(out, "lines", stats->lines);
    jcs_put_named_uint(out, "records", stats->records);
    jcs_put_named_uint(out, "rejects", stats_rejects(stats));
    put_reasons(out, stats);
    jcs_put_named_uint(out, "unpaired", stats->unpaired);
    jcs_put_named_uint(out, "bytes", stats->bytes);
    jcs_put_name(out, "seconds");
    jcs_put_number(out, seconds);
    jcs_put_name(out, "catalogs");
    buf_putc(out, '[');
    for (size_t i = 0; i < stats->catalog_count; i++) {
        if (i)
            buf_putc(out, ',');
        put_catalog_counts(out, &stats->catalogs[i], reveal);
    }
    buf_puts(out, "]}\n");
}

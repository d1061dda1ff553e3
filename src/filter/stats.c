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
    c->groups = calloc(catalog->group_count, sizeof *c->groups);
    return c->groups;
}

void stats_free(struct stats *stats)
{
    for (size_t i = 0; i < stats->catalog_count; i++)
        free(stats->catalogs[i].groups);
    free(stats->catalogs);
    stats->catalogs = NULL;
    stats->catalog_count = 0;
}

void stats_count(struct stats *stats, size_t i, const struct vector *vector)
{
    struct stats_catalog *c = &stats->catalogs[i];

    c->found += vector->found > 0;
    c->uncataloged += vector->uncataloged;
    for (uint32_t row = 0; row < c->catalog->row_count; row++)
        c->groups[c->catalog->rows[row].group] += vector->hashes[row] != 0;
}

void stats_move(struct stats *whole, struct stats *part)
{
    whole->lines += part->lines;
    whole->records += part->records;
    for (int i = 0; i < STATUSES; i++)
        whole->rejects[i] += part->rejects[i];
    whole->unpaired += part->unpaired;
    whole->bytes += part->bytes;
    for (size_t i = 0; i < part->catalog_count; i++) {
        struct stats_catalog *to = &whole->catalogs[i], *from = &part->catalogs[i];
        to->found += from->found;
        to->uncataloged += from->uncataloged;
        for (uint32_t group = 0; group < from->catalog->group_count; group++)
            to->groups[group] += from->groups[group];
        memset(from->groups, 0, from->catalog->group_count * sizeof *from->groups);
        from->found = from->uncataloged = 0;
    }
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

static void put_catalog_counts(struct buf *out, const struct stats_catalog *c)
{
    uint32_t *rows = calloc(c->catalog->group_count, sizeof *rows);

    if (!rows) {
        out->failed = true;
        return;
    }
    for (uint32_t i = 0; i < c->catalog->row_count; i++)
        rows[c->catalog->rows[i].group]++;
    buf_puts(out, "{\"catalog\":\"");
    catalog_put_label(out, c->catalog);
    buf_putc(out, '"');
    jcs_put_named_uint(out, "records", c->found);
    jcs_put_named_uint(out, "uncataloged", c->uncataloged);
    jcs_put_name(out, "groups");
    buf_putc(out, '{');
    for (uint32_t i = 0; i < c->catalog->group_count; i++) {
        if (i)
            buf_putc(out, ',');
        jcs_put_string(out, catalog_group_name(c->catalog, i));
        buf_puts(out, ":{");
        jcs_put_named_uint(out, "signals", rows[i]);
        jcs_put_named_uint(out, "hashes", c->groups[i]);
        buf_putc(out, '}');
    }
    buf_puts(out, "}}");
    free(rows);
}

void stats_put(struct buf *out, const struct stats *stats, double seconds)
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
        put_catalog_counts(out, &stats->catalogs[i]);
    }
    buf_puts(out, "]}\n");
}

/*
 * The digest names the rules in force. Two files have the same digest if and only if they have the
 * same directives and rows in the canonical spelling below, and so give the same vectors. Comments,
 * blank lines and the spacing of steps do not count.
 *
 * The text has a line for each directive, sorted by name (those of one name as in the file, a @keep
 * with its @exclude, further pointers with their @id or @carry). Of an included catalog there is one
 * line, with the digest of that. Then comes a line for each row, with one tab between cells, without
 * empty cells at the end; after a row its further pointers, each after one tab. Then comes the
 * version of Unicode, and, sorted by name, the version of each table that a step of a row reads, of
 * included rows too. Each line ends with LF.
 */
#include "config.h"

#include "catalog/draft.h"

#include "base/sort.h"
#include "catalog/stages.h"
#include "steps/normalize.h"
#include "steps/table.h"
#include "text/unicode.h"

static int by_directive(const void *a, const void *b, void *context)
{
    (void)context;
    return span_compare(((const struct draft_directive *)a)->order,
                        ((const struct draft_directive *)b)->order);
}

static void put_row_text(struct buf *out, const struct draft *draft,
                         const struct catalog_row *row)
{
    const struct normalizer *pipeline =
        &DRAFT_ITEMS(struct normalizer, draft->pipelines)[row->pipeline];
    const struct pointer *pointers = DRAFT_ITEMS(struct pointer, draft->pointers);
    const struct draft_group *groups = DRAFT_ITEMS(struct draft_group, draft->groups);

    buf_put(out, draft_row_name(draft, row));
    buf_putc(out, '\t');
    buf_put(out, pointers[row->pointers].text);
    buf_putc(out, '\t');
    buf_put(out, groups[row->group].name);
    buf_putc(out, '\t');
    buf_puts(out, identity_tier_name(row->tier));
    if (row->retired || pipeline->count || row->fact || row->private_data)
        buf_putc(out, '\t');
    normalize_put(out, pipeline);
    if (row->fact || row->private_data)
        buf_putc(out, '\t');
    if (row->fact)
        buf_puts(out, "fact");
    if (row->fact > PLAIN_HASH) {
        buf_putc(out, ':');
        buf_puts(out, catalog_plain_name(row->fact));
    }
    if (row->private_data)
        buf_puts(out, row->fact ? " private" : "private");
    buf_putc(out, '\n');
    for (uint32_t i = row->pointers + 1; i < row->pointers_end; i++) {
        buf_putc(out, '\t');
        buf_put(out, pointers[i].text);
        buf_putc(out, '\n');
    }
}

/* Append the version of each table that steps read: another table gives other vectors. */
static void put_table_versions(struct buf *out, const struct draft *draft)
{
    const struct normalizer *pipelines = DRAFT_ITEMS(struct normalizer, draft->pipelines);
    uint32_t count = DRAFT_COUNT(struct normalizer, draft->pipelines);

    for (size_t i = 0; i < table_count; i++) {
        uint32_t k = 0;
        while (k < count && !normalize_reads(&pipelines[k], table_all[i]))
            k++;
        if (k == count)
            continue;
        buf_puts(out, "table\t");
        buf_puts(out, table_all[i]->name);
        buf_putc(out, '\t');
        buf_puts(out, table_all[i]->version);
        buf_putc(out, '\n');
    }
}

bool digest_catalog(struct draft *draft, struct hash128 *digest)
{
    struct draft_directive *directives = DRAFT_ITEMS(struct draft_directive, draft->directives);
    uint32_t directive_count = DRAFT_COUNT(struct draft_directive, draft->directives);
    const struct catalog_row *rows = DRAFT_ITEMS(struct catalog_row, draft->rows);
    uint32_t row_count = DRAFT_COUNT(struct catalog_row, draft->rows);
    struct buf text = BUF_EMPTY;

    void *scratch = arena_take_array(draft->arena, directive_count, sizeof *directives);
    if (!scratch)
        return false;
    sort_array(directives, directive_count, sizeof *directives, by_directive, NULL, scratch);
    for (uint32_t i = 0; i < directive_count; i++) {
        buf_put(&text, directives[i].text);
        buf_putc(&text, '\n');
    }
    for (uint32_t i = draft->own_row; i < row_count; i++)
        put_row_text(&text, draft, &rows[i]);
    buf_puts(&text, "unicode\t" UNICODE_VERSION "\n");
    put_table_versions(&text, draft);

    bool made = !text.failed;
    if (made)
        *digest = hash128(buf_span(&text));
    buf_free(&text);
    return made;
}

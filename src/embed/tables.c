#include "config.h"

#include "embed/tables.h"

#include <inttypes.h>
#include <stdio.h>

#include "catalog/catalog.h"
#include "embed/literal.h"
#include "steps/step.h"

/* The end of the tokens of TRIE in its texts, or END if that is more. */
static size_t tokens_end(const struct trie *trie, size_t end)
{
    for (uint32_t i = 0; i < trie->count; i++)
        if (trie->nodes[i].token.at + trie->nodes[i].token.n > end)
            end = trie->nodes[i].token.at + trie->nodes[i].token.n;
    return end;
}

/* All bytes that an extent of C is in. */
static struct span all_texts(const struct catalog *c)
{
    size_t end = 0;

    for (uint32_t i = 0; i < c->row_count; i++)
        if (c->rows[i].name.at + c->rows[i].name.n > end)
            end = c->rows[i].name.at + c->rows[i].name.n;
    for (uint32_t i = 0; i < c->group_count; i++)
        if (c->groups[i].at + c->groups[i].n > end)
            end = c->groups[i].at + c->groups[i].n;
    end = tokens_end(&c->reshape_trie, tokens_end(&c->trie, end));
    return span_of(c->texts, end);
}

static void put_texts(const char *name, const struct catalog *c)
{
    printf("\nstatic const unsigned char texts_%s[] =\n    ", name);
    literal_string(all_texts(c));
    printf(";\n");
}

static void put_rows(const char *name, const struct catalog *c)
{
    printf("\nstatic const struct catalog_row rows_%s[] = {\n", name);
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct catalog_row *row = &c->rows[i];
        printf("    {{%" PRIu32 ", %" PRIu32 "}, %" PRIu32 ", %" PRIu32 ", %" PRIu32
               ", %" PRIu32 ", %" PRIu32 "u, %d, %d, %d, %d, %d},\n",
               row->name.at, row->name.n, row->pointers, row->pointers_end, row->group,
               row->pipeline, row->excludes, row->tier, row->fact, row->private_data,
               row->retired, row->identities);
    }
    printf("};\n");
}

static void put_group_names(const char *name, const struct catalog *c)
{
    printf("\nstatic const struct extent groups_%s[] = {\n", name);
    for (uint32_t i = 0; i < c->group_count; i++)
        printf("    {%" PRIu32 ", %" PRIu32 "},\n", c->groups[i].at, c->groups[i].n);
    printf("};\n");
}

static void put_numbers(const char *what, const char *name, const uint32_t *items, size_t count)
{
    printf("\nstatic const uint32_t %s_%s[] = {", what, name);
    literal_numbers(items, count);
    printf("\n};\n");
}

/* The arrays of TRIE, of POINTERS pointers. */
static void put_trie(const char *name, const struct trie *trie, uint32_t pointers)
{
    printf("\nstatic const struct trie_node nodes_%s[] = {\n", name);
    for (uint32_t i = 0; i < trie->count; i++) {
        const struct trie_node *n = &trie->nodes[i];
        printf("    {{%" PRIu32 ", %" PRIu32 "}, %" PRIu32 "u, %" PRIu32 "u, %" PRIu32
               ", %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %d},\n",
               n->token.at, n->token.n, n->hash, n->parent, n->next, n->ends, n->below, n->done,
               n->ambiguous);
    }
    printf("};\n");
    put_numbers("ends", name, trie->ends, pointers);
    put_numbers("table", name, trie->table, (size_t)trie->mask + 1);
}

/* The trie whose arrays are named NAME; its texts are those of the catalog CATALOG. */
static void put_trie_head(const char *catalog, const char *name, const struct trie *trie)
{
    printf("{texts_%s, nodes_%s, %" PRIu32 ", ends_%s, table_%s, %" PRIu32 "},\n", catalog, name,
           trie->count, name, name, trie->mask);
}

/* The name of the arrays of the trie of @pairs and @json of the catalog NAME. */
static const char *reshape_name(const char *name)
{
    static char of[200];

    snprintf(of, sizeof of, "reshape_%s", name);
    return of;
}

static void put_list(struct catalog_list list)
{
    printf(list.count ? "{(const uint32_t[]){" : "{NULL");
    literal_numbers(list.rows, list.count);
    printf(list.count ? "}, %" PRIu32 "},\n" : ", %" PRIu32 "},\n", list.count);
}

static void put_lists(const char *name, const struct catalog *c)
{
    printf("\nstatic const struct catalog_list lists_%s[] = {\n", name);
    for (uint32_t i = 0; i < c->group_count; i++)
        put_list(c->lists.groups[i]);
    printf("};\n");
}

static void put_pipelines(const char *name, const struct catalog *c)
{
    printf("\nstatic const struct normalizer pipelines_%s[] = {\n", name);
    for (uint32_t i = 0; i < c->pipeline_count; i++) {
        printf("    ");
        literal_pipeline(&c->pipelines[i]);
        printf(",\n");
    }
    printf("};\n");
}

/* "    .FIELD = {...},": a span, or spans with their number. */
static void put_span(const char *field, struct span span)
{
    printf("    .%s = ", field);
    literal_span(span);
    printf(",\n");
}

static void put_spans(const char *field, const struct span *items, const char *number,
                      size_t count)
{
    printf("    .%s = ", field);
    literal_spans(items, count);
    printf(",\n    .%s = %zu,\n", number, count);
}

static void put_pointers(struct pointers pointers)
{
    printf(pointers.count ? "{(const struct pointer[]){" : "{NULL");
    for (size_t i = 0; i < pointers.count; i++) {
        literal_pointer(&pointers.items[i]);
        printf(i + 1 < pointers.count ? ", " : "}");
    }
    printf(", %zu}", pointers.count);
}

/* What directives say, but those about other values. */
static void put_directives(const struct catalog *c)
{
    put_span("name", c->name);
    put_span("version", c->version);
    printf("    .ids = ");
    put_pointers(c->ids);
    printf(",\n");
    printf("    .roots = (const struct pointer[]){");
    for (size_t i = 0; i < c->root_count; i++) {
        literal_pointer(&c->roots[i]);
        printf(i + 1 < c->root_count ? ", " : "},\n");
    }
    printf("    .root_count = %zu,\n", c->root_count);
    put_spans("markers", c->markers, "marker_count", c->marker_count);
    put_span("undefined", c->undefined);
    printf("    .has_undefined = %d,\n", c->has_undefined);
    printf("    .epoch = %" PRIu64 "u,\n", c->epoch);
    printf("    .minimum = {");
    for (int i = 0; i < IDENTITIES; i++)
        printf("%" PRIu32 "%s", c->minimum[i], i + 1 < IDENTITIES ? ", " : "},\n");
    put_spans("transients", c->transients, "transient_count", c->transient_count);
}

static void put_excludes(const struct catalog *c)
{
    printf(c->exclude_count ? "    .excludes = (const struct catalog_exclude[]){\n"
                            : "    .excludes = NULL");
    for (uint32_t i = 0; i < c->exclude_count; i++) {
        printf("        {%" PRIu32 ", ", c->excludes[i].pointer);
        literal_value(&c->excludes[i].when);
        printf(i + 1 < c->exclude_count ? "},\n" : "}}");
    }
    printf(",\n    .exclude_count = %" PRIu32 ",\n", c->exclude_count);
    printf("    .unless = %" PRIu32 "u,\n", c->unless);
}

static void put_carries(const struct catalog *c)
{
    printf(c->carry_count ? "    .carries = (const struct catalog_carry[]){\n"
                          : "    .carries = NULL");
    for (uint32_t i = 0; i < c->carry_count; i++) {
        printf("        {");
        literal_span(c->carries[i].name);
        printf(", ");
        put_pointers(c->carries[i].pointers);
        printf(i + 1 < c->carry_count ? ", %d},\n" : ", %d}}", c->carries[i].type);
    }
    printf(",\n    .carry_count = %" PRIu32 ",\n", c->carry_count);
}

static void put_sketches(const struct catalog *c)
{
    printf(c->sketch_count ? "    .sketches = (const struct catalog_sketch[]){\n"
                           : "    .sketches = NULL");
    for (uint32_t i = 0; i < c->sketch_count; i++)
        printf("        {%" PRIu32 ", %" PRIu32 ", %" PRIu32 "}%s", c->sketches[i].group,
               c->sketches[i].rows, c->sketches[i].bits, i + 1 < c->sketch_count ? ",\n" : "}");
    printf(",\n    .sketch_count = %" PRIu32 ",\n    .sketch_words = %" PRIu32 ",\n",
           c->sketch_count, c->sketch_words);
}

static void put_warnings(const struct catalog *c)
{
    printf(c->warning_count ? "    .warnings = (const struct catalog_warning[]){\n"
                            : "    .warnings = NULL");
    for (uint32_t i = 0; i < c->warning_count; i++)
        printf("        {%" PRIu32 ", %zu, %zu}%s", c->warnings[i].row, c->warnings[i].line,
               c->warnings[i].column, i + 1 < c->warning_count ? ",\n" : "}");
    printf(",\n    .warning_count = %" PRIu32 ",\n", c->warning_count);
}

static void put_reshapes(const char *name, const struct catalog *c)
{
    if (!c->reshape_count)
        return;
    printf("    .reshapes = (const struct catalog_reshape[]){\n");
    for (uint32_t i = 0; i < c->reshape_count; i++) {
        printf("        {%d, %d, ", c->reshapes[i].json, c->reshapes[i].lower);
        literal_span(c->reshapes[i].key);
        printf(", ");
        literal_span(c->reshapes[i].value);
        printf("},\n");
    }
    printf("    },\n    .reshape_count = %" PRIu32 ",\n    .reshape_trie = ", c->reshape_count);
    put_trie_head(name, reshape_name(name), &c->reshape_trie);
}

static void put_catalog_table(const char *name, const struct catalog *c)
{
    printf("\nstatic const struct catalog catalog_%s = {\n", name);
    put_directives(c);
    put_excludes(c);
    put_carries(c);
    put_reshapes(name, c);
    put_sketches(c);
    put_warnings(c);
    printf("    .texts = texts_%s,\n", name);
    printf("    .rows = rows_%s,\n    .row_count = %" PRIu32 ",\n", name, c->row_count);
    printf("    .groups = groups_%s,\n    .group_count = %" PRIu32 ",\n", name, c->group_count);
    printf("    .lists = {lists_%s, {\n", name);
    for (int i = 0; i < IDENTITIES; i++)
        put_list(c->lists.identities[i]);
    printf("    },\n");
    put_list(c->lists.facts);
    printf("    },\n");
    printf("    .pipelines = pipelines_%s,\n    .pipeline_count = %" PRIu32 ",\n", name,
           c->pipeline_count);
    printf("    .trie = ");
    put_trie_head(name, name, &c->trie);
    printf("    .pointer_count = %" PRIu32 ",\n", c->pointer_count);
    printf("    .library = %d,\n", c->library);
    printf("    .digest = {%" PRIu64 "u, %" PRIu64 "u},\n", c->digest.high, c->digest.low);
    printf("};\n");
}

void tables_put(const char *name, const struct catalog *catalog)
{
    put_texts(name, catalog);
    put_rows(name, catalog);
    put_group_names(name, catalog);
    put_trie(name, &catalog->trie, catalog->pointer_count);
    if (catalog->reshape_count)
        put_trie(reshape_name(name), &catalog->reshape_trie, catalog->reshape_count);
    put_lists(name, catalog);
    put_pipelines(name, catalog);
    put_catalog_table(name, catalog);
}

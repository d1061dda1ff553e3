/*
 * Find the rows that each @exclude covers. One pass over rows and prefixes, sorted by their texts,
 * finds each row's prefixes: all texts that begin with a prefix follow it in one run, so the
 * prefixes of each text are nested.
 */
#include "config.h"

#include "catalog/draft.h"

#include "base/sort.h"
#include "catalog/stages.h"

#define EXCLUDE_NONE UINT32_MAX

/* A prefix or the name of a row. */
struct exclude_text {
    struct span text;
    uint32_t row;            /* NONE: a prefix, with */
    uint32_t excludes, keep; /* bits: the @exclude and @keep lines of it and of its prefixes */
    uint32_t outer;          /* its longest prefix among the texts before it; or NONE */
};

static int by_exclude_text(const void *a, const void *b, void *context)
{
    (void)context;
    return span_compare(((const struct exclude_text *)a)->text,
                        ((const struct exclude_text *)b)->text);
}

/* List all texts, prefixes first: sorting keeps them before the rows of the same text. */
static void list_exclude_texts(const struct draft *draft, struct exclude_text *texts)
{
    const struct catalog_row *rows = DRAFT_ITEMS(struct catalog_row, draft->rows);
    const struct draft_prefix *prefixes = DRAFT_ITEMS(struct draft_prefix, draft->prefixes);
    uint32_t rows_count = DRAFT_COUNT(struct catalog_row, draft->rows);
    uint32_t prefix_count = DRAFT_COUNT(struct draft_prefix, draft->prefixes);

    for (uint32_t i = 0; i < prefix_count; i++) {
        uint32_t bit = (uint32_t)1 << prefixes[i].exclude;
        *texts++ = (struct exclude_text){.text = prefixes[i].prefix,
                                         .row = EXCLUDE_NONE,
                                         .excludes = prefixes[i].keep ? 0 : bit,
                                         .keep = prefixes[i].keep ? bit : 0};
    }
    for (uint32_t i = 0; i < rows_count; i++)
        *texts++ = (struct exclude_text){.text = draft_row_name(draft, &rows[i]), .row = i};
}

/* Go through the sorted TEXTS, and set the excludes of each of ROWS. */
static void match_texts(struct exclude_text *texts, uint32_t count, struct catalog_row *rows)
{
    uint32_t inner = EXCLUDE_NONE; /* the longest prefix of the text before, or itself */

    for (uint32_t i = 0; i < count; i++) {
        struct exclude_text *t = &texts[i];
        while (inner != EXCLUDE_NONE && !span_begins(t->text, texts[inner].text))
            inner = texts[inner].outer;
        t->outer = inner;
        if (inner != EXCLUDE_NONE) {
            t->excludes |= texts[inner].excludes;
            t->keep |= texts[inner].keep;
        }
        if (t->row == EXCLUDE_NONE)
            inner = i;
        else
            rows[t->row].excludes = t->excludes & ~t->keep;
    }
}

bool excludes_match(struct draft *draft)
{
    uint32_t count = DRAFT_COUNT(struct catalog_row, draft->rows) +
                     DRAFT_COUNT(struct draft_prefix, draft->prefixes);
    struct arena_mark mark = arena_mark(draft->arena);

    if (!draft->prefixes.n)
        return true;
    struct exclude_text *texts = arena_take_array(draft->arena, count, sizeof *texts);
    void *scratch = arena_take_array(draft->arena, count, sizeof *texts);
    if (!texts || !scratch)
        return draft_no_memory(draft);
    list_exclude_texts(draft, texts);
    sort_array(texts, count, sizeof *texts, by_exclude_text, NULL, scratch);
    match_texts(texts, count, DRAFT_ITEMS(struct catalog_row, draft->rows));
    arena_back(draft->arena, mark);
    return true;
}

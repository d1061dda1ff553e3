#include "config.h"

#include "catalog/draft.h"

#include <stdio.h>

#include "base/fault.h"
#include "base/repeat.h"
#include "catalog/advice.h"
#include "catalog/private.h"
#include "catalog/stages.h"
#include "steps/normalize_compile.h"
#include "text/nearest.h"
#include "text/utf8.h"

enum { NAME, POINTER, GROUP, TIER, STEPS, FLAGS, CELLS };

static bool read_row_tier(struct draft *draft, const struct line *line, enum tier *tier)
{
    struct nearest nearest = nearest_begin(line->cells[TIER].text);

    for (int i = 0; i < TIERS; i++)
        if (span_equal(line->cells[TIER].text, span_text(identity_tier_name(i)))) {
            *tier = i;
            return true;
        }
    if (advice_shifted(draft, line, TIER))
        return false;
    for (int i = 0; i < TIERS; i++)
        nearest_offer(&nearest, span_text(identity_tier_name(i)));
    return advice_unknown(
        draft, line, TIER,
        "unknown tier: expected device, install, build, exact or volatile, not", &nearest);
}

/* Find or add the row's group; its rows have one tier, volatile ones aside. */
static bool read_row_group(struct draft *draft, const struct line *line,
                           struct catalog_row *row)
{
    struct span name = line->cells[GROUP].text;

    if (!draft_name(draft, line, GROUP, "group"))
        return false;
    row->group = names_add(&draft->group_names, name);
    if (row->group == NAMES_NONE)
        return draft_no_memory(draft);
    if (row->group == DRAFT_COUNT(struct draft_group, draft->groups)) {
        DRAFT_PUSH(draft->groups,
                   &((struct draft_group){name, row->tier, draft->included ? 0 : line->number}));
        return !draft->groups.failed || draft_no_memory(draft);
    }
    struct draft_group *group = &DRAFT_ITEMS(struct draft_group, draft->groups)[row->group];
    if (row->tier == TIER_VOLATILE || row->tier == group->tier)
        return true;
    if (group->tier == TIER_VOLATILE) {
        group->tier = row->tier;
        group->line = draft->included ? 0 : line->number;
        return true;
    }
    char what[160], where[40] = "the included catalog";
    if (group->line)
        snprintf(where, sizeof where, "line %zu", group->line);
    snprintf(what, sizeof what,
             "a group holds one tier: expected %s, as in %s, or another group than",
             identity_tier_name(group->tier), where);
    return draft_refuse(draft, line, GROUP, what, name);
}

/* Find or add the row's pipeline: most rows share theirs with others. */
static bool read_row_steps(struct draft *draft, const struct line *line,
                           struct catalog_row *row)
{
    uint32_t count = DRAFT_COUNT(struct normalizer, draft->pipelines);
    struct span text = line->count > STEPS ? line->cells[STEPS].text : span_of(NULL, 0);
    struct normalizer pipeline;
    struct fault fault;

    row->pipeline = names_add(&draft->spellings, text);
    if (row->pipeline == NAMES_NONE)
        return draft_no_memory(draft);
    if (row->pipeline == count) {
        fault = normalize_compile(&pipeline, text, &draft->items, draft->arena);
        if (fault.status == STATUS_INVALID)
            fault.offset += line->cells[STEPS].offset;
        if (fault.status != STATUS_OK)
            return draft_fail(draft, fault);
        DRAFT_PUSH(draft->pipelines, &pipeline);
        if (draft->pipelines.failed)
            return draft_no_memory(draft);
    }
    pipeline = DRAFT_ITEMS(struct normalizer, draft->pipelines)[row->pipeline];
    row->retired = pipeline.count == 1 &&
                   span_equal(span_text(pipeline.calls[0].step->name), span_text("retired"));
    return true;
}

/* Set one flag. False if FLAG is unknown, or the second of its kind. */
static bool read_row_flag(struct catalog_row *row, struct span flag)
{
    struct span fact = span_text("fact:");

    if (span_equal(flag, span_text("private")) && !row->private_data) {
        row->private_data = true;
        return true;
    }
    if (row->fact != PLAIN_NONE)
        return false;
    if (span_begins(flag, fact))
        return draft_plain(span_cut(flag, fact.n, flag.n), &row->fact);
    row->fact = PLAIN_HASH;
    return span_equal(flag, span_text("fact"));
}

static bool read_row_flags(struct draft *draft, const struct line *line,
                           struct catalog_row *row)
{
    struct span text = line->count > FLAGS ? line->cells[FLAGS].text : span_of(NULL, 0);

    for (size_t from = 0; from < text.n;) {
        size_t end = from;
        while (end < text.n && text.p[end] != ' ')
            end++;
        if (!read_row_flag(row, span_cut(text, from, end)))
            return draft_refuse_at(draft, line, FLAGS, from,
                                   "expected the flags fact (or fact:u64, fact:i64, fact:f64) "
                                   "and private, each at most once, separated by one space");
        from = end + 1;
        if (from == text.n)
            return draft_refuse_at(draft, line, FLAGS, end, "expected no space at the end");
    }
    return true;
}

/* Warn if the last row looks private and is not marked private. */
static void warn_if_private(struct draft *draft, const struct line *line, size_t cell,
                            const struct pointer *pointer)
{
    uint32_t last = DRAFT_COUNT(struct catalog_row, draft->rows) - 1;

    if (!draft->rows.failed && !draft->included &&
        !DRAFT_ITEMS(struct catalog_row, draft->rows)[last].private_data &&
        private_pointer(pointer))
        DRAFT_PUSH(draft->warnings,
                   &((struct catalog_warning){
                       last, line->number, line->cells[cell].offset - line->offset + 1}));
}

/* Read a line whose first cell is empty: a further pointer of the row before. */
static bool read_further_pointer(struct draft *draft, const struct line *line)
{
    uint32_t count = DRAFT_COUNT(struct catalog_row, draft->rows);
    struct pointer pointer;

    if (line->count < 2 || line->cells[POINTER].text.n == 0)
        return draft_refuse(draft, line, 0,
                            "an empty name: expected a name, or after the tab a further "
                            "pointer for the row before",
                            span_of(NULL, 0));
    if (line->count > 2)
        return draft_refuse(draft, line, 2,
                            "the line begins with a tab, as a further pointer does: expected "
                            "a name first, or nothing after the pointer",
                            span_of(NULL, 0));
    if (draft->owner == DRAFT_OWNER_LEFT)
        return true;
    if (draft->owner == DRAFT_OWNER_ID || draft->owner == DRAFT_OWNER_CARRY)
        return directives_read_further(draft, line);
    if (draft->rows.failed)
        return draft_no_memory(draft);
    if (draft->owner == DRAFT_OWNER_NONE)
        return draft_refuse(draft, line, 1, "a further pointer before any row",
                            span_of(NULL, 0));
    if (!draft_add_pointer(draft, &draft->pointers, line, POINTER, &pointer))
        return false;
    struct catalog_row *row = DRAFT_ITEMS(struct catalog_row, draft->rows) + count - 1;
    row->pointers_end = DRAFT_COUNT(struct pointer, draft->pointers);
    warn_if_private(draft, line, POINTER, &pointer);
    return true;
}

bool rows_read(struct draft *draft, const struct line *line)
{
    struct catalog_row row = {.name = {0, 0}};
    struct pointer pointer;

    if (line->cells[NAME].text.n == 0)
        return read_further_pointer(draft, line);
    if (line->count <= TIER || line->count > CELLS)
        return advice_row(draft, line);
    if (DRAFT_COUNT(struct catalog_row, draft->rows) == CATALOG_ROWS)
        return draft_refuse_number(draft, line, NAME, "too many rows", CATALOG_ROWS);
    row.pointers = DRAFT_COUNT(struct pointer, draft->pointers);
    row.pointers_end = row.pointers + 1;
    if (!draft_name(draft, line, NAME, "signal") ||
        !draft_add_pointer(draft, &draft->pointers, line, POINTER, &pointer) ||
        !read_row_tier(draft, line, &row.tier) || !read_row_group(draft, line, &row) ||
        !read_row_steps(draft, line, &row) || !read_row_flags(draft, line, &row))
        return false;
    draft->owner = DRAFT_OWNER_ROW;
    row.name = buf_keep(&draft->texts, line->cells[NAME].text);
    DRAFT_PUSH(draft->rows, &row);
    warn_if_private(draft, line, POINTER, &pointer);
    DRAFT_PUSH(draft->row_offsets, &line->offset);
    return true;
}

/* The identities that a row of TIER is part of: its own tier's and those of all that change
 * sooner; `browser` is install without device. */
static uint8_t identities_of(enum tier tier)
{
    static const uint8_t of[TIERS] = {
        [TIER_DEVICE] = 1 << IDENTITY_DEVICE | 1 << IDENTITY_INSTALL | 1 << IDENTITY_BUILD |
                        1 << IDENTITY_EXACT,
        [TIER_INSTALL] = 1 << IDENTITY_BROWSER | 1 << IDENTITY_INSTALL | 1 << IDENTITY_BUILD |
                         1 << IDENTITY_EXACT,
        [TIER_BUILD] = 1 << IDENTITY_BUILD | 1 << IDENTITY_EXACT,
        [TIER_EXACT] = 1 << IDENTITY_EXACT,
        [TIER_VOLATILE] = 0,
    };
    return of[tier];
}

/* Refuse the first row that has the name of an earlier one. */
static bool check_row_names(struct draft *draft)
{
    const struct catalog_row *rows = DRAFT_ITEMS(struct catalog_row, draft->rows);
    const size_t *offsets = DRAFT_ITEMS(size_t, draft->row_offsets);
    uint32_t count = DRAFT_COUNT(struct catalog_row, draft->rows);
    struct arena_mark mark = arena_mark(draft->arena);
    struct span *names = arena_take_array(draft->arena, count, sizeof *names);
    struct repeat repeat;

    for (uint32_t i = 0; names && i < count; i++)
        names[i] = draft_row_name(draft, &rows[i]);
    if (!names || !repeat_find(&repeat, names, count, draft->arena))
        return draft_no_memory(draft);
    arena_back(draft->arena, mark);
    if (repeat.at == REPEAT_NONE)
        return true;

    struct span name = draft_row_name(draft, &rows[repeat.at]);
    char where[60] = "the included catalog";
    if (repeat.earlier >= draft->own_row)
        snprintf(where, sizeof where, "line %zu",
                 fault_place(draft->text, offsets[repeat.earlier]).line);
    return draft_fail(draft, fault_format(draft->arena, offsets[repeat.at],
                                          "the name that %s has: expected each name once, not "
                                          "'%.*s'",
                                          where, (int)utf8_fit(name, 60),
                                          (const char *)name.p));
}

bool rows_finish(struct draft *draft)
{
    struct catalog_row *rows = DRAFT_ITEMS(struct catalog_row, draft->rows);
    uint32_t count = DRAFT_COUNT(struct catalog_row, draft->rows);

    if (!check_row_names(draft))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (i < draft->ids && !rows[i].retired)
            rows[i].identities = identities_of(rows[i].tier);
    return true;
}

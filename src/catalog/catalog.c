#include "config.h"

#include "catalog/catalog.h"

#include <stdio.h>

#include "catalog/draft.h"
#include "steps/normalize_compile.h"
#include "text/utf8.h"

const char *catalog_tier_name(enum tier tier)
{
    switch (tier) {
    case TIER_DEVICE:
        return "device";
    case TIER_INSTALL:
        return "install";
    case TIER_BUILD:
        return "build";
    case TIER_EXACT:
        return "exact";
    case TIER_VOLATILE:
        return "volatile";
    }
    return "";
}

const char *catalog_identity_name(enum identity identity)
{
    switch (identity) {
    case IDENTITY_EXACT:
        return "exact";
    case IDENTITY_BUILD:
        return "build";
    case IDENTITY_INSTALL:
        return "install";
    case IDENTITY_BROWSER:
        return "browser";
    case IDENTITY_DEVICE:
        return "device";
    }
    return "";
}

const char *catalog_plain_name(enum plain type)
{
    switch (type) {
    case PLAIN_NONE:
        break;
    case PLAIN_HASH:
        return "xxh3";
    case PLAIN_U64:
        return "u64";
    case PLAIN_I64:
        return "i64";
    case PLAIN_F64:
        return "f64";
    }
    return "";
}

void catalog_put_label(struct buf *out, const struct catalog *catalog)
{
    buf_put(out, catalog->name);
    buf_putc(out, '-');
    buf_put(out, catalog->version);
    buf_putc(out, ':');
    hash_put64(out, catalog->digest.high);
}

bool draft_refuse_at(struct draft *draft, const struct line *line, size_t cell, size_t offset,
                     const char *what)
{
    struct catalog_fault *fault = draft->fault;

    fault->line = line->number;
    fault->column = line->cells[cell].column + offset;
    snprintf(fault->what, sizeof fault->what, "%s", what);
    return false;
}

bool draft_refuse(struct draft *draft, const struct line *line, size_t cell, const char *what,
                  struct span text)
{
    struct catalog_fault *fault = draft->fault;

    draft_refuse_at(draft, line, cell, 0, what);
    if (text.p) {
        size_t at = strlen(fault->what);
        snprintf(fault->what + at, sizeof fault->what - at, " '%.*s'", (int)utf8_fit(text, 60),
                 (const char *)text.p);
    }
    return false;
}

bool draft_refuse_number(struct draft *draft, const struct line *line, size_t cell,
                         const char *what, uint32_t most)
{
    char text[120];

    snprintf(text, sizeof text, "%s: expected at most %u", what, (unsigned)most);
    return draft_refuse_at(draft, line, cell, 0, text);
}

bool draft_no_memory(struct draft *draft)
{
    *draft->fault = (struct catalog_fault){0, 0, "out of memory"};
    return false;
}

bool draft_name(struct draft *draft, const struct line *line, size_t cell, const char *what)
{
    struct span name = line->cells[cell].text;
    char expected[120];

    snprintf(expected, sizeof expected,
             "expected the name of a %s: not empty, without '=', '!' and '?', not beginning "
             "with '#' or '@'",
             what);
    if (!name.n || name.p[0] == '#' || name.p[0] == '@')
        return draft_refuse_at(draft, line, cell, 0, expected);
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '=' || name.p[i] == '!' || name.p[i] == '?')
            return draft_refuse_at(draft, line, cell, i, expected);
    return true;
}

bool draft_pointer(struct draft *draft, const struct line *line, size_t cell,
                   struct pointer *pointer)
{
    struct fault fault = pointer_parse(pointer, line->cells[cell].text, draft->arena);

    if (fault.status == STATUS_NO_MEMORY)
        return draft_no_memory(draft);
    if (fault.status != STATUS_OK)
        return draft_refuse_at(draft, line, cell, fault.offset, fault_text(fault));
    draft->tokens += (uint32_t)pointer->count;
    return draft->tokens <= CATALOG_TOKENS ||
           draft_refuse_number(draft, line, cell, "too many tokens of pointers",
                               CATALOG_TOKENS);
}

bool draft_add_pointer(struct draft *draft, struct buf *pointers, const struct line *line,
                       size_t cell, struct pointer *pointer)
{
    uint32_t count = DRAFT_COUNT(struct pointer, draft->pointers) +
                     DRAFT_COUNT(struct pointer, draft->excluding);

    if (!draft_pointer(draft, line, cell, pointer))
        return false;
    if (count == CATALOG_POINTERS)
        return draft_refuse_number(draft, line, cell, "too many pointers", CATALOG_POINTERS);
    DRAFT_PUSH(*pointers, pointer);
    return !pointers->failed || draft_no_memory(draft);
}

/* Read all lines into the draft and finish it. */
static bool read_lines(struct draft *draft, struct span text)
{
    struct lines lines = {.text = text};
    struct line line;
    const char *expected;
    int got;

    while ((got = lines_next(&lines, &line, &expected)) > 0) {
        if (line.cells[0].text.n && line.cells[0].text.p[0] == '@') {
            if (!draft_directive(draft, &line))
                return false;
            continue;
        }
        draft->keep_allowed = false;
        if (!draft_row(draft, &line))
            return false;
    }
    if (got < 0)
        return draft_refuse_at(draft, &line, 0, 0, expected);
    if (!draft_finish_directives(draft))
        return false;
    if (draft->rows.failed || draft->texts.failed)
        return draft_no_memory(draft);
    if (!draft->rows.n)
        return draft_refuse(draft, &(struct line){.number = 1, .cells[0].column = 1}, 0,
                            "expected at least one row", span_of(NULL, 0));
    return draft_finish_rows(draft);
}

bool catalog_takes_errors(enum identity identity)
{
    return identity == IDENTITY_BUILD || identity == IDENTITY_EXACT;
}

bool catalog_read(struct catalog *catalog, struct span text, struct arena *arena,
                  struct catalog_fault *fault)
{
    struct draft draft = {.catalog = catalog,
                          .arena = arena,
                          .fault = fault,
                          .items = NORMALIZE_ITEMS,
                          .ids = CATALOG_ROWS};

    *catalog = (struct catalog){.row_count = 0};
    names_init(&draft.group_names, 0, NULL);
    names_init(&draft.carry_names, 0, NULL);
    names_init(&draft.spellings, 0, NULL);
    bool made = read_lines(&draft, text) && (draft_assemble(&draft) || draft_no_memory(&draft));

    struct buf *const bufs[] = {&draft.texts,    &draft.rows,       &draft.row_lines,
                                &draft.pointers, &draft.excluding,  &draft.groups,
                                &draft.roots,    &draft.excludes,   &draft.prefixes,
                                &draft.carries,  &draft.directives, &draft.pipelines,
                                &draft.warnings};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    names_free(&draft.group_names);
    names_free(&draft.carry_names);
    names_free(&draft.spellings);
    return made;
}

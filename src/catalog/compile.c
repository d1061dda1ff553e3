#include "config.h"

#include "catalog/compile.h"

#include "catalog/draft.h"
#include "catalog/stages.h"

static bool is_include(const struct line *line)
{
    return span_equal(line->cells[0].text, span_text("@include"));
}

struct span compile_included(struct span text)
{
    struct lines lines = {.text = text};
    struct line line;

    return lines_next(&lines, &line).status == STATUS_OK && line.count == 2 && is_include(&line)
               ? line.cells[1].text
               : span_of(NULL, 0);
}

static bool read_lines(struct draft *draft, struct span text);

/* LINE is a directive @include, and the first line if FIRST is set. */
static bool read_include(struct draft *draft, const struct line *line, bool first)
{
    const struct compile_include *include = draft->include;

    if (line->count != 2)
        return draft_refuse(draft, line, 0,
                            "expected cells separated by one tab: @include NAME-VERSION|FILE",
                            span_of(NULL, 0));
    if (!include)
        return draft_refuse(draft, line, 0,
                            "expected a catalog that includes no other, for it is included "
                            "itself or built in",
                            span_of(NULL, 0));
    if (!first)
        return draft_refuse(draft, line, 0, "expected as the first line only, once:",
                            line->cells[0].text);
    draft->included = true;
    bool read = read_lines(draft, include->text);
    draft->included = false;
    draft->keep_allowed = false;
    draft->owner = DRAFT_OWNER_NONE;
    draft->own_row = DRAFT_COUNT(struct catalog_row, draft->rows);
    return read && directives_note_include(draft, include->catalog);
}

/* Read all lines of TEXT, of the catalog or of the one that it includes, into the draft. */
static bool read_lines(struct draft *draft, struct span text)
{
    struct lines lines = {.text = text};
    struct line line;

    for (bool first = true;; first = false) {
        struct fault fault = lines_next(&lines, &line);
        if (fault.status != STATUS_OK)
            return draft_fail(draft, fault);
        if (!line.count)
            return true;
        if (is_include(&line)) {
            if (!read_include(draft, &line, first))
                return false;
            continue;
        }
        if (line.cells[0].text.n && line.cells[0].text.p[0] == '@') {
            if (!directives_read(draft, &line))
                return false;
            continue;
        }
        draft->keep_allowed = false;
        if (!rows_read(draft, &line))
            return false;
    }
}

/* Stages 1 to 3: read all lines into the draft. */
static bool read_all_lines(struct draft *draft)
{
    if (!read_lines(draft, draft->text) || !directives_finish(draft))
        return false;
    if (draft->rows.failed || draft->row_offsets.failed || draft->texts.failed)
        return draft_no_memory(draft);
    if (!draft->rows.n)
        return draft_fail(draft, fault_invalid(0, "expected at least one row"));
    return rows_finish(draft) && excludes_match(draft) && sketches_finish(draft);
}

struct fault compile_catalog(struct catalog *catalog, struct span text, struct arena *arena)
{
    return compile_including(catalog, text, NULL, arena);
}

struct fault compile_including(struct catalog *catalog, struct span text,
                               const struct compile_include *include, struct arena *arena)
{
    struct draft draft;

    draft_init(&draft, catalog, text, arena);
    draft.include = include;
    bool made = read_all_lines(&draft) &&
                ((assemble_catalog(&draft) && digest_catalog(&draft, &catalog->digest)) ||
                 draft_no_memory(&draft));
    draft_free(&draft);
    return made ? FAULT_NONE : draft.fault;
}

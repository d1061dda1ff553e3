#include "config.h"

#include "catalog/compile.h"

#include "catalog/draft.h"
#include "catalog/stages.h"

/* Stages 1 to 3: read all lines of the text into the draft. */
static bool read_all_lines(struct draft *draft)
{
    struct lines lines = {.text = draft->text};
    struct line line;

    for (;;) {
        struct fault fault = lines_next(&lines, &line);
        if (fault.status != STATUS_OK)
            return draft_fail(draft, fault);
        if (!line.count)
            break;
        if (line.cells[0].text.n && line.cells[0].text.p[0] == '@') {
            if (!directives_read(draft, &line))
                return false;
            continue;
        }
        draft->keep_allowed = false;
        if (!rows_read(draft, &line))
            return false;
    }
    if (!directives_finish(draft))
        return false;
    if (draft->rows.failed || draft->row_offsets.failed || draft->texts.failed)
        return draft_no_memory(draft);
    if (!draft->rows.n)
        return draft_fail(draft, fault_invalid(0, "expected at least one row"));
    return rows_finish(draft) && excludes_match(draft);
}

struct fault compile_catalog(struct catalog *catalog, struct span text, struct arena *arena)
{
    struct draft draft;

    draft_init(&draft, catalog, text, arena);
    bool made = read_all_lines(&draft) &&
                ((assemble_catalog(&draft) && digest_catalog(&draft, &catalog->digest)) ||
                 draft_no_memory(&draft));
    draft_free(&draft);
    return made ? FAULT_NONE : draft.fault;
}

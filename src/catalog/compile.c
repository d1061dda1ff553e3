#include "config.h"

#include "catalog/compile.h"

#include "catalog/draft.h"
#include "catalog/stages.h"

/* Stages 1 to 3: read all lines of TEXT into the draft. */
static bool read_all_lines(struct draft *draft, struct span text)
{
    struct lines lines = {.text = text};
    struct line line;
    const char *expected;
    int got;

    while ((got = lines_next(&lines, &line, &expected)) > 0) {
        if (line.cells[0].text.n && line.cells[0].text.p[0] == '@') {
            if (!directives_read(draft, &line))
                return false;
            continue;
        }
        draft->keep_allowed = false;
        if (!rows_read(draft, &line))
            return false;
    }
    if (got < 0)
        return draft_refuse_at(draft, &line, 0, 0, expected);
    if (!directives_finish(draft))
        return false;
    if (draft->rows.failed || draft->texts.failed)
        return draft_no_memory(draft);
    if (!draft->rows.n)
        return draft_refuse(draft, &(struct line){.number = 1, .cells[0].column = 1}, 0,
                            "expected at least one row", span_of(NULL, 0));
    return rows_finish(draft) && excludes_match(draft);
}

bool compile_catalog(struct catalog *catalog, struct span text, struct arena *arena,
                     struct catalog_fault *fault)
{
    struct draft draft;

    draft_init(&draft, catalog, arena, fault);
    bool made = read_all_lines(&draft, text) &&
                ((assemble_catalog(&draft) && digest_catalog(&draft, &catalog->digest)) ||
                 draft_no_memory(&draft));
    draft_free(&draft);
    return made;
}

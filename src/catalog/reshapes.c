#include "config.h"

#include "catalog/draft.h"
#include "catalog/stages.h"

/* Add RESHAPE with the pointer in the first cell of LINE, which no other of its kind has. */
static bool add_reshape(struct draft *draft, const struct line *line,
                        const struct catalog_reshape *reshape)
{
    const struct catalog_reshape *others =
        DRAFT_ITEMS(struct catalog_reshape, draft->reshapes);
    const struct pointer *pointers = DRAFT_ITEMS(struct pointer, draft->reshaping);
    struct pointer pointer;

    if (!draft_pointer(draft, line, 1, &pointer))
        return false;
    if (!pointer.count)
        return draft_refuse(draft, line, 1,
                            "expected a pointer into the record, which is an object itself, not",
                            pointer.text);
    for (uint32_t i = 0; i < DRAFT_COUNT(struct catalog_reshape, draft->reshapes); i++)
        if (others[i].json == reshape->json && span_equal(pointers[i].text, pointer.text))
            return draft_refuse(draft, line, 1, "expected each pointer once, not again",
                                pointer.text);
    DRAFT_PUSH(draft->reshapes, reshape);
    DRAFT_PUSH(draft->reshaping, &pointer);
    return (!draft->reshapes.failed && !draft->reshaping.failed) || draft_no_memory(draft);
}

bool reshapes_read_pairs(struct draft *draft, const struct line *line)
{
    struct catalog_reshape reshape = {.lower = line->count == 5,
                                      .key = line->cells[2].text,
                                      .value = line->cells[3].text};

    if (span_equal(reshape.key, reshape.value))
        return draft_refuse(draft, line, 3, "expected another name than that of the key, not",
                            reshape.value);
    if (reshape.lower && !span_equal(line->cells[4].text, span_text("lower")))
        return draft_refuse(draft, line, 4, "expected 'lower' or nothing, not",
                            line->cells[4].text);
    return add_reshape(draft, line, &reshape);
}

bool reshapes_read_json(struct draft *draft, const struct line *line)
{
    return add_reshape(draft, line, &(struct catalog_reshape){.json = true});
}

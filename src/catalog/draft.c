#include "config.h"

#include "catalog/draft.h"

#include <stdio.h>

#include "base/ascii.h"
#include "steps/normalize_compile.h"
#include "text/utf8.h"

void draft_init(struct draft *draft, struct catalog *catalog, struct span text,
                struct arena *arena)
{
    *draft = (struct draft){.catalog = catalog,
                            .text = text,
                            .arena = arena,
                            .items = NORMALIZE_ITEMS,
                            .ids = CATALOG_ROWS};
    *catalog = (struct catalog){.row_count = 0};
    names_init(&draft->group_names, 0, NULL);
    names_init(&draft->carry_names, 0, NULL);
    names_init(&draft->spellings, 0, NULL);
}

void draft_free(struct draft *draft)
{
    struct buf *const bufs[] = {
        &draft->texts,      &draft->rows,        &draft->row_offsets, &draft->pointers,
        &draft->excluding,  &draft->groups,      &draft->roots,       &draft->excludes,
        &draft->prefixes,   &draft->id_pointers, &draft->carrying,    &draft->carries,
        &draft->reshapes,   &draft->reshaping,   &draft->sketches,    &draft->directives,
        &draft->pipelines,  &draft->warnings};

    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    names_free(&draft->group_names);
    names_free(&draft->carry_names);
    names_free(&draft->spellings);
}

bool draft_fail(struct draft *draft, struct fault fault)
{
    draft->fault = fault;
    return false;
}

bool draft_refuse_at(struct draft *draft, const struct line *line, size_t cell, size_t offset,
                     const char *what)
{
    return draft_fail(draft, fault_invalid(line->cells[cell].offset + offset, what));
}

bool draft_refuse(struct draft *draft, const struct line *line, size_t cell, const char *what,
                  struct span text)
{
    size_t offset = line->cells[cell].offset;

    if (!text.p)
        return draft_fail(draft, fault_format(draft->arena, offset, "%s", what));
    return draft_fail(draft, fault_format(draft->arena, offset, "%s '%.*s'", what,
                                          (int)utf8_fit(text, 60), (const char *)text.p));
}

bool draft_refuse_number(struct draft *draft, const struct line *line, size_t cell,
                         const char *what, uint32_t most)
{
    return draft_fail(draft,
                      fault_format(draft->arena, line->cells[cell].offset,
                                   "%s: expected at most %u", what, (unsigned)most));
}

bool draft_number(struct draft *draft, const struct line *line, size_t cell, uint64_t least,
                  uint64_t most, uint64_t *number)
{
    struct span text = line->cells[cell].text;
    uint64_t n = 0;
    bool right = text.n > 0 && (text.n == 1 || text.p[0] != '0');

    for (size_t i = 0; right && i < text.n; i++) {
        uint64_t digit = (uint64_t)(text.p[i] - '0');
        right = ascii_is_digit(text.p[i]) && digit <= most && n <= (most - digit) / 10;
        n = n * 10 + digit;
    }
    *number = n;
    if (right && n >= least)
        return true;
    char what[80];
    snprintf(what, sizeof what, "expected a whole number from %llu to %llu, not",
             (unsigned long long)least, (unsigned long long)most);
    return draft_refuse(draft, line, cell, what, text);
}

bool draft_no_memory(struct draft *draft)
{
    return draft_fail(draft, fault_memory());
}

bool draft_name(struct draft *draft, const struct line *line, size_t cell, const char *what)
{
    struct span name = line->cells[cell].text;
    size_t wrong = 0;

    if (name.n && name.p[0] != '#' && name.p[0] != '@') {
        while (wrong < name.n && name.p[wrong] != '=' && name.p[wrong] != '!' &&
               name.p[wrong] != '?')
            wrong++;
        if (wrong == name.n)
            return true;
    }
    return draft_fail(draft, fault_format(draft->arena, line->cells[cell].offset + wrong,
                                          "expected the name of a %s: not empty, without '=', "
                                          "'!' and '?', not beginning with '#' or '@'",
                                          what));
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

bool draft_plain(struct span text, enum plain *type)
{
    for (enum plain i = PLAIN_U64; i <= PLAIN_F64; i++)
        if (span_equal(text, span_text(catalog_plain_name(i)))) {
            *type = i;
            return true;
        }
    return false;
}

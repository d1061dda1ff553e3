#include "config.h"

#include "catalog/advice.h"

#include "catalog/draft.h"
#include "text/nearest.h"
#include "text/utf8.h"

#define ROW_FORM  "NAME POINTER GROUP TIER [STEPS [FLAGS]]"
#define ROW_LEAST 4
#define ROW_MOST  6

/* Refuse LINE at byte AT of CELL for WHAT, and show the FORM that it should have. */
static bool refuse_form(struct draft *draft, const struct line *line, size_t cell, size_t at,
                        const char *what, const char *form)
{
    return draft_fail(draft, fault_format(draft->arena, line->cells[cell].offset + at,
                                          "%s: expected cells separated by one tab: %s", what,
                                          form));
}

/* Where TEXT has SPACES first; its length if it has none. */
static size_t find_spaces(struct span text, const char *spaces)
{
    size_t i = 0;

    while (i < text.n && !span_begins(span_cut(text, i, text.n), span_text(spaces)))
        i++;
    return i;
}

/* Refuse LINE at the first SPACES in its cells from FROM to before TO. False if
 * these cells have no SPACES. */
static bool find_space(struct draft *draft, const struct line *line, size_t from, size_t to,
                       const char *spaces, const char *form)
{
    for (size_t i = from; i < to; i++) {
        size_t at = find_spaces(line->cells[i].text, spaces);
        if (at == line->cells[i].text.n)
            continue;
        refuse_form(draft, line, i, at, "spaces do not separate cells", form);
        return true;
    }
    return false;
}

/* Refuse LINE at the first empty one of its cells from FROM to before TO. False if none is. */
static bool find_empty(struct draft *draft, const struct line *line, size_t from, size_t to,
                       const char *form)
{
    for (size_t i = from; i < to; i++) {
        if (line->cells[i].text.n)
            continue;
        refuse_form(draft, line, i, 0, "an empty cell, for there are two tabs", form);
        return true;
    }
    return false;
}

static bool is_tier(struct span text)
{
    for (int i = 0; i < TIERS; i++)
        if (span_equal(text, span_text(identity_tier_name(i))))
            return true;
    return false;
}

/* LINE has too few cells. Refuse it where a space looks most like a tab: several spaces, or one
 * before a pointer; else one in the last cell, which has more than one cell should. Names may have
 * spaces, so one elsewhere is the mistake only in a line that is whole otherwise, up to its tier.
 * Without such a space it is refused at its end. */
static void refuse_short(struct draft *draft, const struct line *line, const char *form)
{
    size_t last = line->count - 1;
    const struct cell *cell = &line->cells[last];

    if (find_space(draft, line, 0, line->count, "  ", form) ||
        find_space(draft, line, 0, line->count, " /", form) ||
        find_space(draft, line, last, line->count, " ", form) ||
        (is_tier(cell->text) && find_space(draft, line, 0, last, " ", form)))
        return;
    refuse_form(draft, line, last, cell->text.n, "a cell is missing at the end", form);
}

/* LINE has more than MOST cells. Of those before cell number FILLED none should be empty. */
static void refuse_long(struct draft *draft, const struct line *line, size_t filled, size_t most,
                        const char *form)
{
    if (!find_empty(draft, line, 1, filled, form))
        refuse_form(draft, line, most, 0, "a cell too many", form);
}

bool advice_row(struct draft *draft, const struct line *line)
{
    if (line->count < ROW_LEAST)
        refuse_short(draft, line, ROW_FORM);
    else
        refuse_long(draft, line, ROW_LEAST, ROW_MOST, ROW_FORM);
    return false;
}

bool advice_directive(struct draft *draft, const struct line *line, size_t most,
                      const char *form)
{
    if (line->count <= most)
        refuse_short(draft, line, form);
    else
        refuse_long(draft, line, line->count, most, form);
    return false;
}

bool advice_spaced(struct draft *draft, const struct line *line, const char *name,
                   const char *form)
{
    struct span text = line->cells[0].text, word = span_text(name);

    return span_begins(text, word) && text.n > word.n && text.p[word.n] == ' ' &&
           find_space(draft, line, 0, 1, " ", form);
}

/* Does TEXT end with a space and a tier? */
static bool ends_with_tier(struct span text)
{
    size_t i = text.n;

    while (i > 0 && text.p[i - 1] != ' ')
        i--;
    return i > 0 && is_tier(span_cut(text, i, text.n));
}

bool advice_shifted(struct draft *draft, const struct line *line, size_t tier)
{
    if (line->count > tier + 1 && is_tier(line->cells[tier + 1].text) &&
        find_empty(draft, line, 1, tier + 1, ROW_FORM))
        return true;
    for (size_t i = 0; i < tier; i++)
        if (ends_with_tier(line->cells[i].text))
            return find_space(draft, line, i, i + 1, " ", ROW_FORM);
    return false;
}

bool advice_unknown(struct draft *draft, const struct line *line, size_t cell, const char *what,
                    const struct nearest *nearest)
{
    struct span text = line->cells[cell].text, found = nearest->found;

    if (!found.n)
        return draft_refuse(draft, line, cell, what, text);
    return draft_fail(draft, fault_format(draft->arena, line->cells[cell].offset,
                                          "%s '%.*s'; did you mean %.*s", what,
                                          (int)utf8_fit(text, 40), (const char *)text.p,
                                          (int)found.n, (const char *)found.p));
}

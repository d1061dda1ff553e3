#include "config.h"

#include "run/diff_rules.h"

#include <stdlib.h>

const char *diff_kind_name(enum diff_kind kind)
{
    switch (kind) {
    case DIFF_ID:
        return "id";
    case DIFF_GROUP:
        return "group";
    case DIFF_SIGNAL:
        return "signal";
    case DIFF_RECORDS:
        return "records";
    }
    return "";
}

static bool add(struct diff_rules *rules, struct span text, struct budget budget)
{
    struct diff_rule *items = realloc(rules->items, (rules->count + 1) * sizeof *items);
    struct diff_rule rule = {.kind = DIFF_SIGNAL, .name = text, .budget = budget, .text = text};

    if (!items)
        return false;
    rules->items = items;
    for (enum diff_kind kind = 0; kind < DIFF_KINDS; kind++) {
        struct span name = span_text(diff_kind_name(kind));
        if (span_begins(text, name) && text.n > name.n && text.p[name.n] == ':') {
            rule.kind = kind;
            rule.name = span_cut(text, name.n + 1, text.n);
        }
    }
    if (rule.name.n && rule.name.p[rule.name.n - 1] == '*') {
        rule.prefix = true;
        rule.name.n--;
    }
    rules->items[rules->count++] = rule;
    return true;
}

static const struct budget any = {.millionths = 1000000, .share = true};

bool diff_rules_add_list(struct diff_rules *rules, struct span list)
{
    for (size_t from = 0; from <= list.n;) {
        size_t end = from;
        while (end < list.n && list.p[end] != ',')
            end++;
        if (end > from && !add(rules, span_cut(list, from, end), any))
            return false;
        from = end + 1;
    }
    return true;
}

/* One line without its end; what is wrong at *COLUMN. */
static const char *read_line(struct diff_rules *rules, struct span text, uint64_t *column)
{
    struct budget budget = any;
    size_t tab = 0;

    *column = 1;
    while (tab < text.n && text.p[tab] != '\t')
        tab++;
    if (tab == 0)
        return "expected a name, a tab, and how many records may differ: N or P%";
    *column = tab + 2;
    if (tab < text.n && !budget_read(&budget, span_cut(text, tab + 1, text.n)))
        return "expected a number of records, or a share such as 0.5%";
    return add(rules, span_cut(text, 0, tab), budget) ? NULL : "out of memory";
}

const char *diff_rules_read(struct diff_rules *rules, struct span text, uint64_t *line,
                            uint64_t *column)
{
    *line = 0;
    for (size_t from = 0; from < text.n;) {
        size_t end = from;
        while (end < text.n && text.p[end] != '\n')
            end++;
        size_t stop = end > from && text.p[end - 1] == '\r' ? end - 1 : end;
        ++*line;
        if (stop > from && text.p[from] != '#') {
            const char *wrong = read_line(rules, span_cut(text, from, stop), column);
            if (wrong)
                return wrong;
        }
        from = end + 1;
    }
    return NULL;
}

void diff_rules_free(struct diff_rules *rules)
{
    free(rules->items);
    *rules = (struct diff_rules){NULL, 0};
}

static bool matches(const struct diff_rule *rule, enum diff_kind kind, struct span name)
{
    return rule->kind == kind &&
           (rule->prefix ? span_begins(name, rule->name) : span_equal(name, rule->name));
}

bool diff_rules_find(const struct diff_rules *rules, enum diff_kind kind, struct span name)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (matches(&rules->items[i], kind, name))
            return true;
    return false;
}

void diff_rules_use(struct diff_rules *rules, enum diff_kind kind, struct span name)
{
    for (uint32_t i = 0; i < rules->count; i++)
        rules->items[i].used |= matches(&rules->items[i], kind, name);
}

bool diff_rules_allow(const struct diff_rules *rules, enum diff_kind kind, struct span name,
                      uint64_t count, uint64_t all)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (matches(&rules->items[i], kind, name) &&
            budget_allows(&rules->items[i].budget, count, all))
            return true;
    return false;
}

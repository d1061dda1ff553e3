#include "config.h"

#include "diff/rules.h"

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

static bool grow_rules(struct diff_rules *rules)
{
    uint32_t room = rules->room ? rules->room * 2 : 16;
    struct diff_rule *items = room > UINT32_MAX / 2 ? NULL
                                                    : quota_realloc(rules->quota, rules->items,
                                                                    rules->room * sizeof *items,
                                                                    room * sizeof *items);

    if (!items)
        return false;
    rules->items = items;
    rules->room = room;
    return true;
}

bool diff_rules_add(struct diff_rules *rules, struct span text, struct diff_tolerance tolerance)
{
    struct diff_rule rule = {
        .kind = DIFF_SIGNAL, .name = text, .tolerance = tolerance, .text = text};

    if (rules->count == rules->room && !grow_rules(rules))
        return false;
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

bool diff_rules_index(struct diff_rules *rules)
{
    return diff_rule_index_make(&rules->index, rules->items, rules->count, rules->quota);
}

bool diff_rules_add_list(struct diff_rules *rules, struct span list)
{
    for (size_t from = 0; from <= list.n;) {
        size_t end = from;
        while (end < list.n && list.p[end] != ',')
            end++;
        if (end > from && !diff_rules_add(rules, span_cut(list, from, end), DIFF_ANY_NUMBER))
            return false;
        from = end + 1;
    }
    return diff_rules_index(rules);
}

void diff_rules_free(struct diff_rules *rules)
{
    diff_rule_index_free(&rules->index, rules->quota);
    quota_free(rules->quota, rules->items, rules->room * sizeof *rules->items);
    *rules = (struct diff_rules){.quota = rules->quota};
}

bool diff_rules_find(const struct diff_rules *rules, enum diff_kind kind, struct span name)
{
    uint32_t found = diff_rule_index_find(&rules->index, kind, name);

    return diff_rule_index_matches(&rules->index, found, name);
}

void diff_rules_use(struct diff_rules *rules, enum diff_kind kind, struct span name)
{
    uint32_t found = diff_rule_index_find(&rules->index, kind, name);

    diff_rule_index_use(&rules->index, rules->items, found, name);
}

bool diff_rules_allow(const struct diff_rules *rules, enum diff_kind kind, struct span name,
                      uint64_t count, uint64_t all)
{
    uint32_t found = diff_rule_index_find(&rules->index, kind, name);

    return diff_rule_index_allows(&rules->index, found, name, count, all);
}

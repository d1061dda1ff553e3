#include "config.h"

#include "diff/expect.h"

#include "base/ascii.h"
#include "base/fault.h"
#include "diff/rules.h"

static bool has_digit(struct span text, size_t at)
{
    return at < text.n && ascii_is_digit(text.p[at]);
}

bool diff_expect_tolerance(struct diff_tolerance *tolerance, struct span text)
{
    uint64_t n = 0, scale = 10000;
    size_t at = 0;

    for (; has_digit(text, at) && n < UINT32_MAX; at++)
        n = n * 10 + (uint64_t)(text.p[at] - '0');
    bool right = at > 0 && n <= UINT32_MAX;
    *tolerance = (struct diff_tolerance){.share = text.n && text.p[text.n - 1] == '%'};
    if (tolerance->share && right && text.p[at] == '.')
        for (at++, right = has_digit(text, at); has_digit(text, at) && scale > 1;
             at++, scale /= 10)
            n = n * 10 + (uint64_t)(text.p[at] - '0');
    tolerance->count = n;
    tolerance->millionths = n * scale;
    if (tolerance->share)
        return right && at + 1 == text.n && tolerance->millionths <= 1000000;
    return right && at == text.n;
}

bool diff_expect_allows(const struct diff_tolerance *tolerance, uint64_t count, uint64_t all)
{
    if (!tolerance->share)
        return count <= tolerance->count;
    return (double)count * 1e6 <= (double)tolerance->millionths * (double)all;
}

/* Add the rule of one line without its end, TEXT, which begins at byte START of the file. */
static struct fault read_rule(struct diff_rules *rules, struct span text, size_t start)
{
    struct diff_tolerance tolerance = DIFF_ANY_NUMBER;
    size_t tab = 0;

    while (tab < text.n && text.p[tab] != '\t')
        tab++;
    if (tab == 0)
        return fault_invalid(
            start, "expected a name, a tab, and how many records may differ: N or P%");
    if (tab < text.n && !diff_expect_tolerance(&tolerance, span_cut(text, tab + 1, text.n)))
        return fault_invalid(start + tab + 1,
                             "expected a number of records, or a share such as 0.5%");
    return diff_rules_add(rules, span_cut(text, 0, tab), tolerance) ? FAULT_NONE
                                                                    : quota_fault(rules->quota);
}

struct fault diff_expect_read(struct diff_rules *rules, struct span text)
{
    for (size_t from = 0; from < text.n;) {
        size_t end = from;
        while (end < text.n && text.p[end] != '\n')
            end++;
        size_t stop = end > from && text.p[end - 1] == '\r' ? end - 1 : end;
        if (stop > from && text.p[from] != '#') {
            struct fault fault = read_rule(rules, span_cut(text, from, stop), from);
            if (fault.status != STATUS_OK)
                return fault;
        }
        from = end + 1;
    }
    return diff_rules_index(rules) ? FAULT_NONE : quota_fault(rules->quota);
}

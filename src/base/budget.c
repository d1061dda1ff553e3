#include "config.h"

#include "base/budget.h"

#include "base/ascii.h"

static bool has_digit(struct span text, size_t at)
{
    return at < text.n && ascii_is_digit(text.p[at]);
}

bool budget_read(struct budget *budget, struct span text)
{
    uint64_t n = 0, scale = 10000;
    size_t at = 0;

    for (; has_digit(text, at) && n < UINT32_MAX; at++)
        n = n * 10 + (uint64_t)(text.p[at] - '0');
    bool right = at > 0 && n <= UINT32_MAX;
    *budget = (struct budget){.share = text.n && text.p[text.n - 1] == '%'};
    if (budget->share && right && text.p[at] == '.')
        for (at++, right = has_digit(text, at); has_digit(text, at) && scale > 1;
             at++, scale /= 10)
            n = n * 10 + (uint64_t)(text.p[at] - '0');
    budget->count = n;
    budget->millionths = n * scale;
    if (budget->share)
        return right && at + 1 == text.n && budget->millionths <= 1000000;
    return right && at == text.n;
}

bool budget_allows(const struct budget *budget, uint64_t count, uint64_t all)
{
    if (!budget->share)
        return count <= budget->count;
    return (double)count * 1e6 <= (double)budget->millionths * (double)all;
}

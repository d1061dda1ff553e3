#include "config.h"

#include "diff/expect.h"

#include "base/ascii.h"

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

#include "config.h"

#include "text/nearest.h"

#include "base/ascii.h"

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One more row of the table of distances: those of the first I bytes of A from each beginning of
 * B. Above it are LAST, and above that BEFORE. Returns the least of them. */
static size_t next_distances(struct span a, size_t i, struct span b, const size_t *before,
                             const size_t *last, size_t *row)
{
    size_t least = row[0] = i;
    unsigned char c = ascii_lower(a.p[i - 1]);

    for (size_t k = 1; k <= b.n; k++) {
        unsigned char d = ascii_lower(b.p[k - 1]);
        row[k] = least_of(least_of(last[k], row[k - 1]) + 1, last[k - 1] + (c != d));
        if (i > 1 && k > 1 && c == ascii_lower(b.p[k - 2]) && ascii_lower(a.p[i - 2]) == d)
            row[k] = least_of(row[k], before[k - 2] + 1);
        least = least_of(least, row[k]);
    }
    return least;
}

size_t nearest_distance(struct span a, struct span b, size_t most)
{
    size_t rows[3][NEAREST_BYTES + 1];
    size_t apart = a.n > b.n ? a.n - b.n : b.n - a.n;

    if (a.n > NEAREST_BYTES || b.n > NEAREST_BYTES || apart > most)
        return most + 1;
    for (size_t k = 0; k <= b.n; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= a.n; i++)
        if (next_distances(a, i, b, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]) > most)
            return most + 1;
    return rows[a.n % 3][b.n];
}

struct nearest nearest_begin(struct span wanted)
{
    return (struct nearest){.wanted = wanted,
                            .distance = wanted.n > 1 ? (wanted.n + 2) / 3 + 1 : 1};
}

void nearest_offer(struct nearest *nearest, struct span word)
{
    if (nearest->distance == 0)
        return;
    size_t distance = nearest_distance(nearest->wanted, word, nearest->distance - 1);
    if (distance >= nearest->distance)
        return;
    nearest->distance = distance;
    nearest->found = word;
}

/*
 * floor ROW: the part of the job that no program can do without, for the rows "the floor".
 *
 * Each line of stdin is read, its end found, and each of its bytes compared with one byte that
 * is known from an earlier line; 65 values are hashed anew, the hashes of 1,363 signals go into
 * groups and five identities, and ROW bytes are written. No line is validated, nothing is looked
 * up, the place of no signal is known, and the earlier line is simply the one before: what whorl
 * costs more than this is what finding and checking costs.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#define BLOCK ((size_t)256 << 10)
#define LONGEST ((size_t)4 << 20)
#define SIGNALS 1363
#define NEW_VALUES 65 /* by which two visits of one browser differ in bench-inputs */
#define VALUE 32      /* bytes of one, about */
#define GROUPS 40

/* How many signals each of the five identities has, and so how many hashes it is made of. */
static const size_t identities[] = {1324, 880, 95, 86, 9};

static uint64_t hashes[SIGNALS];

/* The bytes in which A and B, of N bytes, differ. */
static size_t differences(const unsigned char *a, const unsigned char *b, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += a[i] != b[i];
    return count;
}

/* The row of LINE: something that depends on all that was compared and hashed. */
static void make_row(unsigned char *row, size_t n, const unsigned char *line, size_t length,
                     size_t different)
{
    XXH128_hash_t folded = {different, length};

    for (size_t i = 0; i < NEW_VALUES && (i + 1) * VALUE <= length; i++)
        hashes[i * 20] = XXH3_64bits(line + i * VALUE, VALUE);
    for (size_t i = 0; i < sizeof identities / sizeof *identities; i++)
        folded.low64 ^= XXH3_128bits(hashes, identities[i] * sizeof *hashes).low64;
    for (size_t i = 0; i < GROUPS; i++)
        folded.high64 ^= XXH3_64bits(hashes + i * (SIGNALS / GROUPS),
                                     SIGNALS / GROUPS * sizeof *hashes);
    size_t copied = n < sizeof hashes ? n : sizeof hashes;
    memcpy(row, hashes, copied);
    memcpy(row, &folded, n < sizeof folded ? n : sizeof folded);
}

static void write_all(const unsigned char *bytes, size_t n)
{
    for (ssize_t done; n > 0; bytes += done, n -= (size_t)done)
        if ((done = write(1, bytes, n)) < 0)
            exit(2);
}

int main(int argc, char **argv)
{
    size_t stride = argc == 2 ? strtoul(argv[1], NULL, 10) : 0, have = 0, rows = 0;
    unsigned char *in = malloc(LONGEST + BLOCK), *earlier = calloc(1, LONGEST), *out;
    const size_t room = stride ? BLOCK / stride + 1 : 0;

    if (!stride || !in || !earlier || !(out = calloc(room, stride))) {
        fputs("usage: floor ROW <LINES\n", stderr);
        return 2;
    }
    for (ssize_t got; have < LONGEST && (got = read(0, in + have, BLOCK)) > 0;) {
        unsigned char *line = in, *end;
        size_t seen = have;

        have += (size_t)got;
        while ((end = memchr(line < in + seen ? in + seen : line, '\n',
                             (size_t)(in + have - (line < in + seen ? in + seen : line))))) {
            size_t length = (size_t)(end - line);
            make_row(out + rows++ * stride, stride, line, length,
                     differences(line, earlier, length));
            memcpy(earlier, line, length);
            line = end + 1;
            if (rows == room) {
                write_all(out, rows * stride);
                rows = 0;
            }
        }
        have -= (size_t)(line - in);
        memmove(in, line, have);
    }
    write_all(out, rows * stride);
    return 0;
}

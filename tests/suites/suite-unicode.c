#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "text/hash.h"
#include "text/unicode.h"
#include "text/utf8.h"

/* Published vectors for Unicode, UTF-8 and XXH3; argv[1] is the directory they are in. Each
 * test knows how many cases its file has, so that a file cut short fails. */

static const char *directory;
static struct arena arena;

#define CELLS 8

/* The whole file NAME in the directory, to be freed; empty after a failed CHECK. */
static struct span load(const char *name)
{
    char path[4096];
    unsigned char *p = NULL;
    size_t n = 0, size = 0;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    CHECK(file);
    while (file && !feof(file) && !ferror(file)) {
        if (n == size && !(p = realloc(p, size = 2 * size + 65536)))
            abort();
        n += fread(p + n, 1, size - n, file);
    }
    if (file) {
        CHECK(!ferror(file));
        fclose(file);
    }
    return span_of(p, n);
}

static void unload(struct span s)
{
    free((void *)(uintptr_t)s.p);
}

/* Cut what comes before the first BYTE off *S; BYTE goes too. */
static struct span cut(struct span *s, char byte)
{
    const unsigned char *at = s->n ? memchr(s->p, byte, s->n) : NULL;
    size_t n = at ? (size_t)(at - s->p) : s->n;
    struct span before = span_of(s->p, n);

    *s = at ? span_cut(*s, n + 1, s->n) : span_of(NULL, 0);
    return before;
}

/* The next line that is neither empty nor a comment, cut at BYTE into cells; false at the
 * end. Cells it does not have are empty. */
static bool row(struct span *text, char byte, struct span *cells)
{
    while (text->n) {
        struct span line = cut(text, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        for (size_t i = 0; i < CELLS; i++)
            cells[i] = cut(&line, byte);
        return true;
    }
    return false;
}

/* The bytes that the hex digits of S mean, in the arena; spaces do not count. */
static struct span unhex(struct span s)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    unsigned char *p = arena_take(&arena, s.n / 2 + 1);
    size_t n = 0;

    if (!p)
        abort();
    for (size_t i = 0; i < s.n; i++) {
        const char *digit = s.p[i] ? strchr(digits, s.p[i]) : NULL;
        if (s.p[i] == ' ')
            continue;
        CHECK(digit);
        unsigned value = digit ? (unsigned)(digit - digits) : 0;
        value -= value > 15 ? 6 : 0;
        if (n % 2 == 0)
            p[n / 2] = (unsigned char)(value << 4);
        else
            p[n / 2] = (unsigned char)(p[n / 2] | value);
        n++;
    }
    CHECK(n % 2 == 0);
    return span_of(p, n / 2);
}

static bool is(struct span cell, const char *text)
{
    return span_equal(cell, span_text(text));
}

UNIT_TEST(random_texts_have_the_normal_forms_that_icu_gives_them)
{
    struct span file = load("icu_random_normalization_5k.tsv"), rest = file, cells[CELLS];
    size_t rows = 0;

    while (row(&rest, '\t', cells)) {
        struct span text[5];
        for (size_t i = 0; i < 5; i++)
            text[i] = unhex(cells[i]);
        struct span folded = unicode_fold(text[0], &arena);
        for (int form = 0; form < 4; form++)
            CHECK_SPAN(unicode_normalize((enum unicode_form)form, text[0], &arena),
                       text[1 + form]);
        for (int equal = 1; equal <= 2; equal++) { /* its NFC and NFD */
            for (int form = 0; form < 4; form++)
                CHECK_SPAN(unicode_normalize((enum unicode_form)form, text[equal], &arena),
                           text[1 + form]);
            CHECK_SPAN(unicode_fold(text[equal], &arena), folded);
        }
        arena_reset(&arena);
        rows++;
    }
    CHECK(rows == 5000);
    unload(file);
}

/* What is left of S without the bytes that begin no well-formed sequence. */
static struct span well_formed(struct span s)
{
    unsigned char *p = arena_take(&arena, s.n + 1);
    size_t n = 0;

    if (!p)
        abort();
    while (s.n) {
        size_t sequence = utf8_sequence(s);
        memcpy(p + n, s.p, sequence);
        n += sequence;
        s = span_cut(s, sequence ? sequence : 1, s.n);
    }
    return span_of(p, n);
}

UNIT_TEST(utf8tests_are_taken_and_refused_as_they_say)
{
    struct span file = load("utf8tests/utf8tests.txt"), rest = file, cells[CELLS];
    size_t valid = 0, invalid = 0;

    while (row(&rest, ':', cells)) {
        struct span kind = unicode_trim(cells[1]), skipped = unicode_trim(cells[3]);
        bool plain = is(kind, "valid"), good = plain || is(kind, "valid hex");
        struct span bytes = plain ? cells[2] : unhex(cells[2]);
        CHECK(good || is(kind, "invalid hex"));
        if (good)
            skipped = bytes;
        else
            skipped = is(skipped, "nothing") ? span_of("", 0) : unhex(skipped);
        CHECK_SPAN(well_formed(bytes), skipped);
        CHECK(good || bytes.n > skipped.n);
        valid += good;
        invalid += !good;
        arena_reset(&arena);
    }
    CHECK(valid == 77);
    CHECK(invalid == 145);
    unload(file);
}

/* The rows of FILE that whorl's functions cover: no secret; for 128 bits, no seed. How many. */
static size_t check_vectors(const char *name)
{
    struct span buffer = load("xxhash/sanity_buffer.bin");
    struct span file = load(name), rest = file, cells[CELLS];
    struct buf got = BUF_EMPTY;
    size_t rows = 0;

    while (row(&rest, '\t', cells)) {
        size_t n = 0;
        for (size_t i = 0; i < cells[2].n; i++)
            n = n * 10 + (size_t)(cells[2].p[i] - '0');
        CHECK(n <= buffer.n);
        uint64_t seed = 0;
        struct span digits = unhex(cells[3]);
        for (size_t i = 0; i < digits.n; i++)
            seed = seed << 8 | digits.p[i];
        bool wide = is(cells[0], "XXH3_128");
        CHECK(wide || is(cells[0], "XXH3_64"));
        arena_reset(&arena);
        if (n > buffer.n || !is(cells[1], "0") || (wide && seed))
            continue;

        struct span input = span_of(buffer.p, n);
        buf_clear(&got);
        if (wide)
            hash_put128(&got, hash128(input));
        else if (seed)
            hash_put64(&got, hash_seeded(input, seed));
        else
            hash_put64(&got, hash64(input));
        CHECK_SPAN(buf_span(&got), cells[4]);
        if (!wide && !seed)
            CHECK(hash_seeded(input, 0) == hash64(input));
        rows++;
    }
    buf_free(&got);
    unload(file);
    unload(buffer);
    return rows;
}

UNIT_TEST(xxh3_of_the_vectors_of_0_8_1)
{
    CHECK(check_vectors("xxhash/xxh3_vectors_0.8.1.tsv") == 13 + 13 + 13);
}

UNIT_TEST(xxh3_of_every_length_to_4160)
{
    CHECK(check_vectors("xxhash/xxh3_vectors_0.8.3.tsv") == 3 * 4161);
}

/* Equal hashes are not equal data: these are the reason that nothing may think so. */
UNIT_TEST(xxh3_64_known_collisions_collide)
{
    struct span file = load("xxhash/xxh3_64_known_collisions.tsv"), rest = file, cells[CELLS];
    struct buf got = BUF_EMPTY;
    size_t rows = 0;

    while (row(&rest, '\t', cells)) {
        struct span input = unhex(cells[0]);
        buf_clear(&got);
        hash_put64(&got, hash64(input));
        CHECK_SPAN(buf_span(&got), cells[1]);
        buf_clear(&got);
        hash_put128(&got, hash128(input));
        CHECK_SPAN(buf_span(&got), cells[2]);
        CHECK_TEXT(cells[1], "96d51f45424a82ff");
        arena_reset(&arena);
        rows++;
    }
    CHECK(rows == 8);
    buf_free(&got);
    unload(file);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: suite-unicode DIR\n");
        return 2;
    }
    directory = argv[1];
    int status = unit_run();
    arena_free(&arena);
    return status;
}

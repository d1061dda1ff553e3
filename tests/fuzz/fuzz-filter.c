/*
 * fuzz-filter: the whole filter, with two threads, and with one thread and no cache.
 *
 * The letters choose options, by the table below. The first part is a catalog, the others are
 * files. All output must be the same: standard output and error, exit status, file, rejects,
 * dictionary (except repeated lines) and statistics (except the time). And the numbers must agree:
 * each line that is not blank is a record or a reject. TSV has as many cells in each line.
 */
#include "config.h"

#include "json/validate.h"
#include "program.h"

#define FILES 5

static const struct {
    char letter;
    const char *option;
} options[] = {
    {'a', "--format=arrow"},
    {'b', "--format=binary"},
    {'x', "--fact-text=3"},
    {'d', "--max-depth=4"},
    {'h', "--no-header"},
    {'l', "--max-record=60"},
    {'m', "--max-rejects=1"},
    {'n', "--max-values=12"},
    {'p', "--max-rejects=50%"},
    {'r', "--reveal"},
    {'v', "--verbose"},
    {'s', "--select=id,carry,facts,present,errors,groups,sketch,signals,values,states"},
    {'k', "--select=+sketch"},
    {'t', "--format=tsv"},
    {'f', "--select=file,line,id,carry,facts,ids,vector,values,states"},
};

/* What a run leaves. */
struct left {
    struct program program;
    struct buf file, rejects, dictionary, stats;
};

static void add_options(struct program *p, struct span letters)
{
    const char *directory = program_directory();

    program_add(p, "--catalog=%s/catalog", directory);
    program_add(p, "--rejects=%s/rejects", directory);
    program_add(p, "--stats=%s/stats", directory);
    if (fuzz_has(letters, 'o'))
        program_add(p, "--output=%s/file", directory);
    if (fuzz_has(letters, 'w'))
        program_add(p, "--dictionary=%s/dictionary", directory);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (fuzz_has(letters, options[i].letter))
            program_add(p, "%s", options[i].option);
}

/* Write the parts of REST as files; how many there are. */
static int write_files(struct span rest)
{
    int count = 0;

    program_write("catalog", fuzz_part(&rest));
    do {
        char name[] = {(char)('0' + count), 0};
        program_write(name, fuzz_part(&rest));
        count++;
    } while (rest.n && count < FILES);
    return count;
}

static void run_filter(struct left *left, struct span letters, int files, const char *how)
{
    struct program *p = &left->program;

    *left = (struct left){.program = {.count = 0}};
    add_options(p, letters);
    program_add(p, "%s", how);
    if (strcmp(how, "-j1") == 0)
        program_add(p, "--no-cache");
    for (int i = 0; i < files; i++)
        program_add(p, "%s/%d", program_directory(), i);
    program_run(p);
    program_read("file", &left->file);
    program_read("rejects", &left->rejects);
    program_read("dictionary", &left->dictionary);
    program_read("stats", &left->stats);
}

static void forget(struct left *left)
{
    program_free(&left->program);
    buf_free(&left->file);
    buf_free(&left->rejects);
    buf_free(&left->dictionary);
    buf_free(&left->stats);
}

/* The number that the member NAME of the statistics is. */
static uint64_t count_of(const struct left *left, const char *name)
{
    struct span text = buf_span(&left->stats), sign = span_text(name);
    uint64_t count = 0;

    while (text.n && !span_begins(text, sign))
        text = span_cut(text, 1, text.n);
    REQUIRE(text.n > sign.n);
    for (size_t i = sign.n; text.p[i] >= '0' && text.p[i] <= '9'; i++)
        count = count * 10 + text.p[i] - '0';
    return count;
}

/* Take the time out of the statistics: the number after "seconds". */
static void drop_time(struct buf *stats)
{
    static const char name[] = "\"seconds\":";
    struct span all = buf_span(stats);
    struct buf timeless = BUF_EMPTY;
    unsigned char *at = all.n ? memmem(all.p, all.n, name, strlen(name)) : NULL;
    size_t from = at ? (size_t)(at - all.p) + strlen(name) : all.n, to = from;

    while (to < all.n && all.p[to] != ',')
        to++;
    buf_put(&timeless, span_cut(all, 0, from));
    buf_put(&timeless, span_cut(all, to, all.n));
    buf_free(stats);
    *stats = timeless;
}

static int compare_lines(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* The lines of BYTES sorted, each once. */
static void sort_lines(struct buf *bytes)
{
    struct buf lines = BUF_EMPTY, sorted = BUF_EMPTY;
    struct span rest = buf_span(bytes), line, last = span_of("", 0);

    while (rest.n) {
        line = fuzz_line(&rest);
        buf_put(&lines, span_of(&line, sizeof line));
    }
    if (lines.n)
        qsort(lines.p, lines.n / sizeof line, sizeof line, compare_lines);
    for (size_t at = 0; at < lines.n; at += sizeof line) {
        memcpy(&line, lines.p + at, sizeof line);
        if (!span_equal(line, last)) {
            buf_put(&sorted, line);
            buf_putc(&sorted, '\n');
        }
        last = line;
    }
    buf_free(&lines);
    buf_free(bytes);
    *bytes = sorted;
}

/* The lines of all files that are not blank; false if a file may be compressed. */
static bool count_lines(struct span rest, uint64_t *count)
{
    *count = 0;
    fuzz_part(&rest);
    for (int i = 0; rest.n && i < FILES; i++) {
        struct span part = fuzz_part(&rest);
        if (part.n && !memchr("{[ \t\r\n\xEF", part.p[0], 8))
            return false;
        if (span_begins(part, span_text("\xEF\xBB\xBF")))
            part = span_cut(part, 3, part.n);
        while (part.n) {
            struct span line = fuzz_line(&part);
            while (line.n && memchr(" \t\r", line.p[0], 3))
                line = span_cut(line, 1, line.n);
            *count += line.n > 0;
        }
    }
    return true;
}

/* Each line of the output must be JSON. */
static uint64_t check_lines(struct span out)
{
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    uint64_t count = 0;

    for (; out.n; count++) {
        struct json_counts counts;
        struct span line = fuzz_line(&out);
        REQUIRE(validate(line, &limits, &counts).status == STATUS_OK);
    }
    return count;
}

/* Each line of a table must have as many tabs as the first one, and no CR or NUL. */
static uint64_t check_table(struct span out)
{
    uint64_t count = 0, tabs = 0;

    for (; out.n; count++) {
        struct span line = fuzz_line(&out);
        uint64_t more = 0;
        for (size_t i = 0; i < line.n; i++) {
            more += line.p[i] == '\t';
            REQUIRE(line.p[i] != '\r' && line.p[i] != '\0');
        }
        tabs = count ? tabs : more;
        REQUIRE(more == tabs);
    }
    return count;
}

/* What LEFT says of the files in REST. */
static void check_sum(const struct left *left, struct span letters, struct span rest)
{
    uint64_t lines, expected;
    const struct buf *out = fuzz_has(letters, 'o') ? &left->file : &left->program.out;

    if (left->program.status == 2)
        return;
    lines = count_of(left, "\"lines\":");
    uint64_t records = count_of(left, "\"records\":");
    uint64_t rejects = count_of(left, "\"rejects\":");
    uint64_t allowed = fuzz_has(letters, 'm') ? 1 : 0;
    if (fuzz_has(letters, 'p') && !fuzz_has(letters, 'm'))
        allowed = lines / 2;
    REQUIRE(lines == records + rejects);
    REQUIRE((left->program.status == 1) == (rejects > allowed));
    REQUIRE((left->rejects.n > 0) == (rejects > 0));
    if (!fuzz_has(letters, 'l') && count_lines(rest, &expected))
        REQUIRE(lines == expected);
    if (fuzz_has(letters, 't'))
        REQUIRE(check_table(buf_span(out)) == records + !fuzz_has(letters, 'h'));
    else if (!fuzz_has(letters, 'b') && !fuzz_has(letters, 'a'))
        REQUIRE(check_lines(buf_span(out)) == records);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = span_of(data, size), letters = fuzz_line(&rest);
    int files = write_files(rest);
    struct left two, one;

    run_filter(&two, letters, files, "-j2");
    run_filter(&one, letters, files, "-j1");
    drop_time(&two.stats);
    drop_time(&one.stats);
    sort_lines(&two.dictionary);
    sort_lines(&one.dictionary);
    REQUIRE_EQUAL(buf_span(&two.program.err), buf_span(&one.program.err));
    REQUIRE_EQUAL(buf_span(&two.program.out), buf_span(&one.program.out));
    REQUIRE(two.program.status == one.program.status);
    REQUIRE_EQUAL(buf_span(&two.file), buf_span(&one.file));
    REQUIRE_EQUAL(buf_span(&two.rejects), buf_span(&one.rejects));
    REQUIRE_EQUAL(buf_span(&two.dictionary), buf_span(&one.dictionary));
    REQUIRE_EQUAL(buf_span(&two.stats), buf_span(&one.stats));
    check_sum(&one, letters, rest);
    forget(&two);
    forget(&one);
    return 0;
}

/*
 * fuzz-compare: the whole of --diff.
 *
 * The letters choose options, by the table below, and how --diff is run a second time: the two
 * reports must agree as whorl-diff(1) says. The parts are a catalog, the old file, the new file,
 * and the file of --expect; with `1` there is only one file.
 */
#include "config.h"

#include "json/validate.h"
#include "program.h"

static const struct {
    char letter;
    const char *option;
} options[] = {
    {'b', "--by=/carry/n"},     {'i', "--ignore=id:*,group:g,a*"}, {'r', "--reveal"},
    {'m', "--map=small=small"}, {'M', "--map=small-1=small-2"},
};

/* What --diff is asked: of these files, 0 for old and 1 for new. */
struct question {
    struct span letters;
    int files[2], count;
    const char *besides; /* one more option; null for none */
};

static void ask(struct program *p, const struct question *q)
{
    const char *directory = program_directory();

    *p = (struct program){.count = 0};
    program_add(p, "--diff");
    program_add(p, "--memory=8M");
    program_add(p, "--catalog=%s/catalog", directory);
    if (fuzz_has(q->letters, 'x'))
        program_add(p, "--expect=%s/expected", directory);
    if (q->besides)
        program_add(p, "%s", q->besides);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (fuzz_has(q->letters, options[i].letter))
            program_add(p, "%s", options[i].option);
    for (int i = 0; i < q->count; i++)
        program_add(p, "%s/%d", directory, q->files[i]);
    program_run(p);
    REQUIRE(p->status >= 0 && p->status <= 2);
    REQUIRE((p->status == 2) == (p->err.n > 0));
}

/* The cells of the first line of REPORT that begins with START, after START; empty if there is
 * no such line. */
static struct span find_line(struct span report, const char *start)
{
    while (report.n) {
        struct span line = fuzz_line(&report);
        if (span_begins(line, span_text(start)))
            return span_cut(line, strlen(start), line.n);
    }
    return span_of(NULL, 0);
}

/* The number in the line of records that says WHAT. */
static uint64_t records(const struct program *p, const char *what)
{
    char start[40];
    uint64_t count = 0;

    snprintf(start, sizeof start, "records\t%s\t", what);
    struct span cells = find_line(buf_span(&p->out), start);
    REQUIRE(cells.n);
    for (size_t i = 0; i < cells.n && cells.p[i] != '\t'; i++)
        count = count * 10 + cells.p[i] - '0';
    return count;
}

/* Each line has the cells that it should have, and no control bytes. */
static void check_cells(struct span report)
{
    static const struct {
        const char *kind;
        size_t least, most;
    } kinds[] = {{"catalog", 4, 4},       {"records", 4, 4}, {"only", 5, 5},
                 {"moved", 7, 7},         {"id", 8, 8},      {"group", 8, 8},
                 {"signal", 8, SIZE_MAX}, {"value", 5, 5},   {"unused", 3, 3},
                 {"advice", 3, 3}};

    while (report.n) {
        struct span line = fuzz_line(&report);
        size_t cells = 1, first = line.n, kind = 0;
        for (size_t i = line.n; i-- > 0;) {
            REQUIRE(line.p[i] == '\t' || (line.p[i] >= 0x20 && line.p[i] != 0x7F));
            cells += line.p[i] == '\t';
            first = line.p[i] == '\t' ? i : first;
        }
        while (!span_equal(span_cut(line, 0, first), span_text(kinds[kind].kind)))
            REQUIRE(++kind < sizeof kinds / sizeof *kinds);
        REQUIRE(cells >= kinds[kind].least && cells <= kinds[kind].most);
    }
}

/* All records of a side are somewhere. */
static void check_sums(const struct program *p, bool chain)
{
    uint64_t pairs = records(p, "same") + records(p, "changed");

    if (chain) {
        REQUIRE(pairs == records(p, "pairs"));
        REQUIRE(records(p, "all") >= pairs + records(p, "single") + records(p, "no-id"));
        return;
    }
    REQUIRE(records(p, "old") == pairs + records(p, "only-old") + records(p, "no-id-old") +
                                     records(p, "left-out-old"));
    REQUIRE(records(p, "new") == pairs + records(p, "only-new") + records(p, "no-id-new") +
                                     records(p, "left-out-new"));
}

/* As lines of JSON the report has the same numbers. */
static void ask_for_json(const struct program *p, struct question q)
{
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    struct program json;
    struct span report = buf_span(&p->out);

    q.besides = "--format=ndjson";
    ask(&json, &q);
    REQUIRE(json.status == p->status && (json.out.n > 0) == (p->out.n > 0));
    while (report.n) {
        char start[80], what[20];
        unsigned long long count;
        struct span line = record_copy(fuzz_line(&report));
        if (span_begins(line, span_text("records\t")) &&
            sscanf((const char *)line.p, "records\t%19[a-z-]\t%llu", what, &count) == 2) {
            snprintf(start, sizeof start,
                     "{\"kind\":\"records\",\"what\":\"%s\",\"count\":%llu", what, count);
            struct span after = find_line(buf_span(&json.out), start);
            REQUIRE(after.n && (*after.p == ',' || *after.p == '}'));
        }
        fuzz_free(line);
    }
    for (report = buf_span(&json.out); report.n;) {
        struct json_counts counts;
        REQUIRE(validate(fuzz_line(&report), &limits, &counts).status == STATUS_OK);
    }
    program_free(&json);
}

static void ask_quietly(const struct program *p, struct question q)
{
    struct program quiet;

    q.besides = "--quiet";
    ask(&quiet, &q);
    REQUIRE(quiet.status == p->status && !quiet.out.n);
    program_free(&quiet);
}

/* The old file against itself. */
static void ask_for_itself(struct question q)
{
    struct program itself;

    q.files[1] = q.files[0];
    ask(&itself, &q);
    if (itself.out.n)
        REQUIRE(records(&itself, "changed") == 0 && records(&itself, "only-old") == 0 &&
                records(&itself, "only-new") == 0);
    program_free(&itself);
}

/* The new file against the old one. */
static void ask_swapped(const struct program *p, struct question q)
{
    static const char *const mirrored[][2] = {
        {"old", "new"},
        {"only-old", "only-new"},
        {"no-id-old", "no-id-new"},
        {"repeated-old", "repeated-new"},
        {"left-out-old", "left-out-new"},
        {"same", "same"},
        {"changed", "changed"},
    };
    struct program swapped;

    q.files[0] = 1;
    q.files[1] = 0;
    ask(&swapped, &q);
    REQUIRE(swapped.status == p->status && (swapped.out.n > 0) == (p->out.n > 0));
    for (size_t i = 0; p->out.n && i < sizeof mirrored / sizeof *mirrored; i++) {
        REQUIRE(records(&swapped, mirrored[i][0]) == records(p, mirrored[i][1]));
        REQUIRE(records(&swapped, mirrored[i][1]) == records(p, mirrored[i][0]));
    }
    program_free(&swapped);
}

/* The lines of NEW from the last to the first: the report is the same. */
static void ask_reversed(const struct program *p, struct question q, struct span new)
{
    struct program reversed;
    struct buf lines = BUF_EMPTY, text = BUF_EMPTY;

    while (new.n) {
        struct span line = fuzz_line(&new);
        buf_put(&lines, span_of(&line, sizeof line));
    }
    for (size_t at = lines.n; at > 0; at -= sizeof new) {
        memcpy(&new, lines.p + at - sizeof new, sizeof new);
        buf_put(&text, new);
        buf_putc(&text, '\n');
    }
    program_write("1", buf_span(&text));
    ask(&reversed, &q);
    REQUIRE_EQUAL(buf_span(&reversed.out), buf_span(&p->out));
    REQUIRE(reversed.status == p->status);
    program_free(&reversed);
    buf_free(&lines);
    buf_free(&text);
}

/* Is there nothing but whole lines of JSON in BYTES? */
static bool has_lines(struct span bytes)
{
    return bytes.n && bytes.p[0] == '{' && bytes.p[bytes.n - 1] == '\n';
}

/* What follows from P, the answer to Q. */
static void ask_again(const struct program *p, struct question q, struct span new)
{
    bool two = q.count == 2, fine = p->status < 2;

    if (fuzz_has(q.letters, 'q'))
        ask_quietly(p, q);
    else if (fuzz_has(q.letters, 's') && two && !fuzz_has(q.letters, 'M'))
        ask_for_itself(q);
    else if (fuzz_has(q.letters, 'w') && two && fine && !fuzz_has(q.letters, 'M') &&
             !fuzz_has(q.letters, 'x'))
        ask_swapped(p, q);
    else if (fuzz_has(q.letters, 'v') && two && fine && has_lines(new))
        ask_reversed(p, q, new);
    else
        ask_for_json(p, q);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = span_of(data, size), letters = fuzz_line(&rest);
    struct span catalog = fuzz_part(&rest), old = fuzz_part(&rest), new = fuzz_part(&rest);
    bool chain = fuzz_has(letters, 'b');
    struct question q = {letters, {0, 1}, chain || fuzz_has(letters, '1') ? 1 : 2, NULL};
    struct program p;

    program_write("catalog", catalog);
    program_write("0", old);
    program_write("1", new);
    program_write("expected", rest);
    ask(&p, &q);
    check_cells(buf_span(&p.out));
    if (p.out.n)
        check_sums(&p, chain);
    ask_again(&p, q, new);
    program_free(&p);
    return 0;
}

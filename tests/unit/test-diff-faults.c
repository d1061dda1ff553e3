/*
 * diff: a failure, wherever and in whichever reading, is reported, or the report is the same as
 * without it.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "filter/pipeline.h"
#include "format/binary.h"
#include "format/ndjson.h"
#include "json/pointer.h"
#include "comparison.h"
#include "fail.h"

ssize_t __real_read(int fd, void *bytes, size_t n);
ssize_t __real_pread(int fd, void *bytes, size_t n, off_t at);
ssize_t __real_write(int fd, const void *bytes, size_t n);
off_t __real_lseek(int fd, off_t at, int whence);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
ssize_t __wrap_pread(int fd, void *bytes, size_t n, off_t at);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
off_t __wrap_lseek(int fd, off_t at, int whence);

/* System calls that fail with EIO; or reads of the second reading that find the end of the
 * file, which is no fault in the first reading. */
static struct {
    size_t calls, at;
    bool end, on, second;
} io = {.at = SIZE_MAX};

static bool io_fails(void)
{
    size_t call = io.calls++;

    errno = EIO;
    return call == io.at || (io.on && call > io.at);
}

ssize_t __wrap_read(int fd, void *bytes, size_t n)
{
    /* Small pieces, so that there are many; of another size in the second reading. */
    size_t most = io.second ? 5000 : 3000;
    if (n > most)
        n = most;
    if (io.end)
        return io.second && io_fails() ? 0 : __real_read(fd, bytes, n);
    return io_fails() ? -1 : __real_read(fd, bytes, n);
}

ssize_t __wrap_pread(int fd, void *bytes, size_t n, off_t at)
{
    return !io.end && io_fails() ? -1 : __real_pread(fd, bytes, n, at);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    return !io.end && io_fails() ? -1 : __real_write(fd, bytes, n);
}

off_t __wrap_lseek(int fd, off_t at, int whence)
{
    io.second |= whence == SEEK_SET;
    return !io.end && io_fails() ? -1 : __real_lseek(fd, at, whence);
}

static const char catalog_text[] = "@catalog\tf\t1\n@id\t/id\n@carry\tn\t/n\ti64\n"
                                   "a\t/a\tg\tdevice\t\tfact\nb\t/b\th\tinstall\t\tprivate\n"
                                   "c\t/c\th\tinstall\n";

/* Shared by all comparisons. */
static struct {
    struct catalog catalog;
    struct arena arena;
    struct pointer by;
    char directory[64];
} shared;

static void set_up(void)
{
    strcpy(shared.directory, "/tmp/whorl-test-XXXXXX");
    CHECK(mkdtemp(shared.directory));
    CHECK(compile_catalog(&shared.catalog, span_text(catalog_text), &shared.arena).status ==
          STATUS_OK);
    CHECK(pointer_parse(&shared.by, span_text("/carry/n"), &shared.arena).status == STATUS_OK);
}

/* What to compare. */
struct kind {
    unsigned members; /* of lines, or 0 for binary rows */
    int count;        /* records of each side */
    int repeated;     /* records after them with the first ids again */
    bool by, turned, packed; /* --by; NEW in the opposite order; OLD compressed */
    size_t memory;
    const char *ignore, *expect;
};

/* Record number I of SIDE; some signals differ between the sides. */
static void make_record(struct buf *out, int i, int side)
{
    char text[200];

    snprintf(text, sizeof text,
             "{\"id\":\"\\u00e9%d\",\"n\":%d,\"a\":%d,\"b\":[%d],\"c\":\"%d\"}", i, i % 7 - 3,
             i / 2 + side * (i % 5 == 0), i, i * side);
    buf_clear(out);
    buf_puts(out, text);
}

/* The output of whorl for the records of SIDE. */
static void make_output(struct buf *out, const struct kind *kind, int side)
{
    const struct writer *writer = kind->members ? &ndjson_writer : &binary_writer;
    const struct writer_options options = {
        .members = kind->members, .reveal = true, .producer = span_text("test")};
    void *state = writer->open(&options, &shared.catalog);
    struct plan_target target = {
        .catalog = &shared.catalog, .writer = writer, .writer_state = state};
    struct plan plan = {.targets = &target,
                        .target_count = 1,
                        .output_count = 1,
                        .dictionary = PLAN_NONE,
                        .limits = LIMITS_DEFAULT,
                        .reveal = true};
    struct pipeline pipeline;
    struct buf record = BUF_EMPTY;
    int rows = kind->count + kind->repeated;

    CHECK(state);
    if (writer->header)
        writer->header(state, out);
    size_t header = out->n;
    pipeline_init(&pipeline, &plan, NULL);
    for (int i = 0; i < rows; i++) {
        make_record(&record, (side && kind->turned ? rows - 1 - i : i) % kind->count, side);
        CHECK(pipeline_run(&pipeline, buf_span(&record), &out).status == STATUS_OK);
    }
    pipeline_free(&pipeline);
    buf_free(&record);
    if (writer->end) {
        writer->sent(state, span_cut(buf_span(out), header, out->n));
        writer->end(state, out, true);
    }
    writer->close(state);
}

/* The names "n" of OUT with an escape. */
static void escape_names(struct buf *out)
{
    struct buf text = BUF_EMPTY;
    const unsigned char *from = out->p, *end = out->p + out->n, *name;

    while ((name = memmem(from, (size_t)(end - from), "\"n\":", 4))) {
        buf_put(&text, span_of(from, (size_t)(name - from)));
        buf_puts(&text, "\"\\u006e\":");
        from = name + 4;
    }
    buf_put(&text, span_of(from, (size_t)(end - from)));
    buf_free(out);
    *out = text;
}

/* Write BYTES to PATH, compressed if they should be PACKED. */
static void write_file(const char *path, struct span bytes, bool packed)
{
    if (packed) {
        gzFile file = gzopen(path, "wb");
        CHECK(file && gzwrite(file, bytes.p, (unsigned)bytes.n) == (int)bytes.n);
        gzclose(file);
        return;
    }
    comparison_write(path, bytes);
}

/* Compare, and append both reports to OUT. False if a fault was reported or memory ran out. */
static bool compare(const struct kind *kind, const char *const *paths, struct buf *out)
{
    struct comparison c = {.catalog = &shared.catalog,
                           .by = kind->by ? &shared.by : NULL,
                           .ignore = kind->ignore,
                           .expect = kind->expect,
                           .memory = kind->memory,
                           .directory = shared.directory};

    io.second = false;
    return comparison_run(&c, paths, kind->by ? 1 : 2, out);
}

/* The comparison of PATHS must have the result WANT, or report a fault. True if it has the
 * result. CALLS counts the calls; number FAILS of them, set by AT, fails. */
static bool settle(const struct kind *kind, const char *const *paths, const struct buf *want,
                   size_t *calls, size_t *at, size_t fails)
{
    struct buf out = BUF_EMPTY;

    *calls = 0;
    *at = fails;
    bool whole = compare(kind, paths, &out);
    *at = SIZE_MAX;
    if (whole && !span_equal(buf_span(&out), buf_span(want))) {
        unit_bad = true;
        printf("# %s %zu%s: nothing told, and another report\n",
               at == &fail_at ? "allocation"
               : io.end       ? "end of file at read"
                              : "call of the system",
               fails, fail_on ? " and all after it" : "");
    }
    buf_free(&out);
    return whole;
}

/* Let each allocation, read and write fail, by itself or with all after it. */
static void fail_each(const struct kind *kind)
{
    char old[80], new[80];
    const char *const paths[] = {old, new};
    struct buf want = BUF_EMPTY, out = BUF_EMPTY;

    for (int side = 0; side < 2; side++) {
        snprintf(side ? new : old, sizeof old, "%s/%d", shared.directory, side);
        buf_clear(&out);
        make_output(&out, kind, side);
        if (kind->members)
            escape_names(&out);
        write_file(paths[side], buf_span(&out), !side && kind->packed);
    }
    CHECK(compare(kind, paths, &want));
    CHECK(want.n > 500 && memmem(want.p, want.n, "signal\t", 7));
    for (int on = 0; on < 2; on++) {
        size_t allocations = 0, calls = 0, ends = 0;
        fail_on = io.on = on;
        do
            settle(kind, paths, &want, &fail_calls, &fail_at, allocations);
        while (++allocations <= fail_calls);
        io.end = false;
        do
            settle(kind, paths, &want, &io.calls, &io.at, calls);
        while (++calls <= io.calls);
        io.end = true;
        do
            CHECK(!settle(kind, paths, &want, &io.calls, &io.at, ends) || ends + 2 >= io.calls);
        while (++ends <= io.calls);
        CHECK(allocations > 50 && calls > 5);
        CHECK(!kind->repeated == (ends <= 1));
        printf("# %zu allocations, %zu calls of the system, %zu ends\n", allocations, calls,
               ends);
    }
    for (int side = 0; side < 2; side++)
        unlink(paths[side]);
    buf_free(&want);
    buf_free(&out);
}

#define HASHES (1u << NDJSON_ID | 1u << NDJSON_CATALOG | 1u << NDJSON_IDS | 1u << NDJSON_GROUPS)

UNIT_TEST(whatever_fails_of_lines_in_order_it_is_told)
{
    set_up();
    const struct kind kind = {.members = HASHES | 1u << NDJSON_SIGNALS,
                              .count = 60,
                              .memory = 1 << 20,
                              .ignore = "",
                              .expect = "id:*,a"};
    fail_each(&kind);
}

UNIT_TEST(whatever_fails_of_lines_read_twice_it_is_told)
{
    const struct kind kind = {.members = 1u << NDJSON_ID | 1u << NDJSON_CATALOG |
                                         1u << NDJSON_VALUES | 1u << NDJSON_STATES,
                              .count = 60,
                              .repeated = 2,
                              .packed = true,
                              .memory = 1 << 20,
                              .ignore = "b"};
    fail_each(&kind);
}

UNIT_TEST(whatever_fails_of_what_is_in_files_it_is_told)
{
    const struct kind kind = {.members = HASHES | 1u << NDJSON_VECTOR,
                              .count = 150,
                              .repeated = 1,
                              .turned = true,
                              .memory = 16 << 10,
                              .ignore = "none"};
    fail_each(&kind);
}

UNIT_TEST(whatever_fails_of_binary_rows_it_is_told)
{
    const struct kind twice = {.count = 60, .repeated = 2, .memory = 1 << 20, .ignore = ""};
    const struct kind by = {.count = 60, .by = true, .memory = 1 << 20, .ignore = ""};

    fail_each(&twice);
    fail_each(&by);
}

UNIT_TEST(whatever_fails_of_visitors_it_is_told)
{
    const struct kind kind = {.members = HASHES | 1u << NDJSON_CARRY | 1u << NDJSON_FACTS |
                                         1u << NDJSON_SIGNALS,
                              .count = 60,
                              .by = true,
                              .memory = 16 << 10,
                              .ignore = ""};
    fail_each(&kind);
    rmdir(shared.directory);
    arena_free(&shared.arena);
}

int main(void)
{
    return unit_run();
}

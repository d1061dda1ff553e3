/*
 * fuzz-match: --match of any outputs, and with any index.
 *
 * The letters of the first line choose: r for parts that are records, which whorl makes outputs of,
 * v with signals by name, g with groups alone, b in binary; j for lines of JSON, k for --by=/carry/k,
 * t for another threshold, x for an index whose hash at the end is right. The parts are KNOWN, NEW and
 * what is changed in the index, each time two bytes of offset and one byte to put there.
 *
 * If all was decided, it must be the same with another number of threads, with the lines of KNOWN in
 * the opposite order, and from an index. A changed index is taken or refused.
 */
#include "config.h"

#include "text/hash.h"

#include "program.h"

static const char catalog[] = "@catalog\tf\t1\n@id\t/id\n@carry\tk\t/k\n@ids\t8\n"
                              "a\t/a\tg\tdevice\nb\t/b\th\tinstall\nc\t/c\th\tinstall\n"
                              "d\t/d\ti\tbuild\ne\t/e\tj\tbuild\nv\t/v\th\tvolatile\n"
                              "n.family\t/f\tp\texact\t\tfact\nn.major\t/m\tp\texact\t\tfact:u64\n"
                              "z\t/z\tg\tdevice\n";

/* Write the output of the records TEXT, or TEXT itself, to the file NAME. */
static void write_side(const char *name, struct span letters, struct span text)
{
    const char *members = fuzz_has(letters, 'v')   ? "id,carry,catalog,signals"
                          : fuzz_has(letters, 'g') ? "id,carry,catalog,groups"
                                                   : "id,carry,catalog,vector";
    struct program p = {.count = 0};

    program_write(name, text);
    if (!fuzz_has(letters, 'r'))
        return;
    program_add(&p, "--catalog=%s/c", program_directory());
    if (fuzz_has(letters, 'b'))
        program_add(&p, "--format=binary");
    else
        program_add(&p, "--select=%s", members);
    program_add(&p, "%s/%s", program_directory(), name);
    program_run(&p);
    program_write(name, buf_span(&p.out));
    program_free(&p);
}

/* Match NEW with KNOWN and INDEX, which may be null each. */
static void run_match(struct program *p, struct span letters, const char *jobs, const char *known,
                      const char *index)
{
    *p = (struct program){.count = 0};
    program_add(p, "--match");
    program_add(p, "%s", jobs);
    program_add(p, "--catalog=%s/c", program_directory());
    if (fuzz_has(letters, 'j'))
        program_add(p, "--format=ndjson");
    if (fuzz_has(letters, 'k'))
        program_add(p, "--by=/carry/k");
    if (fuzz_has(letters, 't'))
        program_add(p, "--threshold=-20,-1.5");
    if (index)
        program_add(p, "--index=%s/%s", program_directory(), index);
    if (known)
        program_add(p, "%s/%s", program_directory(), known);
    program_add(p, "%s/new", program_directory());
    program_run(p);
    REQUIRE(p->status >= 0 && p->status <= 2);
    REQUIRE(p->status == 0 || p->err.n);
}

/* Run again as above. It must write the same as FIRST, with the same status; without KNOWN it says
 * nothing of records that are not used. */
static void run_again(const struct program *first, struct span letters, const char *jobs,
                      const char *known, const char *index)
{
    struct program p;

    run_match(&p, letters, jobs, known, index);
    REQUIRE(p.status < 2);
    REQUIRE(!known || p.status == first->status);
    REQUIRE_EQUAL(buf_span(&p.out), buf_span(&first->out));
    program_free(&p);
}

/* Write the lines of TEXT in the opposite order to the file NAME. */
static void write_reversed(const char *name, struct span letters, struct span text)
{
    struct buf reversed = BUF_EMPTY;

    while (text.n) {
        size_t end = text.n - (text.p[text.n - 1] == '\n'), at = end;
        while (at && text.p[at - 1] != '\n')
            at--;
        buf_put(&reversed, span_cut(text, at, end));
        buf_putc(&reversed, '\n');
        text = span_cut(text, 0, at);
    }
    write_side(name, letters, buf_span(&reversed));
    buf_free(&reversed);
}

/* Change the index as DATA says. False if no index was written. */
static bool damage_index(struct span letters, struct span data)
{
    struct buf index = BUF_EMPTY;

    program_read("index", &index);
    bool there = index.n > 16;
    for (size_t i = 0; there && i + 3 <= data.n; i += 3)
        index.p[(size_t)(data.p[i] | data.p[i + 1] << 8) % index.n] = data.p[i + 2];
    if (there && fuzz_has(letters, 'x')) {
        size_t n = index.n - 16;
        struct hash128 hash = hash128(span_of(index.p, n));
        hash_big_endian(index.p + n, hash.high);
        hash_big_endian(index.p + n + 8, hash.low);
    }
    if (there)
        program_write("index", buf_span(&index));
    buf_free(&index);
    return there;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = span_of(data, size), letters = fuzz_line(&rest);
    struct span known = fuzz_part(&rest), new = fuzz_part(&rest);
    struct program first, p;
    struct buf left = BUF_EMPTY;

    program_read("index", &left); /* of the input before */
    buf_free(&left);
    program_write("c", span_text(catalog));
    write_side("known", letters, known);
    write_side("new", letters, new);
    write_reversed("reversed", letters, known);
    run_match(&first, letters, "-j1", "known", NULL);
    if (first.status < 2) {
        run_again(&first, letters, "-j2", "known", NULL);
        if (fuzz_has(letters, 'r'))
            run_again(&first, letters, "-j1", "reversed", NULL);
        run_again(&first, letters, "-j1", "known", "index");
    }
    if (damage_index(letters, span_of(NULL, 0)))
        run_again(&first, letters, "-j1", NULL, "index");
    if (damage_index(letters, rest)) {
        run_match(&p, letters, "-j1", NULL, "index");
        program_free(&p);
        run_match(&p, letters, "-j1", "known", "index");
        program_free(&p);
    }
    program_free(&first);
    return 0;
}

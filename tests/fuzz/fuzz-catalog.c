/*
 * fuzz-catalog: any text as a catalog, and records by it.
 *
 * The first part of the input is the catalog, the lines of the next part are records. A catalog
 * that is accepted must be the same if it is compiled again, at another place in memory, and with
 * other comments. A catalog that is refused must be refused at a position in the text. Records must
 * give the same with the cache as in full.
 */
#include "config.h"

#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "fuzz.h"
#include "cache-pair.h"

#define RECORDS 16

/* TEXT must be a catalog that is the same as FIRST. */
static void read_again(struct span text, const struct catalog *first)
{
    struct arena arena = ARENA_EMPTY;
    struct span copy = record_copy(text);
    struct catalog c;

    REQUIRE(compile_catalog(&c, copy, &arena).status == STATUS_OK);
    REQUIRE(c.digest.high == first->digest.high && c.digest.low == first->digest.low);
    REQUIRE(c.row_count == first->row_count && c.group_count == first->group_count);
    REQUIRE(c.pointer_count == first->pointer_count);
    REQUIRE(c.exclude_count == first->exclude_count && c.carry_count == first->carry_count);
    REQUIRE(c.warning_count == first->warning_count);
    for (uint32_t i = 0; i < c.row_count; i++)
        REQUIRE(span_equal(catalog_row_name(&c, i), catalog_row_name(first, i)) &&
                c.rows[i].group == first->rows[i].group &&
                c.rows[i].identities == first->rows[i].identities);
    arena_free(&arena);
    fuzz_free(copy);
}

/* The same with empty lines and comments, which are ignored. */
static void read_commented(struct span text, const struct catalog *first)
{
    struct buf commented = BUF_EMPTY;

    while (text.n) {
        buf_puts(&commented, "# comment\n\n");
        buf_put(&commented, fuzz_line(&text));
        buf_putc(&commented, '\n');
    }
    read_again(buf_span(&commented), first);
    buf_free(&commented);
}

/* The numbers of the catalog must agree with those of its rows. */
static void check_lists(const struct catalog *c)
{
    uint32_t members = 0, grouped = 0, of[IDENTITIES] = {0};

    REQUIRE(c->row_count >= 1 && c->row_count <= CATALOG_ROWS);
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct catalog_row *row = &c->rows[i];
        REQUIRE(row->name.n && row->group < c->group_count && row->tier < TIERS);
        REQUIRE(row->pointers < row->pointers_end && row->pointers_end <= c->pointer_count);
        grouped += row->tier != TIER_VOLATILE;
        for (int k = 0; k < IDENTITIES; k++)
            of[k] += row->identities >> k & 1;
    }
    for (uint32_t g = 0; g < c->group_count; g++)
        members += c->lists.groups[g].count;
    REQUIRE(members == grouped);
    for (int k = 0; k < IDENTITIES; k++)
        REQUIRE(c->lists.identities[k].count == of[k]);
}

/* Records by the catalog TEXT, cached and in full; not if it has a '|', which means a
 * tab in the rules of a pair. */
static void run_records(struct span text, struct span records)
{
    struct pair_rules rules = {.targets = {{0, false}, {0, true}},
                               .target_count = 2,
                               .dictionary = true,
                               .reveal = text.n % 2};
    struct buf catalog = BUF_EMPTY;
    struct pair pair;

    if (memchr(text.p, '|', text.n))
        return;
    buf_put(&catalog, text);
    buf_putc(&catalog, 0);
    rules.catalogs[0] = (const char *)catalog.p;
    pair_begin(&pair, &rules);
    for (int i = 0; i < RECORDS && records.n; i++) {
        pair_run(&pair, fuzz_line(&records));
        REQUIRE(pair.same);
    }
    pair_end(&pair);
    buf_free(&catalog);
}

static void check_fault(struct span text, struct fault fault)
{
    struct span line = span_of(NULL, 0);

    REQUIRE(fault.status == STATUS_INVALID && fault.offset <= text.n);
    REQUIRE(fault_text(fault)[0] && strlen(fault_text(fault)) <= FAULT_TEXT_MAX);
    struct fault_place place = fault_place(text, fault.offset);
    REQUIRE(place.line >= 1 && place.column >= 1);
    for (size_t i = 0; i < place.line; i++) {
        REQUIRE(text.n || i == place.line - 1);
        line = fuzz_line(&text);
    }
    REQUIRE(place.column <= line.n + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct span rest = span_of(data, size), text = record_copy(fuzz_part(&rest));
    struct catalog catalog;
    struct fault fault = compile_catalog(&catalog, text, &arena);

    if (fault.status == STATUS_OK) {
        check_lists(&catalog);
        read_again(text, &catalog);
        read_commented(text, &catalog);
        run_records(text, rest);
    } else {
        check_fault(text, fault);
    }
    arena_free(&arena);
    fuzz_free(text);
    return 0;
}

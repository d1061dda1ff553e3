/* spill: what was put into a partition is read back, in any sizes and from any offset. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "stream/unnamed_file.h"
#include "stream/spill.h"
#include "unit.h"

static uint32_t random_state = 1;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}

UNIT_TEST(what_was_put_comes_back)
{
    static unsigned char bytes[100000], back[100000];
    struct spill *spill;
    struct buf want[SPILL_PARTITIONS];

    CHECK(spill_open(&spill, "/tmp") == 0);
    memset(want, 0, sizeof want);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)next_random(256);
    for (int step = 0; step < 2000; step++) {
        /* Parts 0 to 7 get much, the others a little. */
        uint32_t partition = next_random(4) ? next_random(8) : next_random(SPILL_PARTITIONS);
        size_t n = next_random(20) ? next_random(100) : next_random(sizeof bytes);
        struct span piece = span_of(bytes + next_random((uint32_t)(sizeof bytes - n)), n);
        buf_put(&want[partition], piece);
        CHECK(spill_put(spill, partition, piece) == 0);
    }
    for (unsigned partition = 0; partition < SPILL_PARTITIONS; partition++) {
        CHECK(spill_size(spill, partition) == want[partition].n);
        for (int i = 0; i < 50 && want[partition].n; i++) {
            size_t from = next_random((uint32_t)want[partition].n);
            size_t n = next_random((uint32_t)(want[partition].n - from) + 1);
            n = n < sizeof back ? n : sizeof back;
            CHECK(spill_get(spill, partition, from, back, n) == 0);
            CHECK(memcmp(back, want[partition].p + from, n) == 0);
        }
        buf_free(&want[partition]);
    }
    spill_free(spill);
}

UNIT_TEST(pieces_that_are_just_full_come_back)
{
    static unsigned char bytes[3 * SPILL_PIECE], back[3 * SPILL_PIECE];
    struct spill *spill;

    CHECK(spill_open(&spill, "/tmp") == 0);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i / SPILL_PIECE + i);
    for (int i = 0; i < 3; i++) {
        CHECK(spill_size(spill, 5) == (uint64_t)i * SPILL_PIECE);
        CHECK(spill_put(spill, 5, span_of(bytes + (size_t)i * SPILL_PIECE, SPILL_PIECE)) == 0);
        CHECK(spill_put(spill, 6, span_of(bytes, 1)) == 0);
    }
    CHECK(spill_get(spill, 5, 0, back, sizeof back) == 0);
    CHECK(memcmp(bytes, back, sizeof back) == 0);
    CHECK(spill_get(spill, 5, sizeof back, back, 0) == 0);
    spill_free(spill);
}

UNIT_TEST(a_directory_that_is_none_is_told)
{
    struct spill *spill;

    CHECK(spill_open(&spill, "/nowhere") == ENOENT);
    CHECK(!spill);
    CHECK(unnamed_file_open("/nowhere") == -1);
    spill_free(NULL);
}

int main(void)
{
    return unit_run();
}

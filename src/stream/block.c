#include "config.h"

#include "stream/block.h"

#include <stdlib.h>

#define MARGIN 6 /* around a record: BOM, CR, LF, one more to see it is longer */

bool block_init(struct block *block)
{
    *block = (struct block){.bytes = malloc(BLOCK_SIZE), .size = BLOCK_SIZE};
    return block->bytes;
}

void block_free(struct block *block)
{
    free(block->bytes);
    block->bytes = NULL;
}

void blocks_init(struct blocks *blocks, size_t limit)
{
    *blocks = (struct blocks){.limit = limit};
}

/* Make room for N bytes, or fewer if memory is out. False if there is no room for one more byte. */
static bool have_room(struct block *block, size_t n, size_t limit)
{
    size_t most = limit + MARGIN, size = n > most / 2 ? most : n * 2;

    if (size <= block->size)
        return true;
    unsigned char *bytes = realloc(block->bytes, size);
    if (!bytes)
        return n < block->size;
    block->bytes = bytes;
    block->size = size;
    return true;
}

/* Begin BLOCK with what is left of the last block, which may be the same. */
static bool begin_block(struct block *block, struct blocks *blocks)
{
    if (!have_room(block, blocks->n, blocks->limit))
        return false;
    if (blocks->n)
        memmove(block->bytes, blocks->last->bytes + blocks->at, blocks->n);
    block->n = block->read = 0;
    block->first = !blocks->begun;
    block->inside = blocks->inside;
    blocks->last = block;
    blocks->at = 0;
    return true;
}

/* Count N more bytes after the rest. */
static void note_bytes(struct block *block, struct blocks *blocks, size_t n)
{
    size_t have = blocks->at + blocks->n;
    const unsigned char *lf = memrchr(block->bytes + have, '\n', n);

    block->read += n;
    have += n;
    if (lf) {
        block->n = (size_t)(lf + 1 - block->bytes);
        blocks->inside = false;
    }
    if (have - block->n >= blocks->limit + MARGIN)
        blocks->inside = true;
    if (blocks->inside)
        block->n = have;
    blocks->at = block->n;
    blocks->n = have - block->n;
}

/* The source is at its end. If it FAILED, what is left is not a line. */
static enum block_event end_source(struct block *block, struct blocks *blocks, bool failed)
{
    if (!failed)
        block->n += blocks->n;
    blocks->n = 0;
    return BLOCK_END;
}

enum block_event block_fill(struct block *block, size_t room, struct blocks *blocks,
                            struct decompress *decompress, struct source *source,
                            struct fault *fault)
{
    bool nonblocking = source->nonblocking;
    enum block_event event = BLOCK_FULL;

    *fault = FAULT_NONE;
    if (!begin_block(block, blocks)) {
        *fault = fault_memory();
        return end_source(block, blocks, true);
    }
    while (!block->n || block->read < room) {
        size_t have = blocks->at + blocks->n;
        if (have == block->size && block->n)
            break;
        if (have == block->size && !have_room(block, have, blocks->limit)) {
            *fault = fault_memory();
            return end_source(block, blocks, true);
        }
        size_t most = block->size - have;
        if (block->read < room && most > room - block->read)
            most = room - block->read;
        source->nonblocking = nonblocking || block->n;
        ssize_t got = decompress_read(decompress, source, block->bytes + have, most, fault);
        source->nonblocking = nonblocking;
        if (got > 0) {
            note_bytes(block, blocks, (size_t)got);
            continue;
        }
        if (got == 0 || fault->status != STATUS_OK)
            event = end_source(block, blocks, got < 0);
        else
            event = block->n ? BLOCK_PART : BLOCK_WAIT;
        break;
    }
    blocks->begun |= block->n > 0;
    return event;
}

#include "config.h"

#include "cmd/feed.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "stream/codec.h"

bool feed_init(struct feed *feed, const struct options *options, const struct outputs *outputs,
               struct guard *guard, struct progress *progress, struct diag *diag)
{
    feed->limit = options->limits.length;
    feed->outputs = outputs;
    feed->guard = guard;
    feed->progress = progress;
    if (!inputs_open(&feed->inputs, options, &progress->signal_wait, diag))
        return false;
    feed->decompress =
        decompress_new(options->long_window ? CODEC_WINDOW_LOG_LONG : CODEC_WINDOW_LOG, false);
    return feed->decompress || diag_no_memory(diag);
}

/* Close the file, if it is open, and forget its name. */
static void close_file(struct feed *feed)
{
    if (feed->open)
        source_close(&feed->source);
    feed->open = false;
    if (!feed->given)
        free(feed->name);
    feed->name = NULL;
}

void feed_free(struct feed *feed)
{
    close_file(feed);
    decompress_free(feed->decompress);
    inputs_free(&feed->inputs);
}

/* Can opening the file NAME take time, as with a FIFO? */
static bool may_block(const char *name)
{
    struct stat st;

    return strcmp(name, "-") != 0 && stat(name, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Name the file of BATCH: the first batch of a file owns the name. */
static void give_name(struct feed *feed, struct batch *batch)
{
    if (feed->given)
        return;
    batch->name = feed->name;
    feed->given = true;
}

/* The file gives no lines, only FAULT, at WHERE. */
static enum workers_fill fail_file(struct feed *feed, struct batch *batch, const char *where,
                                  struct fault fault)
{
    batch_fail(batch, where, fault);
    give_name(feed, batch);
    close_file(feed);
    return WORKERS_PART;
}

/* Get the name of the next file. WORKERS_FULL if it is there. */
static enum workers_fill next_name(struct feed *feed, struct batch *batch, bool wait)
{
    if (feed->name)
        return WORKERS_FULL;
    switch (inputs_next(&feed->inputs, wait, &feed->name)) {
    case INPUTS_NAME:
        feed->given = false;
        return WORKERS_FULL;
    case INPUTS_WAIT:
        return WORKERS_WAIT;
    case INPUTS_END:
        return WORKERS_END;
    case INPUTS_FAULT:
        break;
    }
    batch_fail(batch, feed->inputs.options->files0_from,
               fault_unreadable(0, feed->inputs.fault));
    return WORKERS_PART;
}

/* Open the next file. WORKERS_FULL if it is open. */
static enum workers_fill open_next(struct feed *feed, struct batch *batch, bool wait)
{
    if (!wait && may_block(feed->name))
        return WORKERS_WAIT;
    int error = source_open(&feed->source, feed->name);
    feed->open = !error;
    const struct guard_file *guarded =
        guard_check(feed->guard, feed->name, error ? -1 : feed->source.fd);
    if (guarded)
        return fail_file(feed, batch, outputs_label(guarded->path),
                         fault_invalid(0, guarded->message));
    if (error)
        return fail_file(feed, batch, feed->name, fault_system(error));
    feed->checked = false;
    feed->lines = 0;
    feed->source.signal_wait = &feed->progress->signal_wait;
    decompress_reset(feed->decompress);
    blocks_init(&feed->blocks, feed->limit);
    return WORKERS_FULL;
}

/* Fill BATCH from the open file. WORKERS_END is the end of this file only, without lines. */
static enum workers_fill fill_from_file(struct feed *feed, struct batch *batch, bool wait)
{
    enum workers_fill filled = WORKERS_PART;

    if (!feed->checked && !wait && outputs_share(feed->outputs, feed->source.fd))
        return WORKERS_WAIT;
    if (!feed->checked && outputs_feed(feed->outputs, feed->source.fd))
        return fail_file(feed, batch, feed->name,
                         fault_invalid(0, "the input is also an output and would never end: "
                                          "expected another file"));
    feed->checked = true;
    feed->source.nonblocking = !wait;
    enum block_event event =
        batch_fill(batch, feed->name, &feed->blocks, feed->decompress, &feed->source);
    feed->read += batch->block.read;
    batch->lines = feed->lines;
    if (batch->plan->origins)
        feed->lines += split_count(&batch->block);
    if (event == BLOCK_WAIT)
        return WORKERS_WAIT;
    if (event == BLOCK_FULL)
        filled = WORKERS_FULL;
    if (event == BLOCK_END && !batch->block.n && batch->fault.status == STATUS_OK)
        filled = WORKERS_END;
    else
        give_name(feed, batch);
    if (event == BLOCK_END)
        close_file(feed);
    return filled;
}

enum workers_fill feed_fill(struct feed *feed, struct batch *batch, bool wait)
{
    enum workers_fill event;

    do {
        event = feed->open ? WORKERS_FULL : next_name(feed, batch, wait);
        if (event != WORKERS_FULL)
            return event;
        if (!feed->open)
            event = open_next(feed, batch, wait);
        if (event != WORKERS_FULL)
            return event;
        event = fill_from_file(feed, batch, wait);
    } while (event == WORKERS_END);
    /* After a short file more input is available at once if the next name is. */
    if (event == WORKERS_PART && !feed->open && inputs_ready(&feed->inputs) &&
        feed->read >= BLOCK_SIZE)
        event = WORKERS_FULL;
    if (event == WORKERS_FULL)
        feed->read = 0;
    return event;
}

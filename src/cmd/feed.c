#include "config.h"

#include "cmd/feed.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "stream/unzstd.h"

bool feed_init(struct feed *feed, const struct options *options, const struct outputs *outputs,
               struct progress *progress, struct diag *diag)
{
    feed->limit = options->limits.length;
    feed->outputs = outputs;
    feed->progress = progress;
    if (!inputs_read(&feed->inputs, options, diag))
        return false;
    feed->decompress =
        decompress_new(options->long_window ? UNZSTD_WINDOW_LONG : UNZSTD_WINDOW, false);
    if (!feed->decompress)
        diag_trouble(diag, NULL, "%s", status_text(STATUS_NO_MEMORY));
    return feed->decompress;
}

static void shut(struct feed *feed)
{
    if (feed->open)
        source_close(&feed->source);
    feed->open = false;
}

void feed_free(struct feed *feed)
{
    shut(feed);
    decompress_free(feed->decompress);
    inputs_free(&feed->inputs);
}

/* May it take time to open the file NAME, as it does a FIFO? */
static bool is_slow(const char *name)
{
    struct stat st;

    return strcmp(name, "-") != 0 && stat(name, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Open the next file, NAME. 0, or errno. */
static int open_next(struct feed *feed, const char *name)
{
    int error = source_open(&feed->source, name);

    feed->next++;
    if (error)
        return error;
    feed->open = true;
    feed->checked = false;
    feed->source.signal_wait = &feed->progress->signal_wait;
    decompress_reset(feed->decompress);
    blocks_init(&feed->blocks, feed->limit);
    return 0;
}

/* Fill BATCH from the open file, NAME. ENGINE_END is the end of this file only, without lines.
 */
static enum engine_fill fill(struct feed *feed, struct batch *batch, const char *name,
                             bool wait)
{
    if (!feed->checked && !wait && outputs_share(feed->outputs, feed->source.fd))
        return ENGINE_WAIT;
    if (!feed->checked && outputs_feed(feed->outputs, feed->source.fd)) {
        batch_fail(batch, name, "the input is an output too, and would never end");
        shut(feed);
        return ENGINE_PART;
    }
    feed->checked = true;
    feed->source.nonblocking = !wait;
    enum block_event event =
        batch_fill(batch, name, &feed->blocks, feed->decompress, &feed->source);
    feed->read += batch->block.read;
    switch (event) {
    case BLOCK_FULL:
        return ENGINE_FULL;
    case BLOCK_PART:
        return ENGINE_PART;
    case BLOCK_WAIT:
        return ENGINE_WAIT;
    case BLOCK_END:
        break;
    }
    shut(feed);
    return batch->block.n || batch->trouble ? ENGINE_PART : ENGINE_END;
}

enum engine_fill feed_fill(struct feed *feed, struct batch *batch, bool wait)
{
    enum engine_fill event = ENGINE_END;

    while (event == ENGINE_END && (feed->open || feed->next < feed->inputs.count)) {
        const char *name = feed->inputs.names[feed->open ? feed->next - 1 : feed->next];
        if (!feed->open && !wait && is_slow(name))
            return ENGINE_WAIT;
        int error = feed->open ? 0 : open_next(feed, name);
        if (error) {
            batch_fail(batch, name, strerror(error));
            return ENGINE_PART;
        }
        event = fill(feed, batch, name, wait);
    }
    /* Where one file after the other is short, there is more at once too. */
    if (event == ENGINE_PART && !feed->open && feed->next < feed->inputs.count &&
        feed->read >= BLOCK_SIZE)
        event = ENGINE_FULL;
    if (event == ENGINE_FULL)
        feed->read = 0;
    return event;
}

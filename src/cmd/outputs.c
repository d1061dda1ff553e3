#include "config.h"

#include "cmd/outputs.h"

#include <stdlib.h>
#include <string.h>

#include "text/hash_stream.h"

struct outputs_item {
    const char *path;
    struct atomic_file output;
    bool open; /* and to be written to */

    /* Of rows: */
    const struct catalog *catalog; /* null for text */
    struct binary_layout layout;
    bool bare;                /* no header and no end */
    uint64_t rows;            /* since the header */
    struct hash_stream *hash; /* of them */
};

const char *outputs_label(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard output" : path;
}

static const char *item_label(const struct outputs_item *item)
{
    return outputs_label(item->path);
}

static void trouble_clash(const char *path, struct diag *diag)
{
    diag_trouble(diag, outputs_label(path), "another output goes there too");
}

/* Report ERROR of ITEM, if there is one. True if there is none. */
static bool check_item(const struct outputs_item *item, int error, struct diag *diag)
{
    return diag_check(diag, item_label(item), error);
}

/* The next output, at PATH; null after a message. */
static struct outputs_item *open_item(struct outputs *outputs, const char *path,
                                      struct diag *diag)
{
    struct outputs_item *item = &outputs->items[outputs->count];

    item->path = path;
    outputs->count++;
    int error = atomic_file_open(&item->output, path);
    item->open = !error;
    if (!check_item(item, error, diag))
        return NULL;
    for (size_t i = 0; i + 1 < outputs->count; i++)
        if (atomic_file_clash(&item->output, &outputs->items[i].output)) {
            trouble_clash(path, diag);
            return NULL;
        }
    return item;
}

/* Make ITEM one of rows, beginning with the header. */
static bool start_rows(struct outputs_item *item, const struct catalog *catalog, bool bare,
                       struct diag *diag)
{
    if (atomic_file_is_terminal(&item->output)) {
        diag_trouble(diag, item_label(item),
                     "binary output does not go to a terminal: use -o FILE or a pipe");
        return false;
    }
    item->catalog = catalog;
    item->bare = bare;
    item->hash = hash_stream_new();
    if (!item->hash)
        return diag_no_memory(diag);
    binary_layout_make(&item->layout, catalog);
    if (!bare)
        binary_put_header(&item->output.sink.buf, &item->layout, catalog,
                          span_text("whorl " PACKAGE_VERSION));
    return !item->output.sink.buf.failed || diag_no_memory(diag);
}

/* Open the output of each catalog; those that have none of their own share one. */
static bool open_targets(struct outputs *outputs, const struct options *options,
                         const struct catalogs *catalogs, struct diag *diag)
{
    size_t shared = PLAN_NONE;

    for (size_t i = 0; i < catalogs->count; i++) {
        const char *own = options->catalogs[i].output;
        struct plan_target *target = &outputs->targets[outputs->target_count++];
        target->catalog = catalogs->items[i];
        target->output = own || shared == PLAN_NONE ? outputs->count : shared;
        if (!own && shared != PLAN_NONE)
            continue;
        const char *path = own ? own : options->output ? options->output : "-";
        struct outputs_item *item = open_item(outputs, path, diag);
        if (!item)
            return false;
        if (!own)
            shared = target->output;
        if (!options->binary)
            continue;
        if (!start_rows(item, target->catalog, options->no_header, diag))
            return false;
        target->binary = &item->layout;
    }
    return true;
}

bool outputs_open(struct outputs *outputs, const struct options *options,
                  const struct catalogs *catalogs, uint64_t seed, struct diag *diag)
{
    size_t most = catalogs->count + 1; /* the dictionary */

    *outputs = (struct outputs){.items = calloc(most, sizeof *outputs->items),
                                .targets = calloc(catalogs->count, sizeof *outputs->targets),
                                .dictionary = PLAN_NONE};
    dictionary_init(&outputs->written, seed);
    if (!outputs->items || !outputs->targets)
        return diag_no_memory(diag);
    bool opened = open_targets(outputs, options, catalogs, diag);
    if (opened && options->dictionary) {
        outputs->dictionary = outputs->count;
        opened = open_item(outputs, options->dictionary, diag) != NULL;
    }
    /* Where one cannot be opened, nothing is to be written to the others, not even a header. */
    if (!opened)
        outputs_drop(outputs);
    return opened;
}

void outputs_drop(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        outputs->items[i].open = false;
}

bool outputs_begin(struct outputs *outputs, const struct signal_wait *wait,
                   struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++) {
        struct sink *sink = &outputs->items[i].output.sink;
        sink->signal_wait = wait;
        if (!check_item(&outputs->items[i], sink_flush(sink), diag))
            return false;
    }
    return true;
}

bool outputs_send(struct outputs *outputs, struct buf *const *bufs, struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++) {
        struct outputs_item *item = &outputs->items[i];
        if (!bufs[i]->n)
            continue;
        if (i == outputs->dictionary && !dictionary_keep(&outputs->written, bufs[i]))
            return diag_no_memory(diag);
        if (item->catalog) {
            item->rows += bufs[i]->n / item->layout.stride;
            hash_stream_add(item->hash, buf_span(bufs[i]));
        }
        if (!check_item(item, sink_send(&item->output.sink, buf_span(bufs[i])), diag))
            return false;
    }
    return true;
}

const struct atomic_file *outputs_dictionary(const struct outputs *outputs)
{
    return &outputs->items[outputs->dictionary].output;
}

bool outputs_clash(const struct outputs *outputs, const char *path, struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (atomic_file_clash_path(&outputs->items[i].output, path)) {
            trouble_clash(path, diag);
            return true;
        }
    return false;
}

bool outputs_share(const struct outputs *outputs, int fd)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (atomic_file_shares(&outputs->items[i].output, fd))
            return true;
    return false;
}

bool outputs_feed(const struct outputs *outputs, int fd)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (atomic_file_feeds(&outputs->items[i].output, fd))
            return true;
    return false;
}

/* Have everything written. After trouble this tells nothing new. */
static void finish_item(struct outputs_item *item, struct diag *diag)
{
    struct buf *buf = &item->output.sink.buf;
    bool well = diag->status != DIAG_TROUBLE;

    /* A file that will not be made need not be complete. */
    if (!well && item->output.temporary)
        return;
    if (well && item->catalog && !item->bare)
        binary_put_end(buf, &item->layout, item->rows, hash_stream_value(item->hash));
    int error = atomic_file_finish(&item->output);
    if (well)
        check_item(item, error, diag);
}

void outputs_close(struct outputs *outputs, struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->items[i].open)
            finish_item(&outputs->items[i], diag);
    for (size_t i = 0; i < outputs->count && diag->status != DIAG_TROUBLE; i++)
        check_item(&outputs->items[i], atomic_file_commit(&outputs->items[i].output), diag);
    for (size_t i = 0; i < outputs->count; i++) {
        atomic_file_free(&outputs->items[i].output);
        hash_stream_free(outputs->items[i].hash);
    }
    free(outputs->items);
    dictionary_free(&outputs->written);
    free(outputs->targets);
    *outputs = (struct outputs){.count = 0};
}

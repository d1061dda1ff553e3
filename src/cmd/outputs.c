#include "config.h"

#include "cmd/outputs.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "format/dictionary.h"
#include "format/ndjson.h"
#include "format/writer.h"

struct outputs_item {
    const char *path;
    struct atomic_file output;
    bool open; /* and may be written to */

    const struct writer *writer; /* null for the dictionary */
    void *writer_state;

    struct dictionary written; /* of the dictionary: its lines so far */
};

const char *outputs_label(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard output" : path;
}

static const char *item_label(const struct outputs_item *item)
{
    return outputs_label(item->path);
}

void outputs_trouble_clash(const char *path, struct diag *diag)
{
    diag_trouble(diag, outputs_label(path),
                 "another output goes to it: expected a file for each output");
}

/* Report ERROR of ITEM, unless it is 0. True if it is 0. */
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
            outputs_trouble_clash(path, diag);
            return NULL;
        }
    return item;
}

/* Let the writer of OPTIONS write ITEM, beginning with the header. */
static bool start_writer(struct outputs_item *item, const struct options *options,
                         const struct catalog *catalog, struct diag *diag)
{
    struct writer_options writer_options;

    options_for_writer(options, &writer_options);
    if (!options->writer->is_text && atomic_file_is_terminal(&item->output)) {
        diag_trouble(diag, item_label(item),
                     "%s output does not go to a terminal: use -o FILE or a pipe",
                     options->writer->name);
        return false;
    }
    item->writer = options->writer;
    item->writer_state = item->writer->open(&writer_options, catalog);
    if (!item->writer_state)
        return diag_no_memory(diag);
    if (item->writer->header)
        item->writer->header(item->writer_state, &item->output.sink.buf);
    return !item->output.sink.buf.failed || diag_no_memory(diag);
}

/* Is the id of the library of CATALOG to be computed? */
static bool wants_library(const struct options *options, const struct catalog *catalog)
{
    return ndjson_has_library(options->members, catalog) ||
           (catalog->library != LIBRARY_NONE && (options->stats || options->verify));
}

/* Open the output of each catalog; catalogs without their own share one. */
static bool open_targets(struct outputs *outputs, const struct options *options,
                         const struct catalogs *catalogs, struct diag *diag)
{
    size_t shared = PLAN_NONE;

    for (size_t i = 0; i < catalogs->count; i++) {
        const char *own = options->catalogs[i].output;
        struct plan_target *target = &outputs->targets[outputs->target_count++];
        target->catalog = catalogs->items[i];
        target->output = own || shared == PLAN_NONE ? outputs->count : shared;
        struct outputs_item *item = &outputs->items[target->output];
        if (target->output == outputs->count) {
            const char *path = own ? own : options->output ? options->output : "-";
            item = open_item(outputs, path, diag);
            if (!item || !start_writer(item, options, target->catalog, diag))
                return false;
        }
        if (!own)
            shared = target->output;
        target->library = wants_library(options, target->catalog);
        target->sketched = options->members >> NDJSON_SKETCH & 1;
        target->writer = item->writer;
        target->writer_state = item->writer_state;
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
    if (!outputs->items || !outputs->targets)
        return diag_no_memory(diag);
    bool opened = open_targets(outputs, options, catalogs, diag);
    if (opened && options->dictionary) {
        outputs->dictionary = outputs->count;
        dictionary_init(&outputs->items[outputs->count].written, seed);
        opened = open_item(outputs, options->dictionary, diag) != NULL;
    }
    /* If one cannot be opened, nothing is written to the others, not even a header. */
    if (!opened)
        outputs_drop(outputs);
    return opened;
}

bool outputs_open_report(struct outputs *outputs, const struct options *options,
                         struct diag *diag)
{
    *outputs = (struct outputs){.items = calloc(1, sizeof *outputs->items),
                                .dictionary = PLAN_NONE};
    if (!outputs->items)
        return diag_no_memory(diag);
    bool opened = open_item(outputs, options->output ? options->output : "-", diag) != NULL;
    if (!opened)
        outputs_drop(outputs);
    return opened;
}

struct atomic_file *outputs_report(const struct outputs *outputs)
{
    return &outputs->items[0].output;
}

bool outputs_coloured(void)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return !(none && *none) && terminal && strcmp(terminal, "dumb") != 0;
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

/* Write what ROWS complete, in a format that gathers them. False after a message. */
static bool gather_rows(struct outputs_item *item, struct span rows, struct diag *diag)
{
    struct sink *sink = &item->output.sink;

    item->writer->gather(item->writer_state, rows, &sink->buf);
    if (sink->buf.failed)
        return diag_no_memory(diag);
    return check_item(item, sink_flush(sink), diag);
}

bool outputs_send(struct outputs *outputs, struct buf *const *bufs, struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++) {
        struct outputs_item *item = &outputs->items[i];
        if (!bufs[i]->n)
            continue;
        if (i == outputs->dictionary && !dictionary_keep(&item->written, bufs[i]))
            return diag_no_memory(diag);
        if (item->writer && item->writer->gather) {
            if (!gather_rows(item, buf_span(bufs[i]), diag))
                return false;
            continue;
        }
        if (item->writer && item->writer->sent)
            item->writer->sent(item->writer_state, buf_span(bufs[i]));
        if (!check_item(item, sink_send(&item->output.sink, buf_span(bufs[i])), diag))
            return false;
    }
    return true;
}

const struct atomic_file *outputs_dictionary(const struct outputs *outputs)
{
    return &outputs->items[outputs->dictionary].output;
}

bool outputs_terminal(const struct outputs *outputs, size_t i)
{
    return atomic_file_is_terminal(&outputs->items[i].output);
}

bool outputs_clash(const struct outputs *outputs, const char *path, struct diag *diag)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (atomic_file_clash_path(&outputs->items[i].output, path)) {
            outputs_trouble_clash(path, diag);
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

/* Write all of ITEM. After a failure it reports nothing new. */
static void finish_item(struct outputs_item *item, struct diag *diag)
{
    bool well = diag->status != DIAG_TROUBLE;

    /* A file that will not be made need not be complete. */
    if (!well && item->output.temporary)
        return;
    if (item->writer && item->writer->end)
        item->writer->end(item->writer_state, &item->output.sink.buf, well);
    if (well && item->writer && item->output.sink.buf.failed)
        well = diag_no_memory(diag);
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
        struct outputs_item *item = &outputs->items[i];
        atomic_file_free(&item->output);
        if (item->writer)
            item->writer->close(item->writer_state);
        dictionary_free(&item->written);
    }
    free(outputs->items);
    free(outputs->targets);
    *outputs = (struct outputs){.count = 0};
}

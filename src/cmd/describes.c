#include "config.h"

#include "cmd/describes.h"

#include "base/arena.h"
#include "cmd/outputs.h"
#include "describe/describe.h"
#include "format/writer.h"

/* Write the description. */
static void put_description(const struct options *options, const struct catalog *catalog,
                            struct buf *out, struct diag *diag)
{
    const struct describe_form *form = describe_find(options->describe, options->writer->name);
    struct writer_options writer_options;
    struct arena arena = ARENA_EMPTY;

    options_for_writer(options, &writer_options);
    struct fault fault = describe_put(out, form, &writer_options, catalog, &arena);
    if (fault.status == STATUS_NO_MEMORY)
        diag_no_memory(diag);
    else if (fault.status != STATUS_OK)
        diag_trouble(diag, NULL, "--describe=%s: %s", options->describe, fault_text(fault));
    arena_free(&arena);
}

void describes_run(const struct options *options, const struct catalogs *catalogs,
                   struct diag *diag)
{
    struct outputs outputs;

    if (!catalogs_check_libraries(catalogs, options, diag))
        return;
    if (outputs_open_report(&outputs, options, diag)) {
        put_description(options, catalogs->items[0], &outputs_report(&outputs)->sink.buf, diag);
        if (diag->status == DIAG_TROUBLE)
            outputs_drop(&outputs);
    }
    outputs_close(&outputs, diag);
}

#include "config.h"

#include "cmd/describes.h"

#include "cmd/outputs.h"
#include "describe/describe.h"
#include "format/writer.h"

void describes_run(const struct options *options, const struct catalogs *catalogs,
                   struct diag *diag)
{
    const struct describe_form *form = describe_find(options->describe, options->writer->name);
    struct writer_options writer_options;
    struct outputs outputs;

    if (!catalogs_check_libraries(catalogs, options, diag))
        return;
    options_for_writer(options, &writer_options);
    if (outputs_open_report(&outputs, options, diag) &&
        !describe_put(&outputs_report(&outputs)->sink.buf, form, &writer_options,
                      catalogs->items[0])) {
        outputs_drop(&outputs);
        diag_no_memory(diag);
    }
    outputs_close(&outputs, diag);
}

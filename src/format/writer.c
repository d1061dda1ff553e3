#include "config.h"

#include "format/writer.h"

#include "format/arrow.h"
#include "format/binary.h"
#include "format/ndjson.h"
#include "format/tsv.h"

const struct writer *const writers[] = {&ndjson_writer, &tsv_writer, &binary_writer,
                                       &arrow_writer};
const size_t writer_count = sizeof writers / sizeof *writers;

const struct writer *writer_find(const char *name)
{
    for (size_t i = 0; i < writer_count; i++)
        if (strcmp(writers[i]->name, name) == 0)
            return writers[i];
    return NULL;
}

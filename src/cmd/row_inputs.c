#include "config.h"

#include "cmd/row_inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/catalog_pair.h"
#include "json/pointer.h"
#include "json/value.h"
#include "stream/codec.h"

struct ndjson_read_plan row_inputs_plan(const struct catalogs *catalogs, uint64_t seed,
                                        struct quota *quota)
{
    return (struct ndjson_read_plan){.catalogs = catalogs->items,
                                     .catalog_count = catalogs->count,
                                     .limits = {VALUE_DEPTH, SIZE_MAX, LIMITS_LENGTH_MAX},
                                     .seed = seed,
                                     .quota = quota};
}

struct span row_inputs_carried(const struct pointer *pointer)
{
    return pointer->count == 2 && span_equal(pointer->tokens[0], span_text("carry"))
               ? pointer->tokens[1]
               : pointer->text;
}

bool row_inputs_pairs(const struct catalog_pair **pairs, size_t *count,
                      const struct options *options, struct arena *arena, struct diag *diag)
{
    const struct buf *given = &options->diff.map;
    size_t n = given->n / sizeof(char *);
    struct catalog_pair *made = arena_take_array(arena, n + 1, sizeof *made);

    for (size_t i = 0; made && i < n; i++) {
        const char *text, *sign;
        memcpy(&text, given->p + i * sizeof text, sizeof text);
        sign = strchr(text, '=');
        made[i] =
            (struct catalog_pair){span_of(text, (size_t)(sign - text)), span_text(sign + 1)};
    }
    *pairs = made;
    *count = n;
    return made || diag_no_memory(diag);
}

void row_inputs_fault(void *context, const char *path, bool binary, uint64_t line,
                      uint64_t column, const char *what)
{
    struct diag *diag = context;
    char text[200];

    if (binary && line) {
        snprintf(text, sizeof text, "row %llu: %s", (unsigned long long)line, what);
        diag_reject(diag, path, 0, 0, text);
    } else {
        diag_reject(diag, path, line, column, what);
    }
    diag->status = DIAG_TROUBLE;
}

const char *row_inputs_directory(void)
{
    const char *directory = getenv("TMPDIR");

    return directory && *directory ? directory : "/tmp";
}

int row_inputs_window(const struct options *options)
{
    return options->long_window ? CODEC_WINDOW_LOG_LONG : CODEC_WINDOW_LOG;
}

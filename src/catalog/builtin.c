#include "config.h"

#include "catalog/builtin.h"

const struct builtin *builtin_find(struct span name)
{
    for (size_t i = 0; i < builtin_count; i++)
        if (span_equal(name, span_text(builtin_table[i].name)))
            return &builtin_table[i];
    return NULL;
}

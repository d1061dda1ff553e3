#include "config.h"

#include "format/binary_layout.h"

void binary_layout_make(struct binary_layout *layout, const struct catalog *catalog)
{
    uint32_t plain = catalog->carry_count;

    for (uint32_t i = 0; i < catalog->row_count; i++)
        plain += catalog->rows[i].fact != PLAIN_NONE;
    layout->plain_count = plain;
    layout->group_count = catalog->group_count;
    layout->signal_count = catalog->row_count;
    layout->bitmap = BINARY_PLAIN;
    layout->plain = layout->bitmap + (plain + (size_t)63) / 64 * 8;
    layout->groups = layout->plain + (size_t)plain * 8;
    layout->vector = layout->groups + (size_t)layout->group_count * 8;
    layout->stride = (layout->vector + (size_t)layout->signal_count * 8 + 63) / 64 * 64;
}

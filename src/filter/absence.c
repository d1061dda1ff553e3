#include "config.h"

#include "filter/absence.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "vector/vector.h"

bool absence_note(struct absence *absence, const struct vector *vector)
{
    const unsigned char *states = vector->states;

    if (!absence->rows) {
        uint32_t count = vector->catalog->row_count;
        absence->rows = malloc(count * sizeof *absence->rows);
        if (!absence->rows)
            return false;
        for (uint32_t i = 0; i < count; i++)
            absence->rows[i] = i;
        absence->count = count;
    }
    for (uint32_t i = 0; i < absence->count;)
        if (states[absence->rows[i]] != SIGNAL_MISSING)
            absence->rows[i] = absence->rows[--absence->count];
        else
            i++;
    return true;
}

void absence_free(struct absence *absence)
{
    free(absence->rows);
    *absence = (struct absence){.count = 0};
}

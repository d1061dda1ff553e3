#include "config.h"

#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"

struct fault fault_format(struct arena *arena, size_t offset, const char *format, ...)
{
    char *text = arena_take(arena, FAULT_TEXT_MAX + 1);
    va_list values;

    if (!text)
        return fault_memory();
    va_start(values, format);
    vsnprintf(text, FAULT_TEXT_MAX + 1, format, values);
    va_end(values);
    arena_trim(arena, text, strlen(text) + 1);
    return fault_invalid(offset, text);
}

struct fault fault_system(int error)
{
    if (!error)
        return FAULT_NONE;
    if (error == ENOMEM)
        return fault_memory();
    return (struct fault){.status = STATUS_SYSTEM, .text = strerror(error)};
}

struct fault_place fault_place(struct span text, size_t offset)
{
    struct fault_place place = {1, 1};

    for (size_t i = 0; i < offset; i++) {
        bool ends = text.p[i] == '\n';
        place.line += ends;
        place.column = ends ? 1 : place.column + 1;
    }
    return place;
}

#include "config.h"

#include "cmd/option_pointer.h"

#include "cmd/diag.h"
#include "json/pointer.h"

bool option_pointer_read(struct pointer *pointer, const char *name, const char *text,
                         const char *example, struct arena *arena, struct diag *diag)
{
    struct fault fault = pointer_parse(pointer, span_text(text), arena);

    if (fault.status != STATUS_OK)
        diag_trouble(diag, NULL, "--%s: %s, at byte %zu of '%s'", name, fault_text(fault),
                     fault.offset + 1, text);
    else if (!*text)
        diag_trouble(diag, NULL, "--%s: expected a pointer to a member, such as %s", name,
                     example);
    return fault.status == STATUS_OK && *text;
}

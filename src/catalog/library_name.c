#include "config.h"

#include "catalog/library_name.h"

const char *library_name(enum library library)
{
    switch (library) {
    case LIBRARY_NONE:
        break;
    case LIBRARY_FINGERPRINTJS:
        return "fingerprintjs";
    case LIBRARY_THUMBMARKJS:
        return "thumbmarkjs";
    }
    return "";
}

const char *library_id_name(enum library library)
{
    switch (library) {
    case LIBRARY_NONE:
        break;
    case LIBRARY_FINGERPRINTJS:
        return "visitorId";
    case LIBRARY_THUMBMARKJS:
        return "thumbmark";
    }
    return "";
}

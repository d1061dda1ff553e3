/*
 * library_name: the fingerprinting libraries whose own ids whorl computes, by @library.
 */
#ifndef WHORL_CATALOG_LIBRARY_NAME_H
#define WHORL_CATALOG_LIBRARY_NAME_H

enum library { LIBRARY_NONE, LIBRARY_FINGERPRINTJS, LIBRARY_THUMBMARKJS };
#define LIBRARIES 3

/* The library's name in @library, "fingerprintjs"; constant. Empty for LIBRARY_NONE. */
const char *library_name(enum library library);

/* The name of the id, both in the library's result and in output: "visitorId"; constant. */
const char *library_id_name(enum library library);

#endif

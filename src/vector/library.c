#include "config.h"

#include "vector/library.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/sort.h"
#include "catalog/catalog.h"
#include "json/pointer.h"
#include "json/raw.h"
#include "json/stringify.h"
#include "json/unescape.h"
#include "text/murmur.h"
#include "text/number.h"
#include "text/utf8.h"

/* A release as one number, so that releases compare. */
#define RELEASE(major, minor, patch) ((uint64_t)(major) << 40 | (uint64_t)(minor) << 20 | (patch))
#define RELEASE_PART_MAX             ((1u << 20) - 1)
#define RELEASE_UNKNOWN              UINT64_MAX /* the rules of the latest apply */

/* The parts of a library's result; no bytes where one is not there. */
struct library_result {
    struct span components;
    struct span version;
    struct span stated; /* the id */
};

/* Find them: they are in the object that has the member `components`, the catalog's root. False if
 * the root has another name. */
static bool find_result(struct library_result *result, const struct catalog *catalog,
                        size_t root, struct span record, struct arena *arena)
{
    const struct pointer *pointer = root < catalog->root_count ? &catalog->roots[root] : NULL;
    struct span name = span_text("components");
    struct span id = span_text(library_id_name(catalog->library));
    struct raw_member member;

    if (!pointer || !pointer->count || !span_equal(pointer->tokens[pointer->count - 1], name))
        return false;
    struct span whole = raw_find(raw_trim(record), pointer, pointer->count - 1, arena);
    if (!raw_is_object(whole))
        return false;
    *result = (struct library_result){.components = span_of(NULL, 0)};
    struct raw_cursor cursor = raw_members(whole);
    while (raw_next(&cursor, &member)) {
        if (raw_named(member.name, name, arena))
            result->components = member.value;
        else if (raw_named(member.name, span_text("version"), arena))
            result->version = member.value;
        else if (raw_named(member.name, id, arena))
            result->stated = member.value;
    }
    return raw_is_object(result->components);
}

/* The release that VALUE, a version, says. It is a string that begins with one to three numbers
 * with points between them; those that it does not have are 0. */
static uint64_t read_release(struct span value)
{
    uint64_t parts[3] = {0, 0, 0};
    size_t at = 1;

    if (!value.n || value.p[0] != '"' || !ascii_is_digit(value.p[at]))
        return RELEASE_UNKNOWN;
    for (int i = 0; i < 3; i++) {
        for (; ascii_is_digit(value.p[at]); at++)
            if (parts[i] <= RELEASE_PART_MAX / 16)
                parts[i] = parts[i] * 10 + (uint64_t)(value.p[at] - '0');
        if (value.p[at] != '.' || !ascii_is_digit(value.p[at + 1]))
            break;
        at++;
    }
    return RELEASE(parts[0], parts[1], parts[2]);
}

/* A component of FingerprintJS. */
struct component {
    struct span name;
    struct span value; /* no bytes if it has none */
    bool failed;       /* it has an error instead */
};

/* Is VALUE false in ECMAScript: false, null, 0 or ""? Objects and arrays are not. */
static bool is_falsy(struct span value)
{
    if (value.p[0] == '-' || ascii_is_digit(value.p[0]))
        return number_parse(value) == 0;
    return value.p[0] == 'f' || value.p[0] == 'n' || (value.p[0] == '"' && value.n == 2);
}

/* Read MEMBER of the components. False if it is no component. */
static bool read_component(struct component *component, const struct raw_member *member,
                           uint64_t release, struct arena *arena)
{
    struct raw_member part;

    *component = (struct component){.name = member->name};
    if (member->value.p[0] == '[')
        return true; /* an array has neither member */
    if (!raw_is_object(member->value))
        return false;
    struct raw_cursor cursor = raw_members(member->value);
    while (raw_next(&cursor, &part)) {
        if (raw_named(part.name, span_text("value"), arena))
            component->value = part.value;
        else if (raw_named(part.name, span_text("error"), arena))
            component->failed = release >= RELEASE(4, 0, 0) || !is_falsy(part.value);
    }
    return true;
}

/* Append the name NAME with a backslash before each : | and \. An unpaired surrogate becomes
 * U+FFFD, as in UTF-8; if UNITS, it is written like any other code point of three bytes. */
static void put_component_name(struct buf *out, struct span name, bool units)
{
    while (name.n) {
        uint32_t c = name.p[0] == '\\' ? json_unescape(&name) : utf8_take(&name);
        unsigned char text[UTF8_MAX];
        if (c == ':' || c == '|' || c == '\\')
            buf_putc(out, '\\');
        if (c >> 11 == 0xD800 >> 11 && !units)
            c = UTF8_REPLACEMENT;
        buf_put(out, span_of(text, utf8_put(text, c)));
    }
}

static int by_component_name(const void *a, const void *b, void *context)
{
    (void)context;
    return raw_compare_names(((const struct component *)a)->name,
                             ((const struct component *)b)->name);
}

/* Read COMPONENTS into *LIST, in the order in which they are hashed, *COUNT of them. *ALL becomes
 * false if one of them is none. False when memory is out. */
static bool list_components(struct span components, uint64_t release, struct component **list,
                            size_t *count, bool *all, struct arena *arena)
{
    struct raw_cursor cursor = raw_members(components);
    struct raw_member member;
    size_t most = 0;

    while (raw_next(&cursor, &member))
        most++;
    *list = arena_take_array(arena, most, sizeof **list);
    void *scratch = arena_take_array(arena, most, sizeof **list);
    if (!*list || !scratch)
        return false;
    *count = 0;
    *all = true;
    cursor = raw_members(components);
    while (*all && raw_next(&cursor, &member))
        *all = read_component(&(*list)[(*count)++], &member, release, arena);
    if (release >= RELEASE(3, 1, 0))
        sort_array(*list, *count, sizeof **list, by_component_name, NULL, scratch);
    return true;
}

/* The hash of TEXT, by its UTF-16 code units. TEXT may have unpaired surrogates. False when memory
 * is out. */
static bool hash_units(struct span text, struct arena *arena, struct hash128 *hash)
{
    uint16_t *units = arena_take_array(arena, text.n, sizeof *units);
    size_t count = 0;

    if (!units)
        return false;
    while (text.n) {
        uint32_t c = utf8_take(&text);
        if (c > 0xFFFF) {
            units[count++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        units[count++] = (uint16_t)c;
    }
    *hash = murmur_x64_units(units, count);
    return true;
}

/* The id of FingerprintJS. False when memory is out. */
static bool make_visitor_id(struct library_id *id, struct span components, uint64_t release,
                            struct arena *arena, struct buf *scratch)
{
    struct component *list;
    size_t count;

    if (release < RELEASE(3, 0, 0))
        return true; /* it has no components */
    if (!list_components(components, release, &list, &count, &id->known, arena))
        return false;
    for (size_t i = 0; id->known && i < count; i++) {
        if (i)
            buf_putc(scratch, '|');
        put_component_name(scratch, list[i].name, release < RELEASE(4, 0, 1));
        buf_putc(scratch, ':');
        if (list[i].failed)
            buf_puts(scratch, "error");
        else if (list[i].value.n)
            stringify_put(scratch, list[i].value);
        else
            buf_puts(scratch, "undefined");
    }
    struct span text = buf_span(scratch);
    if (scratch->failed)
        return false;
    if (release < RELEASE(4, 0, 1) && !utf8_is_ascii(text))
        return hash_units(text, arena, &id->hash);
    id->hash = murmur_x64(text);
    return true;
}

/* The id of ThumbmarkJS. False when memory is out. */
static bool make_thumbmark(struct library_id *id, struct span components, uint64_t release,
                           const struct limits *limits, struct arena *arena,
                           struct buf *scratch)
{
    if (release < RELEASE(1, 4, 0))
        stringify_put(scratch, components);
    else if (!stringify_put_sorted(scratch, components, limits, arena))
        return false;
    id->known = true;
    id->hash = murmur_x86(buf_span(scratch));
    return !scratch->failed;
}

/* Does the record state another id than ID? */
static void compare_stated(struct library_id *id, struct span stated, struct buf *scratch)
{
    if (!id->known || !stated.n || stated.p[0] != '"')
        return;
    buf_clear(scratch);
    hash_put128(scratch, id->hash);
    id->stated = true;
    id->differs = !span_equal(span_cut(stated, 1, stated.n - 1), buf_span(scratch));
}

bool library_read(struct library_id *id, const struct catalog *catalog, size_t root,
                  struct span record, const struct limits *limits, struct arena *arena,
                  struct buf *scratch)
{
    struct library_result result;
    struct arena_mark mark = arena_mark(arena);
    bool made = true;

    *id = (struct library_id){.known = false};
    buf_clear(scratch);
    if (!find_result(&result, catalog, root, record, arena))
        return !arena->failed;
    uint64_t release = read_release(result.version);
    switch (catalog->library) {
    case LIBRARY_NONE:
        break;
    case LIBRARY_FINGERPRINTJS:
        made = make_visitor_id(id, result.components, release, arena, scratch);
        break;
    case LIBRARY_THUMBMARKJS:
        made = make_thumbmark(id, result.components, release, limits, arena, scratch);
        break;
    }
    compare_stated(id, result.stated, scratch);
    arena_back(arena, mark);
    return made && !scratch->failed && !arena->failed;
}

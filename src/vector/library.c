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

#define LIBRARY_DIGITS 32 /* of an id */

/* A component of FingerprintJS. */
struct component {
    struct span name;
    struct span value; /* its text; no bytes if it has none */
    struct span error; /* likewise as it is in the record */
    uint64_t key;      /* the first bytes of a name in ASCII without escapes, most significant */
                       /* first: such names are in the order of their keys if these differ */
};

/* The components of a record, in the order of the record. */
struct component_list {
    struct component *items;
    size_t count, size;
    bool complete; /* all are components */
};

/* The parts of a library's result; no bytes where one is not there. */
struct library_result {
    struct component_list list; /* of FingerprintJS: the components are read where they are, */
    struct span components;     /* of others the whole */
    struct span version;
    struct span stated; /* the id */
};

/* Add a component to LIST, in ARENA. Null when memory is out. */
static struct component *add_component(struct component_list *list, struct arena *arena)
{
    if (list->count == list->size) {
        size_t size = 2 * list->size + 64;
        struct component *items = arena_take_array(arena, size, sizeof *items);
        if (!items)
            return NULL;
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->size = size;
    }
    list->items[list->count] = (struct component){.key = 0};
    return &list->items[list->count++];
}

/* Read the component whose value CURSOR is at. False if it is no component. */
static bool read_component(struct component *component, struct raw_cursor *cursor,
                           struct arena *arena, struct buf *scratch)
{
    struct raw_cursor parts = {cursor->at + 1, cursor->end};
    struct span name;

    if (*cursor->at != '{') /* an array has neither member */
        return raw_value(cursor).p[0] == '[';
    while (raw_name(&parts, &name)) {
        if (raw_named(name, span_text("value"))) {
            component->value = stringify_value(&parts, arena, scratch);
        } else if (raw_named(name, span_text("error"))) {
            component->error = raw_value(&parts);
        } else {
            (void)raw_value(&parts);
        }
    }
    cursor->at = parts.at;
    return true;
}

/* The key of a component's name; 0 for none. */
static uint64_t name_key(struct span name)
{
    unsigned char first[sizeof(uint64_t)] = {0};
    size_t n = name.n < sizeof first ? name.n : sizeof first;

    if (n)
        memcpy(first, name.p, n);
    for (size_t i = 0; i < n; i++)
        if (first[i] >= 0x80 || first[i] == '\\')
            return 0;
    return hash_from_big_endian(first);
}

/* Read the components, an object that CURSOR is at. False when memory is out. */
static bool read_components(struct component_list *list, struct raw_cursor *cursor,
                            struct arena *arena, struct buf *scratch)
{
    struct raw_cursor members = {cursor->at + 1, cursor->end};
    struct span name;

    *list = (struct component_list){.complete = true};
    while (raw_name(&members, &name)) {
        struct component *component = add_component(list, arena);
        if (!component)
            return false;
        component->name = name;
        component->key = name_key(name);
        list->complete &= read_component(component, &members, arena, scratch);
        if (span_failed(component->value))
            return false;
    }
    cursor->at = members.at;
    return true;
}

/* Read the value of the member `components` that CURSOR is at, if it is an object. */
static bool read_result(struct library_result *result, enum library library,
                        struct raw_cursor *cursor, struct arena *arena, struct buf *scratch)
{
    const unsigned char *p = cursor->at;
    bool made = true;

    if (*p == '{' && library == LIBRARY_FINGERPRINTJS)
        made = read_components(&result->list, cursor, arena, scratch);
    else
        cursor->at = raw_end(p, cursor->end);
    if (*p == '{')
        result->components = span_of(p, (size_t)(cursor->at - p));
    return made;
}

/* Find the parts of a result: they are in the object that has the member `components`, the
 * catalog's root; there are none if the root has another name. False when memory is out. */
static bool find_result(struct library_result *result, const struct catalog *catalog,
                        size_t root, struct span record, struct arena *arena,
                        struct buf *scratch)
{
    const struct pointer *pointer = root < catalog->root_count ? &catalog->roots[root] : NULL;
    struct span components = span_text("components"), version = span_text("version");
    struct span id = span_text(library_id_name(catalog->library)), name;

    *result = (struct library_result){.components = span_of(NULL, 0)};
    if (!pointer || !pointer->count ||
        !span_equal(pointer->tokens[pointer->count - 1], components))
        return true;
    struct span whole = raw_find(raw_trim(record), pointer, pointer->count - 1);
    if (!raw_is_object(whole))
        return true;
    struct raw_cursor cursor = raw_members(whole);
    while (raw_name(&cursor, &name)) {
        if (raw_named(name, components)) {
            if (!read_result(result, catalog->library, &cursor, arena, scratch))
                return false;
        } else if (raw_named(name, version)) {
            result->version = raw_value(&cursor);
        } else if (raw_named(name, id)) {
            result->stated = raw_value(&cursor);
        } else {
            (void)raw_value(&cursor);
        }
    }
    return true;
}

/* The release that TEXT, which a quote follows, says. It begins with one to three numbers with
 * points between them; those that it does not have are 0. */
static uint64_t parse_release(const unsigned char *text)
{
    uint64_t parts[3] = {0, 0, 0};

    if (!ascii_is_digit(*text))
        return RELEASE_UNKNOWN;
    for (int i = 0; i < 3; i++) {
        for (; ascii_is_digit(*text); text++)
            if (parts[i] <= RELEASE_PART_MAX / 16)
                parts[i] = parts[i] * 10 + (uint64_t)(*text - '0');
        if (*text != '.' || !ascii_is_digit(text[1]))
            break;
        text++;
    }
    return RELEASE(parts[0], parts[1], parts[2]);
}

/* The release that VALUE, a version, says as it reads, in ARENA, which knows if memory is out. */
static uint64_t read_release(struct span value, struct arena *arena)
{
    if (!value.n || value.p[0] != '"')
        return RELEASE_UNKNOWN;

    struct span text = span_cut(value, 1, value.n - 1);
    if (!memchr(text.p, '\\', text.n + 1))
        return parse_release(text.p);
    unsigned char *read = arena_take(arena, text.n + 1);
    if (!read)
        return RELEASE_UNKNOWN;
    read[raw_unescape(text, read, text.n)] = '"';
    return parse_release(read);
}

/* Is VALUE false in ECMAScript: false, null, 0 or ""? Objects and arrays are not. */
static bool is_falsy(struct span value)
{
    if (value.p[0] == '-' || ascii_is_digit(value.p[0]))
        return number_parse(value) == 0;
    return value.p[0] == 'f' || value.p[0] == 'n' || (value.p[0] == '"' && value.n == 2);
}

/* Has COMPONENT an error, by the rule of RELEASE? */
static bool has_failed(const struct component *component, uint64_t release)
{
    return component->error.n &&
           (release >= RELEASE(4, 0, 0) || !is_falsy(component->error));
}

/* Append the name NAME with a backslash before each : | and \. An unpaired surrogate becomes
 * U+FFFD, as in UTF-8; if UNITS, it is written like any other code point of three bytes. */
static void put_component_name(struct buf *out, struct span name, bool units)
{
    for (;;) {
        unsigned char text[UTF8_MAX];
        size_t plain = 0;
        while (plain < name.n && name.p[plain] != '\\' && name.p[plain] != ':' &&
               name.p[plain] != '|')
            plain++;
        buf_put(out, span_cut(name, 0, plain));
        name = span_cut(name, plain, name.n);
        if (!name.n)
            return;
        uint32_t c = name.p[0] == '\\' ? json_unescape(&name) : utf8_take(&name);
        if (c == ':' || c == '|' || c == '\\')
            buf_putc(out, '\\');
        if (c >> 11 == 0xD800 >> 11 && !units)
            c = UTF8_REPLACEMENT;
        buf_put(out, span_of(text, utf8_put(text, c)));
    }
}

static int by_component_name(const void *a, const void *b, void *context)
{
    const struct component *x = a, *y = b;

    (void)context;
    if (x->key != y->key && x->key && y->key)
        return x->key < y->key ? -1 : 1;
    return raw_compare_names(x->name, y->name);
}

/* The parts, two for each component, whose text FingerprintJS hashes of LIST, in ARENA. Values are
 * parts where they are: they are most of the text, and a copy of them costs as much as the hash.
 * Null when memory is out. */
static struct span *lay_out_components(struct component_list *list, uint64_t release,
                                       struct arena *arena)
{
    struct span *parts = arena_take_array(arena, list->count, 2 * sizeof *parts);
    void *scratch = arena_take_array(arena, list->count, sizeof *list->items);
    size_t size = 0;

    for (size_t i = 0; i < list->count; i++)
        size += 2 * list->items[i].name.n + sizeof "|:undefined";
    unsigned char *room = arena_take(arena, size);
    if (!parts || !scratch || !room)
        return NULL;
    if (release >= RELEASE(3, 1, 0))
        sort_array(list->items, list->count, sizeof *list->items, by_component_name, NULL,
                   scratch);
    struct buf out = buf_within(room, size);
    for (size_t i = 0; i < list->count; i++) {
        const struct component *component = &list->items[i];
        bool failed = has_failed(component, release);
        size_t from = out.n;
        if (i)
            buf_putc(&out, '|');
        put_component_name(&out, component->name, release < RELEASE(4, 0, 1));
        buf_putc(&out, ':');
        if (failed || !component->value.n)
            buf_puts(&out, failed ? "error" : "undefined");
        parts[2 * i] = span_of(room + from, out.n - from);
        parts[2 * i + 1] = failed ? span_of(NULL, 0) : component->value;
    }
    return parts;
}

static bool parts_are_ascii(const struct span *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!utf8_is_ascii(parts[i]))
            return false;
    return true;
}

/* Append the UTF-16 code units of TEXT, which may have unpaired surrogates, at UNITS. Returns their
 * end. */
static uint16_t *put_units(uint16_t *units, struct span text)
{
    while (text.n) {
        uint32_t c = utf8_take(&text);
        if (c > 0xFFFF) {
            *units++ = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        *units++ = (uint16_t)c;
    }
    return units;
}

/* The hash of the text of PARTS, by its UTF-16 code units. False when memory is out. */
static bool hash_units(const struct span *parts, size_t count, struct arena *arena,
                       struct hash128 *hash)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += parts[i].n;
    uint16_t *units = arena_take_array(arena, size, sizeof *units), *end = units;
    if (!units)
        return false;
    for (size_t i = 0; i < count; i++)
        end = put_units(end, parts[i]);
    *hash = murmur_x64_units(units, (size_t)(end - units));
    return true;
}

/* The id of FingerprintJS. False when memory is out. */
static bool make_visitor_id(struct library_id *id, struct component_list *list,
                            uint64_t release, struct arena *arena)
{
    size_t count = 2 * list->count;

    if (!list->complete || release < RELEASE(3, 0, 0)) /* which has no components */
        return true;
    const struct span *parts = lay_out_components(list, release, arena);
    if (!parts)
        return false;
    id->known = true;
    if (release < RELEASE(4, 0, 1) && !parts_are_ascii(parts, count))
        return hash_units(parts, count, arena, &id->hash);
    id->hash = murmur_x64(parts, count);
    return true;
}

/* The id of ThumbmarkJS. False when memory is out. */
static bool make_thumbmark(struct library_id *id, struct span components, uint64_t release,
                           const struct limits *limits, struct arena *arena,
                           struct buf *scratch)
{
    buf_clear(scratch);
    if (release < RELEASE(1, 4, 0))
        stringify_put(scratch, components);
    else if (!stringify_put_sorted(scratch, components, limits, arena))
        return false;
    id->known = true;
    id->hash = murmur_x86(buf_span(scratch));
    return !scratch->failed;
}

/* May TEXT be the id of a library: 128 bits, as hash_put128() prints them? */
static bool is_library_form(struct span text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_digit(text.p[i]) && (text.p[i] < 'a' || text.p[i] > 'f'))
            return false;
    return text.n == LIBRARY_DIGITS;
}

/* Does the record state another id than ID? */
static void compare_stated(struct library_id *id, struct span stated, struct buf *scratch)
{
    unsigned char text[LIBRARY_DIGITS];

    if (!id->known || !stated.n || stated.p[0] != '"')
        return;
    size_t n = raw_unescape(span_cut(stated, 1, stated.n - 1), text, sizeof text);
    id->stated = n <= sizeof text && is_library_form(span_of(text, n));
    id->incomparable = !id->stated;
    if (!id->stated)
        return;
    buf_clear(scratch);
    hash_put128(scratch, id->hash);
    id->differs = !span_equal(span_of(text, n), buf_span(scratch));
}

bool library_read(struct library_id *id, const struct catalog *catalog, size_t root,
                  struct span record, const struct limits *limits, struct arena *arena,
                  struct buf *scratch)
{
    struct library_result result;
    struct arena_mark mark = arena_mark(arena);
    bool made = true;

    *id = (struct library_id){.known = false};
    if (!find_result(&result, catalog, root, record, arena, scratch))
        return false;
    if (!result.components.n)
        return !arena->failed;
    uint64_t release = read_release(result.version, arena);
    switch (catalog->library) {
    case LIBRARY_NONE:
        break;
    case LIBRARY_FINGERPRINTJS:
        made = make_visitor_id(id, &result.list, release, arena);
        break;
    case LIBRARY_THUMBMARKJS:
        made = make_thumbmark(id, result.components, release, limits, arena, scratch);
        break;
    }
    compare_stated(id, result.stated, scratch);
    arena_back(arena, mark);
    return made && !scratch->failed && !arena->failed;
}

#include "config.h"

#include "survey/observe.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "json/members.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/validate.h"
#include "json/value.h"
#include "json/value_read.h"
#include "steps/normalize.h"
#include "steps/signal.h"
#include "survey/timestamp.h"
#include "vector/extract.h"

#define MARKER_MEMBERS 4 /* that an error marker has at most */
#define PAIRS_LEAST    8 /* in an array of pairs: the brands of client hints are fewer */

struct observer {
    const struct observe_rules *rules;
    const struct json *json;
    const struct members *members; /* null: names are hashed with */
    uint64_t seed;
    struct arena *arena;
    struct buf *scratch;
    struct buf *out;
    uint64_t version; /* as in struct observe_record */
    uint32_t by;      /* the node of the key; NODE_NONE without a key */
    bool failed;      /* memory is out */
};

/* An object whose members are being observed. */
struct observe_object {
    uint32_t next; /* the node after it */
    size_t at;     /* its observation in the output; SIZE_MAX for the record */
    uint64_t sum;  /* of its members */
    uint64_t name; /* the hash of its own name */
};

/* Mix A and B, of which either order gives another result. */
static uint64_t mix_hashes(uint64_t a, uint64_t b)
{
    uint64_t x = a ^ (b * 0x9E3779B97F4A7C15u + 0x632BE59BD9B4E019u);

    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* The canonical text of NODE; no bytes when memory is out. */
static struct span canonical_text(struct observer *o, uint32_t node)
{
    struct span text = json_canonical(o->json, node);
    struct value value;

    if (text.n)
        return text;
    struct arena_mark mark = arena_mark(o->arena);
    buf_clear(o->scratch);
    if (!value_read_node(o->json, node, &value, o->arena)) {
        o->failed = true;
        return span_of(NULL, 0);
    }
    value_put_jcs(o->scratch, &value);
    arena_back(o->arena, mark);
    o->failed |= o->scratch->failed;
    return buf_span(o->scratch);
}

static uint64_t node_hash(struct observer *o, uint32_t node)
{
    struct span text = canonical_text(o, node);

    return hash64(text);
}

/* Set the hashes of ARRAY, whose node is NODE. */
static void observe_array(struct observer *o, uint32_t node, struct observation *array)
{
    const struct json_node *nodes = o->json->nodes;
    uint64_t ordered = nodes[node].count, sum = 0;

    for (uint32_t i = node + 1; i < nodes[node].next; i = nodes[i].next) {
        uint64_t hash = node_hash(o, i);
        ordered = mix_hashes(ordered, hash);
        sum += hash;
    }
    array->value = ordered;
    array->form = mix_hashes(sum, nodes[node].count);
}

/* Is NODE an object of two members? */
static bool is_pair(const struct observer *o, uint32_t node)
{
    const struct json_node *at = &o->json->nodes[node];

    return at->type == JSON_OBJECT && at->count == 2;
}

/* Set the names of the members of pairs, if ARRAY, whose node is NODE, has pairs only: all with the
 * same two names in the same order, the first of which with a string that neither the first pair
 * nor the one before has. */
static void observe_pairs(struct observer *o, uint32_t node, struct observation *array)
{
    const struct json_node *nodes = o->json->nodes;
    uint32_t first = node + 1, end = nodes[node].next;

    if (nodes[node].count < PAIRS_LEAST || !is_pair(o, first) ||
        nodes[first + 2].type != JSON_STRING)
        return;
    uint32_t second = nodes[first + 2].next;
    struct span key = json_raw(o->json, first + 1), paired = json_raw(o->json, second),
                name = json_raw(o->json, first + 2), before = span_of(NULL, 0);
    for (uint32_t i = first; i < end; i = nodes[i].next) {
        if (!is_pair(o, i) || nodes[i + 2].type != JSON_STRING ||
            !span_equal(json_raw(o->json, i + 1), key) ||
            !span_equal(json_raw(o->json, nodes[i + 2].next), paired))
            return;
        struct span own = json_raw(o->json, i + 2);
        if (i > first && (span_equal(own, name) || span_equal(own, before)))
            return;
        before = own;
    }
    array->key = key;
    array->paired = paired;
}

/* Does TEXT, the raw text of a string without its quotes, hold a JSON object or array? */
static bool holds_json(struct observer *o, uint32_t node)
{
    struct span text = json_raw(o->json, node);
    struct json_counts counts;

    if (text.n < 2 || (text.p[0] != '{' && text.p[0] != '['))
        return false;
    text = json_string(o->json, node, o->arena);
    return !span_failed(text) && validate(text, &LIMITS_DEFAULT, &counts).status == STATUS_OK;
}

/* Set the other form of STRING, whose node is NODE, if it is a data URL. */
static void observe_data_url(struct observer *o, uint32_t node, struct observation *string)
{
    struct arena_mark mark = arena_mark(o->arena);
    struct signal signal = {.state = SIGNAL_VALUE};

    if (!o->rules->data_url ||
        !span_begins(json_string(o->json, node, o->arena), span_text("data:")))
        return;
    o->failed |= !value_read_node(o->json, node, &signal.value, o->arena) ||
                 !normalize_apply(o->rules->data_url, &signal, o->arena);
    if (!o->failed && signal.state == SIGNAL_VALUE && signal.value.type == VALUE_STRING)
        string->form = hash64(signal.value.text);
    arena_back(o->arena, mark);
}

/* Add the major versions of TEXT, a user agent, to the version of the record. */
static void observe_version(struct observer *o, struct span text)
{
    static const char *const products[] = {"Chrome/", "Firefox/", "Version/",
                                           "CriOS/",  "FxiOS/",   "Edg/",
                                           "EdgA/",   "EdgiOS/",  "OPR/"};

    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        struct span product = span_text(products[i]);
        const unsigned char *at = memmem(text.p, text.n, product.p, product.n);
        if (!at)
            continue;
        uint64_t major = i + 1;
        for (at += product.n; at < text.p + text.n && ascii_is_digit(*at); at++)
            major = major * 10 + (uint64_t)(*at - '0');
        o->version += mix_hashes(major, i);
    }
}

static void observe_string(struct observer *o, uint32_t node, struct observation *string)
{
    struct span raw = json_raw(o->json, node);

    if (o->json->nodes[node].escaped)
        string->length = (uint32_t)json_string(o->json, node, o->arena).n;
    string->json = holds_json(o, node);
    observe_data_url(o, node, string);
    if (span_begins(raw, span_text("Mozilla/")))
        observe_version(o, raw);
}

/* The node of the member of the object NODE that makes it an error marker; NODE_NONE if it is not
 * one. */
static uint32_t find_marker(const struct observer *o, uint32_t node)
{
    const struct json_node *nodes = o->json->nodes;
    uint32_t found = NODE_NONE;

    if (nodes[node].count > MARKER_MEMBERS)
        return NODE_NONE;
    for (uint32_t name = node + 1; name < nodes[node].next; name = nodes[name + 1].next) {
        struct span text = json_string(o->json, name, o->arena);
        if (span_equal(text, span_text("value")))
            return NODE_NONE;
        if (span_equal(text, span_text("error")))
            found = name + 1;
    }
    return found;
}

/* The type of NODE; that of a word by its first letter. */
static enum observe_type node_type(const struct observer *o, uint32_t node)
{
    switch (o->json->nodes[node].type) {
    case JSON_OBJECT:
        return OBSERVE_OBJECT;
    case JSON_ARRAY:
        return OBSERVE_ARRAY;
    case JSON_STRING:
        return OBSERVE_STRING;
    case JSON_NUMBER:
        return OBSERVE_NUMBER;
    case JSON_WORD:
        break;
    }
    return json_raw(o->json, node).p[0] == 'n' ? OBSERVE_NULL : OBSERVE_BOOLEAN;
}

/* Is NUMBER written with a point or an exponent? */
static bool has_fraction(struct span number)
{
    for (size_t i = 0; i < number.n; i++)
        if (number.p[i] == '.' || (number.p[i] | 0x20) == 'e')
            return true;
    return false;
}

/* Set what is to be seen of the value NODE, but not the hash of an object. */
static void observe_value(struct observer *o, uint32_t node, struct observation *observation)
{
    const struct json_node *at = &o->json->nodes[node];
    uint32_t marker = NODE_NONE;

    observation->type = (unsigned char)node_type(o, node);
    observation->text = at->type == JSON_STRING
                            ? span_cut(o->json->text, at->start - 1, at->end + 1)
                            : json_raw(o->json, node);
    observation->length = json_is_container(at) ? at->count : at->end - at->start;
    if (at->type == JSON_OBJECT)
        marker = find_marker(o, node);
    if (marker != NODE_NONE) {
        observation->type = OBSERVE_ERROR;
        observation->value = hash64(extract_class_of(o->json, marker, o->arena));
        observation->form = observation->value;
    } else if (at->type == JSON_ARRAY) {
        observe_array(o, node, observation);
        observe_pairs(o, node, observation);
    } else if (at->type != JSON_OBJECT) {
        observation->value = observation->form = node_hash(o, node);
        observation->fraction = at->type == JSON_NUMBER && has_fraction(observation->text);
        if (at->type == JSON_STRING)
            observe_string(o, node, observation);
    }
}

/* Observe the member whose name is the node NAME, at DEPTH, in the object PARENT. True if its value
 * is an object whose members follow, which becomes *OPENED. */
static bool observe_member(struct observer *o, uint32_t name, uint16_t depth,
                           struct observe_object *parent, struct observe_object *opened)
{
    const struct json_node *nodes = o->json->nodes;
    struct observation observation = {.name = json_string(o->json, name, o->arena),
                                      .depth = depth,
                                      .keyed = o->by != NODE_NONE && o->by > name &&
                                               o->by < nodes[name + 1].next};

    observation.name_hash =
        o->members ? o->members->hash[name] : hash_seeded(observation.name, o->seed);
    observation.name_id = hash64(observation.name);
    observe_value(o, name + 1, &observation);
    size_t at = observation_put(o->out, &observation, o->json->text, nodes[name].escaped);
    if (observation.type != OBSERVE_OBJECT) {
        parent->sum += mix_hashes(observation.name_id, observation.value);
        return false;
    }
    *opened = (struct observe_object){nodes[name + 1].next, at, 0, observation.name_id};
    return true;
}

/* All members of OBJECT are observed: set its hash, and add it to PARENT. */
static void close_object(struct observer *o, const struct observe_object *object,
                         struct observe_object *parent)
{
    uint64_t hash = mix_hashes(object->sum, 1);

    observation_set_value(o->out, object->at, hash);
    parent->sum += mix_hashes(object->name, hash);
}

/* Observe all members of the record. The depth of the record is within VALUE_DEPTH. */
static void observe_members(struct observer *o)
{
    const struct json_node *nodes = o->json->nodes;
    struct observe_object open[VALUE_DEPTH + 1];
    uint32_t depth = 1, node = 1;

    open[0] = (struct observe_object){nodes[0].next, SIZE_MAX, 0, 0};
    while (node < o->json->count && !o->failed) {
        while (depth > 1 && node >= open[depth - 1].next) {
            depth--;
            close_object(o, &open[depth], &open[depth - 1]);
        }
        if (observe_member(o, node, (uint16_t)depth, &open[depth - 1], &open[depth])) {
            depth++;
            node += 2;
        } else {
            node = nodes[node + 1].next;
        }
    }
    for (; depth > 1; depth--)
        close_object(o, &open[depth - 1], &open[depth - 2]);
}

/* Set the key and the time of the record. */
static void observe_keys(struct observer *o, const struct observe_rules *rules,
                         struct observe_record *record)
{
    uint32_t node = rules->by ? pointer_find(o->json, 0, rules->by, o->arena) : NODE_NONE;

    o->by = node;
    if (node != NODE_NONE) {
        enum observe_type type = node_type(o, node);
        record->keyed = type == OBSERVE_BOOLEAN || type == OBSERVE_NUMBER ||
                        (type == OBSERVE_STRING && json_raw(o->json, node).n);
        if (record->keyed)
            record->key = hash128(canonical_text(o, node));
    }
    node = rules->time ? pointer_find(o->json, 0, rules->time, o->arena) : NODE_NONE;
    if (node != NODE_NONE && !json_is_container(&o->json->nodes[node]))
        record->timed = timestamp_read(&record->time, json_string(o->json, node, o->arena));
}

bool observe_put(struct buf *out, const struct json *json, const struct members *members,
                 uint64_t seed, bool lasting, const struct observe_rules *rules,
                 struct observe_record *record, struct arena *arena, struct buf *scratch)
{
    struct observer o = {.rules = rules,
                         .json = json,
                         .members = members,
                         .seed = seed,
                         .arena = arena,
                         .scratch = scratch,
                         .out = out};
    *record = (struct observe_record){.keyed = false};
    observe_keys(&o, rules, record);
    size_t began = observation_begin(out, json->text, lasting);
    observe_members(&o);
    record->version = o.version;
    observation_end(out, began, record);
    return !o.failed && !out->failed && !arena->failed;
}

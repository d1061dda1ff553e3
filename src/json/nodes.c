#include "config.h"

#include "json/nodes.h"

#include <assert.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>

#include "base/arena.h"
#include "json/outline.h"
#include "json/validate.h"
#include "text/number.h"

#define NO_NODE UINT32_MAX

static const enum json_type types[] = {
    [JSMN_OBJECT] = JSON_OBJECT,
    [JSMN_ARRAY] = JSON_ARRAY,
    [JSMN_STRING] = JSON_STRING,
    [JSMN_PRIMITIVE] = JSON_NUMBER,
};

/* Where COUNT nodes begin and end, and what they are, by as many tokens of TEXT. */
static void copy_tokens(struct json_node *nodes, const jsmntok_t *tokens, uint32_t count,
                        const unsigned char *text)
{
    for (uint32_t i = 0; i < count; i++) {
        const jsmntok_t *token = &tokens[i];
        struct json_node *node = &nodes[i];

        node->start = (uint32_t)token->start;
        node->end = (uint32_t)token->end;
        node->type = types[token->type];
        if (node->type == JSON_NUMBER && text[node->start] >= 'a')
            node->type = JSON_WORD;
        node->escaped = node->type == JSON_STRING &&
                        memchr(text + node->start, '\\', node->end - node->start);
    }
}

/* What is in what of COUNT nodes, by as many tokens. Until a container closes, its `next` is
 * the container around it. */
static void link_nodes(struct json_node *nodes, const jsmntok_t *tokens, uint32_t count)
{
    uint32_t open = NO_NODE;

    for (uint32_t i = 0; i < count; i++) {
        struct json_node *node = &nodes[i];

        node->next = i + 1;
        node->count = 0;
        while (open != NO_NODE && nodes[open].end <= node->start) {
            uint32_t outer = nodes[open].next;
            nodes[open].next = i;
            open = outer;
        }
        if (json_is_container(node)) {
            node->count = (uint32_t)tokens[i].size;
            node->next = open;
            open = i;
        }
    }
    while (open != NO_NODE) {
        uint32_t outer = nodes[open].next;
        nodes[open].next = count;
        open = outer;
    }
}

/* The node of TEXT, if that is one string, number or word: there is nothing to cut into tokens,
 * and in strict mode jsmn refuses a number or word that ends with the text. */
static bool read_lone_scalar(struct json_node *node, struct span text)
{
    uint32_t start = 0, end = (uint32_t)text.n;

    while (text.p[start] <= ' ')
        start++;
    while (text.p[end - 1] <= ' ')
        end--;
    switch (text.p[start]) {
    case '{':
    case '[':
        return false;
    case '"':
        *node = (struct json_node){start + 1, end - 1, 1, 0, JSON_STRING, false};
        node->escaped = memchr(text.p + start, '\\', end - start);
        return true;
    default:
        *node = (struct json_node){
            start, end, 1, 0, text.p[start] >= 'a' ? JSON_WORD : JSON_NUMBER, false};
        return true;
    }
}

/* The COUNT tokens of TEXT, in ARENA; null when memory is out. A function by itself, and all of
 * jsmn in it, lets the compiler keep the parser's state in registers: 110 microseconds a record
 * instead of 150. */
static __attribute__((noinline, flatten, nonnull)) const jsmntok_t *
tokenize(struct span text, uint32_t count, struct arena *arena)
{
    jsmntok_t *tokens = arena_take_array(arena, count, sizeof *tokens);
    jsmn_parser parser;

    if (!tokens)
        return NULL;
    jsmn_init(&parser);
    int found = jsmn_parse(&parser, (const char *)text.p, text.n, tokens, count);
    assert(found == (int)count);
    (void)found;
    return tokens;
}

enum status json_parse(struct json *json, struct span text, const struct json_counts *counts,
                       struct arena *arena)
{
    uint32_t count = (uint32_t)(counts->values + counts->names);
    struct json_node *nodes = arena_take_array(arena, count, sizeof *nodes);

    assert(text.n <= LIMITS_LENGTH_MAX);
    *json = (struct json){text, nodes, count};
    if (!nodes)
        return STATUS_NO_MEMORY;
    if (count == 1 && read_lone_scalar(nodes, text))
        return STATUS_OK;
    struct arena_mark mark = arena_mark(arena);
    const jsmntok_t *tokens = tokenize(text, count, arena);
    if (!tokens)
        return STATUS_NO_MEMORY;
    copy_tokens(nodes, tokens, count, text.p);
    link_nodes(nodes, tokens, count);
    arena_back(arena, mark);
    return STATUS_OK;
}

/* Let jsmn say what is in what. */
static bool link_outline(const struct outline *outline, uint32_t count, struct arena *arena)
{
    /* In strict mode jsmn refuses a number or word that ends with the text. */
    if (count == 1 && !json_is_container(&outline->nodes[0])) {
        outline->nodes[0].next = 1;
        outline->nodes[0].count = 0;
        return true;
    }
    const jsmntok_t *tokens = tokenize(span_of(outline->text, outline->n), count, arena);
    if (tokens)
        link_nodes(outline->nodes, tokens, count);
    return tokens;
}

struct fault json_validate(struct json *json, struct span text, const struct limits *limits,
                           struct json_counts *counts, struct arena *arena)
{
    bool is_long = text.n > limits->length || text.n > LIMITS_LENGTH_MAX;
    size_t length = is_long ? 0 : text.n, most = validate_nodes(length, limits);
    struct outline outline = {.nodes = arena_take_array(arena, most, sizeof *outline.nodes)};
    struct arena_mark mark = arena_mark(arena);

    outline.text = arena_take(arena, length);
    if (!outline.nodes || !outline.text)
        return fault_memory();
    struct fault fault = validate_outline(text, limits, counts, &outline);
    uint32_t count = fault.status == STATUS_OK ? (uint32_t)(counts->values + counts->names) : 0;
    if (count && !link_outline(&outline, count, arena))
        return fault_memory();
    arena_back(arena, mark);
    arena_trim(arena, outline.nodes, count * sizeof *outline.nodes);
    *json = (struct json){text, outline.nodes, count};
    return fault;
}

struct span json_canonical(const struct json *json, uint32_t node)
{
    const struct json_node *at = &json->nodes[node];
    struct span raw = json_raw(json, node);

    if (at->type == JSON_STRING && !at->escaped)
        return span_of(raw.p - 1, raw.n + 2);
    if (at->type == JSON_WORD || (at->type == JSON_NUMBER && number_is_canonical(raw)))
        return raw;
    return span_of(NULL, 0);
}

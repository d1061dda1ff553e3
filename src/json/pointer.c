#include "config.h"

#include "json/pointer.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "json/node.h"
#include "json/nodes.h"

/* TOKEN without its escapes ~0 and ~1, which have been checked. */
static struct span unescape_token(struct span token, struct arena *arena)
{
    if (!token.n || !memchr(token.p, '~', token.n))
        return token;

    unsigned char *out = arena_take(arena, token.n);
    if (!out)
        return SPAN_FAILED;
    size_t n = 0;
    for (size_t i = 0; i < token.n; i++) {
        unsigned char c = token.p[i];
        if (c == '~')
            c = token.p[++i] == '0' ? '~' : '/';
        out[n++] = c;
    }
    return span_of(out, n);
}

/* Check the escapes of TEXT and count its tokens. */
static struct fault count_tokens(struct span text, size_t *tokens)
{
    *tokens = 0;
    if (text.n && text.p[0] != '/')
        return fault_invalid(0, "expected a JSON pointer: empty, or beginning with '/'");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '/' && ++*tokens > POINTER_TOKENS)
            return fault_invalid(i, "expected at most 64 tokens in a JSON pointer");
        if (text.p[i] == '~' && (i + 1 == text.n || (text.p[i + 1] | 1) != '1'))
            return fault_invalid(i, "expected ~0 (for '~') or ~1 (for '/') in a JSON pointer");
    }
    return FAULT_NONE;
}

struct fault pointer_parse(struct pointer *pointer, struct span text, struct arena *arena)
{
    size_t count;
    struct fault fault = count_tokens(text, &count);
    if (fault.status != STATUS_OK)
        return fault;

    struct span *tokens = arena_take_array(arena, count, sizeof *tokens);
    if (!tokens)
        return fault_memory();
    size_t at = 1;
    for (size_t i = 0; i < count; i++) {
        size_t end = at;
        while (end < text.n && text.p[end] != '/')
            end++;
        tokens[i] = unescape_token(span_cut(text, at, end), arena);
        if (span_failed(tokens[i]))
            return fault_memory();
        at = end + 1;
    }
    *pointer = (struct pointer){text, tokens, count};
    return FAULT_NONE;
}

long long pointer_index(struct span token)
{
    long long index = 0;

    if (!token.n || (token.p[0] == '0' && token.n > 1))
        return -1;
    for (size_t i = 0; i < token.n; i++) {
        if (!ascii_is_digit(token.p[i]))
            return -1;
        index = index * 10 + (token.p[i] - '0');
        if (index >= UINT32_MAX)
            return -1;
    }
    return index;
}

uint32_t pointer_member(const struct json *json, uint32_t object, struct span name,
                        struct arena *arena)
{
    uint32_t end = json->nodes[object].next, found = NODE_NONE;

    for (uint32_t node = object + 1; node < end; node = json->nodes[node + 1].next) {
        struct span text = json_string(json, node, arena);
        if (!span_failed(text) && span_equal(text, name))
            found = node + 1;
    }
    return found;
}

/* The element INDEX of the array ARRAY, or NODE_NONE. */
static uint32_t array_element(const struct json *json, uint32_t array, long long index)
{
    uint32_t node = array + 1;

    if (index < 0 || index >= json->nodes[array].count)
        return NODE_NONE;
    while (index-- > 0)
        node = json->nodes[node].next;
    return node;
}

uint32_t pointer_find(const struct json *json, uint32_t node, const struct pointer *pointer,
                      struct arena *arena)
{
    for (size_t i = 0; i < pointer->count && node != NODE_NONE; i++) {
        struct span token = pointer->tokens[i];
        if (json->nodes[node].type == JSON_OBJECT)
            node = pointer_member(json, node, token, arena);
        else if (json->nodes[node].type == JSON_ARRAY)
            node = array_element(json, node, pointer_index(token));
        else
            node = NODE_NONE;
    }
    return node;
}

uint32_t pointer_find_first(const struct json *json, struct pointers pointers,
                            struct arena *arena)
{
    uint32_t node = NODE_NONE;

    for (size_t i = 0; i < pointers.count && node == NODE_NONE; i++)
        node = pointer_find(json, 0, &pointers.items[i], arena);
    return node;
}

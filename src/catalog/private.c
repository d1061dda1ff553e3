#include "config.h"

#include "catalog/private.h"

#include "base/ascii.h"
#include "json/pointer.h"

/* Cut the next word off TOKEN: letters and digits, up to a capital behind a small letter. */
static struct span next_word(struct span *token)
{
    size_t from = 0, end;

    while (from < token->n && !ascii_is_alnum(token->p[from]))
        from++;
    for (end = from; end < token->n && ascii_is_alnum(token->p[end]); end++)
        if (end > from && ascii_lower(token->p[end]) != token->p[end] &&
            ascii_upper(token->p[end - 1]) != token->p[end - 1])
            break;
    struct span word = span_cut(*token, from, end);
    *token = span_cut(*token, end, token->n);
    return word;
}

static bool is_word(struct span word, const char *lower)
{
    size_t i = 0;

    while (i < word.n && (unsigned char)lower[i] == ascii_lower(word.p[i]))
        i++;
    return i == word.n && !lower[i];
}

/* Is the word A, or are A and B together, the name of something private? */
static bool is_private(struct span a, struct span b)
{
    static const char *const words[] = {"ip", "mac", "email", "sdp", "label", "deviceid"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(a, words[i]))
            return true;
    return is_word(a, "device") && is_word(b, "id");
}

/* Does TOKEN begin or end with the name of something private? */
static bool token_looks_private(struct span token)
{
    struct span none = span_of(NULL, 0), before = next_word(&token), last = next_word(&token);
    bool begins = is_private(before, last);

    for (struct span word = next_word(&token); word.n; word = next_word(&token)) {
        before = last;
        last = word;
    }
    return begins || is_private(last, none) ||
           (is_word(before, "device") && is_word(last, "id"));
}

bool private_pointer(const struct pointer *pointer)
{
    for (size_t t = 0; t < pointer->count; t++)
        if (token_looks_private(pointer->tokens[t]))
            return true;
    return false;
}

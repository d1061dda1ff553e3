#include "config.h"

#include "catalog/private.h"

#include "base/ascii.h"
#include "json/pointer.h"

/* Cut the next word off TOKEN: letters and digits, up to a capital after a small letter. */
static struct span take_token_word(struct span *token)
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

static bool is_device_id(struct span a, struct span b)
{
    return ascii_equal(a, span_text("device")) && ascii_equal(b, span_text("id"));
}

/* Is the word A, or A with B after it, the name of something private? */
static bool is_private_word(struct span a, struct span b)
{
    static const char *const words[] = {"ip", "mac", "email", "sdp", "label", "deviceid"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ascii_equal(a, span_text(words[i])))
            return true;
    return is_device_id(a, b);
}

bool private_token(struct span token)
{
    struct span none = span_of(NULL, 0), before = take_token_word(&token),
                last = take_token_word(&token);
    bool begins = is_private_word(before, last);

    for (struct span word = take_token_word(&token); word.n; word = take_token_word(&token)) {
        before = last;
        last = word;
    }
    return begins || is_private_word(last, none) || is_device_id(before, last);
}

bool private_pointer(const struct pointer *pointer)
{
    for (size_t t = 0; t < pointer->count; t++)
        if (private_token(pointer->tokens[t]))
            return true;
    return false;
}

#include "config.h"

#include "survey/personal.h"

#include "base/ascii.h"
#include "catalog/private.h"

#define MAC_COLONS 5

/* Does WORD begin with four numbers up to 255 with dots between, and then end or go on with another
 * character than those of a number or a name? */
static bool begins_as_ipv4(struct span word)
{
    size_t at = 0;

    for (int part = 0; part < 4; part++) {
        unsigned number = 0;
        size_t from = at;
        for (; at < word.n && ascii_is_digit(word.p[at]) && at < from + 3; at++)
            number = number * 10 + (unsigned)(word.p[at] - '0');
        if (at == from || number > 255)
            return false;
        if (part < 3 && (at == word.n || word.p[at++] != '.'))
            return false;
    }
    return at == word.n || !(ascii_is_alnum(word.p[at]) || word.p[at] == '.');
}

/* Is WORD, up to a zone or the length of a prefix, hexadecimal digits and as many colons as an
 * address has? */
static bool is_colon_address(struct span word)
{
    unsigned colons = 0;
    bool twice = false;

    for (size_t i = 0; i < word.n && word.p[i] != '%' && word.p[i] != '/'; i++) {
        bool colon = word.p[i] == ':';
        if (!colon && word.p[i] != '.' && ascii_hex(ascii_lower(word.p[i])) < 0)
            return false;
        colons += colon;
        twice |= colon && i && word.p[i - 1] == ':';
    }
    return colons >= MAC_COLONS || (twice && word.n > 2);
}

static bool is_address(struct span word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] == '@')
            return true;
    return begins_as_ipv4(word) || is_colon_address(word);
}

/* Does a word end at byte I of TEXT? A host follows the // of a URL. */
static bool ends_word(struct span text, size_t i)
{
    static const unsigned char ends[] = " ,;()[]{}<>\"'=|\\";

    return memchr(ends, text.p[i], sizeof ends - 1) ||
           (text.p[i] == '/' && i && text.p[i - 1] == '/');
}

static bool has_address(struct span text)
{
    size_t from = 0;

    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !ends_word(text, i))
            continue;
        if (is_address(span_cut(text, from, i)))
            return true;
        from = i + 1;
    }
    return false;
}

/* Does TEXT, without its quotes, escape a character of ASCII that needs no escape? */
static bool hides_characters(struct span text)
{
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '\\')
            continue;
        i++;
        if (text.p[i] == 'u' && i + 4 < text.n && text.p[i + 1] == '0' &&
            text.p[i + 2] == '0' && text.p[i + 3] >= '2' && text.p[i + 3] <= '7')
            return true;
    }
    return false;
}

/* Where the string ends that begins after the quote at byte START of TEXT: at its last quote. */
static size_t end_of_string(struct span text, size_t start)
{
    size_t i = start + 1;

    while (i < text.n && text.p[i] != '"')
        i += text.p[i] == '\\' ? 2 : 1;
    return i < text.n ? i : text.n;
}

static bool is_json_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Is what ends at byte I of TEXT the name of a member? */
static bool is_name(struct span text, size_t i)
{
    while (i < text.n && is_json_space(text.p[i]))
        i++;
    return i < text.n && text.p[i] == ':';
}

bool personal_text(struct span text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '"')
            continue;
        size_t end = end_of_string(text, i);
        struct span string = span_cut(text, i + 1, end);
        bool name = is_name(text, end + 1);
        if (hides_characters(string) || has_address(string) || (name && private_token(string)))
            return true;
        i = end;
    }
    return false;
}

#include "config.h"

#include "json/symptom.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "text/unicode.h"
#include "text/unicode_data.h"
#include "text/utf8.h"

#define TRY    " FILE | whorl"
#define BLANKS " \t\r"

/* What to say of such a line, and the command that mends it. */
static const struct {
    const char *text, *command;
} arrangements[] = {
    [SYMPTOM_NUL] = {NULL, "tr -d '\\0' <FILE | whorl"},
    [SYMPTOM_RS] = {NULL, "tr '\\036' '\\n' <FILE | whorl"},
    [SYMPTOM_BOM] = {NULL, "sed 's/^\\xEF\\xBB\\xBF//'" TRY},
    [SYMPTOM_ARRAY] = {"an array of records: expected one record per line", "jq -c '.[]'" TRY},
    [SYMPTOM_COMMA] = {"a comma after the record: expected one record per line",
                       "sed 's/,[[:space:]]*$//'" TRY},
    [SYMPTOM_END] = {"the end of an array of records: expected one record per line",
                     "jq -c '.[]'" TRY},
    [SYMPTOM_PART] = {"a record over several lines: expected it on one", "jq -c ." TRY},
    [SYMPTOM_PREFIX] = {"text before the record: expected the record alone",
                        "sed 's/^[^{]*//'" TRY},
    [SYMPTOM_MORE] = {"several records on a line: expected one", "jq -c ." TRY},
    [SYMPTOM_STRING] = {"a record in a string: expected the record itself", "jq -r ." TRY},
};

/* Which order the bytes of UTF-16 and UTF-32 have, where that can be seen. */
enum order { ORDER_UNKNOWN, ORDER_LITTLE, ORDER_BIG };

static const struct {
    const char *text, *command;
} encodings[2][3] = {
    {{"UTF-16 text: expected UTF-8", "iconv -f UTF-16 -t UTF-8" TRY},
     {"UTF-16 text, little-endian: expected UTF-8", "iconv -f UTF-16LE -t UTF-8" TRY},
     {"UTF-16 text, big-endian: expected UTF-8", "iconv -f UTF-16BE -t UTF-8" TRY}},
    {{"UTF-32 text: expected UTF-8", "iconv -f UTF-32 -t UTF-8" TRY},
     {"UTF-32 text, little-endian: expected UTF-8", "iconv -f UTF-32LE -t UTF-8" TRY},
     {"UTF-32 text, big-endian: expected UTF-8", "iconv -f UTF-32BE -t UTF-8" TRY}},
};

#define MARK_16LE "\xFF\xFE"
#define MARK_16BE "\xFE\xFF"
#define SAMPLE    64 /* bytes of a line, enough to see its encoding */

/* How many of every WIDTH-th byte of TEXT's first, from I on, are 0; *ALL is how many there
 * are.
 */
static size_t count_zeros(struct span text, size_t i, size_t width, size_t *all)
{
    size_t count = 0;

    for (*all = 0; i < text.n && i < SAMPLE; i += width, ++*all)
        count += !text.p[i];
    return count;
}

/* Is text of code units of WIDTH bytes with most of them 0, as ASCII has it, but the one at
 * *AT? The LF at which lines are cut is one byte of a unit, so a line may begin inside one. */
static bool is_wide(struct span text, size_t width, size_t *at)
{
    size_t units = text.n < SAMPLE ? text.n / width : SAMPLE / width, full = 0, all;

    if (units < 2)
        return false;
    for (size_t i = 0; i < width; i++) {
        size_t none = count_zeros(text, i, width, &all);
        if (none * 2 >= all)
            continue;
        if (none * 4 > all)
            return false;
        full++;
        *at = i;
    }
    return full == 1;
}

/* Is TEXT in UTF-16 or UTF-32? If it is the FIRST line, in which order. */
static enum symptom find_encoding(struct span text, bool first, enum order *order)
{
    bool big = span_begins(text, span_text(MARK_16BE));
    size_t at;

    *order = ORDER_UNKNOWN;
    for (size_t width = 4; width >= 2; width -= 2) {
        if (!is_wide(text, width, &at))
            continue;
        if (first)
            *order = at ? ORDER_BIG : ORDER_LITTLE;
        return width == 4 ? SYMPTOM_UTF32 : SYMPTOM_UTF16;
    }
    if (!big && !span_begins(text, span_text(MARK_16LE)))
        return SYMPTOM_NONE;
    *order = big ? ORDER_BIG : ORDER_LITTLE;
    return text.n < 4 || text.p[big ? 2 : 3] ? SYMPTOM_NONE : SYMPTOM_UTF16;
}

static bool is_blank(unsigned char c)
{
    return c && strchr(BLANKS, c);
}

/* The first byte of TEXT after AT that is not a blank; 0 if only blanks follow. */
static unsigned char first_after(struct span text, size_t at)
{
    struct span rest = ascii_trim(span_cut(text, at + 1, text.n), BLANKS);

    return rest.n ? rest.p[0] : '\0';
}

/* The offset of the wrong byte: of a line that is too long the first byte, and of faults that
 * do not belong to one byte the end. */
static size_t wrong_byte(struct span text, struct fault fault)
{
    switch (fault.status) {
    case STATUS_VALUE:
    case STATUS_NAME:
    case STATUS_COLON:
    case STATUS_MEMBER_END:
    case STATUS_ELEMENT_END:
    case STATUS_WORD:
    case STATUS_NUMBER:
    case STATUS_CONTROL:
    case STATUS_TRAILING:
        return fault.offset;
    case STATUS_LENGTH:
        return 0;
    default:
        return text.n;
    }
}

static bool is_unseen(uint32_t c)
{
    return c >= 0x80 &&
           (unicode_data_control(c) || unicode_is_space(c) || (c >= 0x2018 && c <= 0x201F));
}

/* What the byte at fault is. */
static enum symptom find_unseen(struct span text, struct fault fault)
{
    size_t at = wrong_byte(text, fault), all;
    struct span rest = span_cut(text, at, text.n);

    if (fault.status == STATUS_LENGTH) /* a hole, as it stays when a log is cut while written */
        return count_zeros(text, 0, 1, &all) == all ? SYMPTOM_NUL : SYMPTOM_NONE;
    if (!rest.n || !utf8_sequence(rest))
        return SYMPTOM_NONE;
    uint32_t c = utf8_take(&rest);
    if (c < 0x20 || c == 0x7F)
        return c == '\0'                                                      ? SYMPTOM_NUL
               : c == 0x1E                                                    ? SYMPTOM_RS
               : is_blank((unsigned char)c) && fault.status != STATUS_CONTROL ? SYMPTOM_NONE
                                                                              : SYMPTOM_CONTROL;
    return c == 0xFEFF ? SYMPTOM_BOM : is_unseen(c) ? SYMPTOM_UNSEEN : SYMPTOM_NONE;
}

/* Is there a record in TEXT after what comes first, beginning at FROM or later? */
static bool has_record(struct span text, size_t from)
{
    const unsigned char *brace =
        text.n > from ? memchr(text.p + from, '{', text.n - from) : NULL;

    if (!brace || brace == text.p || brace[-1] == '"')
        return false;
    unsigned char next = first_after(text, (size_t)(brace - text.p));
    return next == '"' || next == '}';
}

/* The symptom of a line that ends too early. */
static enum symptom arrangement_begun(struct span line)
{
    unsigned char first = line.p[0], last = line.p[line.n - 1];
    unsigned char second = first_after(line, 0);

    if (first == '[')
        return !second || second == '{' ? SYMPTOM_ARRAY : SYMPTOM_NONE;
    return first == '{' && (last == '{' || last == '[') ? SYMPTOM_PART : SYMPTOM_NONE;
}

/* The symptom of a line with text after a value, which begins at AT. */
static enum symptom arrangement_of_rest(struct span text, struct span line, size_t at)
{
    unsigned char c = text.p[at], first = line.p[0];

    if (first == '"' && c == ':')
        return SYMPTOM_PART;
    if (first == '{')
        return c == '{'                             ? SYMPTOM_MORE
               : c == ']'                           ? SYMPTOM_END
               : c == ',' && !first_after(text, at) ? SYMPTOM_COMMA
                                                    : SYMPTOM_NONE;
    return has_record(text, at) ? SYMPTOM_PREFIX : SYMPTOM_NONE;
}

/* The symptom of a line without an invisible byte, by how it is arranged. */
static enum symptom find_arrangement(struct span text, struct fault fault)
{
    struct span line = ascii_trim(text, BLANKS);

    if (!line.n)
        return SYMPTOM_NONE;
    switch (fault.status) {
    case STATUS_END:
        return arrangement_begun(line);
    case STATUS_OBJECT:
        if (line.p[0] == '"')
            return first_after(line, 0) == '{' ? SYMPTOM_STRING : SYMPTOM_NONE;
        return arrangement_begun(line);
    case STATUS_LENGTH:
    case STATUS_VALUES:
        return line.p[0] == '[' ? arrangement_begun(line) : SYMPTOM_NONE;
    case STATUS_TRAILING:
        return arrangement_of_rest(text, line, fault.offset);
    case STATUS_VALUE:
        if (line.p[0] == '}')
            return SYMPTOM_PART;
        if (line.p[0] == ']')
            return SYMPTOM_END;
        break;
    case STATUS_WORD:
    case STATUS_NUMBER:
        break;
    default:
        return SYMPTOM_NONE;
    }
    if (line.p[0] == '{' || arrangement_begun(line) == SYMPTOM_ARRAY ||
        !has_record(text, fault.offset))
        return SYMPTOM_NONE;
    return SYMPTOM_PREFIX;
}

enum symptom symptom_find(struct span text, struct fault fault)
{
    enum order order;
    enum symptom symptom = find_encoding(text, false, &order);

    if (symptom == SYMPTOM_NONE)
        symptom = find_unseen(text, fault);
    return symptom == SYMPTOM_NONE ? find_arrangement(text, fault) : symptom;
}

static void put_unseen_name(struct buf *out, enum symptom symptom, struct span at)
{
    static const char *const names[] = {[0] = "a NUL byte",
                                        ['\t'] = "a tab",
                                        ['\r'] = "a carriage return",
                                        [0x1E] = "a record separator of RFC 7464"};
    char code[16];
    uint32_t c = utf8_take(&at);
    bool known = c < sizeof names / sizeof *names && names[c];

    if (symptom == SYMPTOM_BOM)
        buf_puts(out, "a byte order mark");
    else if (symptom == SYMPTOM_UNSEEN)
        buf_puts(out, "a character that is easily missed");
    else
        buf_puts(out, known ? names[c] : "a control byte");
    snprintf(code, sizeof code, c < 0x80 ? " (0x%02X)" : " (U+%04X)", (unsigned)c);
    buf_puts(out, code);
}

bool symptom_put(struct buf *out, enum symptom symptom, struct span text, struct fault fault,
                 bool first)
{
    const char *what = status_text(fault.status), *in_string = "control byte";
    enum order order;

    if (symptom == SYMPTOM_UTF16 || symptom == SYMPTOM_UTF32) {
        find_encoding(text, first, &order);
        buf_puts(out, encodings[symptom == SYMPTOM_UTF32][order].text);
        return false;
    }
    if (symptom > SYMPTOM_UTF32) {
        buf_puts(out, arrangements[symptom].text);
        return false;
    }
    put_unseen_name(out, symptom, span_cut(text, wrong_byte(text, fault), text.n));
    if (fault.status == STATUS_CONTROL)
        what += strlen(in_string);
    else
        buf_puts(out, ": ");
    buf_puts(out, what);
    return true;
}

const char *symptom_command(enum symptom symptom, struct span text, bool first)
{
    enum order order;

    if (symptom == SYMPTOM_UTF16 || symptom == SYMPTOM_UTF32) {
        find_encoding(text, first, &order);
        return encodings[symptom == SYMPTOM_UTF32][order].command;
    }
    return arrangements[symptom].command;
}

/* Do such lines make up one text of several? */
static bool is_part_of_text(enum symptom symptom)
{
    return symptom >= SYMPTOM_ARRAY && symptom <= SYMPTOM_PART;
}

/* Has TEXT nothing but what is left of a line end in UTF-16 or UTF-32? */
static bool is_rest_of_line_end(struct span text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] && text.p[i] != '\r')
            return false;
    return text.n < 8;
}

bool symptom_goes_on(enum symptom symptom, enum symptom next, struct span text)
{
    if (symptom == SYMPTOM_NONE)
        return false;
    if (is_part_of_text(symptom))
        return is_part_of_text(next) || (text.n && is_blank(text.p[0]));
    if (symptom == SYMPTOM_UTF16 || symptom == SYMPTOM_UTF32)
        return next == symptom || is_rest_of_line_end(text);
    return next == symptom;
}

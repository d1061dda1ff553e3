#include "config.h"

#include "catalog/draft.h"

#include <stdio.h>

#include "base/ascii.h"
#include "catalog/advice.h"
#include "catalog/stages.h"
#include "json/validate.h"
#include "json/value_read.h"
#include "text/nearest.h"

typedef bool read_directive(struct draft *draft, const struct line *line);

static read_directive read_catalog_directive, read_id_directive, read_root_directive,
    read_error_directive, read_value_directive, read_epoch_directive, read_ids_directive,
    read_min_directive, read_transient_directive, read_exclude_directive, read_keep_directive,
    read_carry_directive, read_library_directive;

/* In the manual's order. */
static const struct directive {
    const char *name;
    size_t least, most; /* cells, with the name */
    uint32_t lines;     /* allowed; 0 if read() checks their number */
    read_directive *read;
    const char *form; /* as a message shows it */
} directive_table[DRAFT_DIRECTIVES] = {
    {"@catalog", 3, 3, 1, read_catalog_directive, "@catalog NAME VERSION"},
    {"@id", 2, 2, 1, read_id_directive, "@id POINTER"},
    {"@root", 2, 2, CATALOG_ROOTS, read_root_directive, "@root POINTER"},
    {"@error", 2, LINE_CELLS, 1, read_error_directive, "@error NAME [OTHER...]"},
    {"@value", 2, 2, 1, read_value_directive, "@value NAME"},
    {"@epoch", 2, 2, 1, read_epoch_directive, "@epoch NUMBER"},
    {"@ids", 2, 2, 1, read_ids_directive, "@ids ROWS"},
    {"@min", 3, 3, 0, read_min_directive, "@min IDENTITY SIGNALS"},
    {"@transient", 2, LINE_CELLS, 1, read_transient_directive, "@transient CLASS..."},
    {"@exclude", 5, LINE_CELLS, CATALOG_EXCLUDES, read_exclude_directive,
     "@exclude PREFIX... when|unless POINTER JSON"},
    {"@keep", 2, LINE_CELLS, CATALOG_KEEPS, read_keep_directive, "@keep PREFIX..."},
    {"@carry", 3, 4, CATALOG_CARRIES, read_carry_directive,
     "@carry NAME POINTER [u64|i64|f64]"},
    {"@library", 2, 2, 1, read_library_directive, "@library NAME"},
    {"@pairs", 4, 5, CATALOG_RESHAPES, reshapes_read_pairs,
     "@pairs POINTER KEY VALUE [lower]"},
    {"@json", 2, 2, CATALOG_RESHAPES, reshapes_read_json, "@json POINTER"},
    {"@sketch", 3, 3, 0, sketches_read, "@sketch GROUP BITS"},
};

/* Does a catalog have ROW of its own, and take none of a catalog that it includes? */
static bool is_own_directive(const struct directive *row)
{
    return row->read == read_catalog_directive || row->read == read_id_directive ||
           row->read == read_epoch_directive || row->read == read_ids_directive ||
           row->read == read_carry_directive;
}

static bool read_catalog_directive(struct draft *draft, const struct line *line)
{
    struct span name = line->cells[1].text;
    uint64_t version;

    for (size_t i = 0; i < name.n; i++)
        if (!ascii_is_lower(name.p[i]) &&
            !(i > 0 && (ascii_is_digit(name.p[i]) || name.p[i] == '_')))
            return draft_refuse_at(draft, line, 1, i,
                                   "expected a name of a-z, 0-9 and _, beginning with a-z");
    if (!name.n)
        return draft_refuse(draft, line, 1, "an empty cell: expected the catalog's name",
                            span_of(NULL, 0));
    if (!draft_number(draft, line, 2, 0, UINT64_MAX, &version))
        return false;
    draft->catalog->name = name;
    draft->catalog->version = line->cells[2].text;
    return true;
}

static bool read_id_directive(struct draft *draft, const struct line *line)
{
    struct pointer pointer;

    if (!draft_pointer(draft, line, 1, &pointer))
        return false;
    draft->owner = DRAFT_OWNER_ID;
    DRAFT_PUSH(draft->id_pointers, &pointer);
    return !draft->id_pointers.failed || draft_no_memory(draft);
}

static bool read_root_directive(struct draft *draft, const struct line *line)
{
    struct pointer pointer;

    if (!draft_pointer(draft, line, 1, &pointer))
        return false;
    DRAFT_PUSH(draft->roots, &pointer);
    return true;
}

/* Copy the cells of LINE except the first into *NAMES, each once; at most LINE_CELLS. */
static bool copy_names(struct draft *draft, const struct line *line, const struct span **names,
                       size_t *name_count)
{
    size_t count = line->count - 1;
    struct span *copies = arena_take_array(draft->arena, count, sizeof *copies);

    if (!copies)
        return draft_no_memory(draft);
    for (size_t i = 0; i < count; i++) {
        copies[i] = line->cells[i + 1].text;
        for (size_t other = 0; other < i; other++)
            if (span_equal(copies[other], copies[i]))
                return draft_refuse(draft, line, i + 1, "expected each name once, not",
                                    copies[i]);
    }
    *names = copies;
    *name_count = count;
    return true;
}

static bool read_error_directive(struct draft *draft, const struct line *line)
{
    return copy_names(draft, line, &draft->catalog->markers, &draft->catalog->marker_count);
}

static bool read_transient_directive(struct draft *draft, const struct line *line)
{
    for (size_t i = 1; i < line->count; i++)
        if (!signal_is_class(line->cells[i].text))
            return draft_refuse(draft, line, i,
                                "expected the class of an error, [A-Za-z_][A-Za-z0-9_]*, not",
                                line->cells[i].text);
    return copy_names(draft, line, &draft->catalog->transients,
                      &draft->catalog->transient_count);
}

static bool read_value_directive(struct draft *draft, const struct line *line)
{
    draft->catalog->undefined = line->cells[1].text;
    draft->catalog->has_undefined = true;
    return true;
}

static bool read_epoch_directive(struct draft *draft, const struct line *line)
{
    return draft_number(draft, line, 1, 0, UINT64_MAX, &draft->catalog->epoch);
}

static bool read_ids_directive(struct draft *draft, const struct line *line)
{
    uint64_t number;

    if (!draft_number(draft, line, 1, 0, CATALOG_ROWS, &number))
        return false;
    draft->ids = (uint32_t)number;
    return true;
}

static bool read_min_directive(struct draft *draft, const struct line *line)
{
    struct nearest nearest = nearest_begin(line->cells[1].text);
    uint64_t number;

    for (int i = 0; i < IDENTITIES; i++) {
        if (!span_equal(line->cells[1].text, span_text(identity_name(i))))
            continue;
        if (draft->minimums & 1 << i)
            return draft_refuse(draft, line, 1, "expected one @min an identity, not again",
                                line->cells[1].text);
        if (!draft_number(draft, line, 2, 0, CATALOG_ROWS, &number))
            return false;
        draft->minimums = (uint8_t)(draft->minimums | 1 << i);
        draft->catalog->minimum[i] = (uint32_t)number;
        return true;
    }
    for (int i = 0; i < IDENTITIES; i++)
        nearest_offer(&nearest, span_text(identity_name(i)));
    return advice_unknown(draft, line, 1,
                          "unknown identity: expected exact, build, install, browser or device, "
                          "not",
                          &nearest);
}

static bool add_exclude_prefixes(struct draft *draft, const struct line *line, size_t from,
                                 size_t to, bool keep)
{
    uint32_t exclude = DRAFT_COUNT(struct catalog_exclude, draft->excludes) - 1;

    for (size_t i = from; i < to; i++) {
        if (!draft_name(draft, line, i, "prefix"))
            return false;
        DRAFT_PUSH(draft->prefixes,
                   &((struct draft_prefix){line->cells[i].text, exclude, keep}));
    }
    draft->keep_allowed = true;
    return true;
}

static bool read_exclude_directive(struct draft *draft, const struct line *line)
{
    struct limits limits = LIMITS_DEFAULT;
    size_t when = line->count - 3;
    struct catalog_exclude exclude = {.pointer = 0}; /* until all pointers of rows are known */
    struct pointer pointer;
    struct fault fault;

    bool unless = span_equal(line->cells[when].text, span_text("unless"));
    if (!unless && !span_equal(line->cells[when].text, span_text("when")))
        return draft_refuse(draft, line, when,
                            "expected 'when' or 'unless' before the last two cells, not",
                            line->cells[when].text);
    if (!draft_add_pointer(draft, &draft->excluding, line, when + 1, &pointer))
        return false;
    limits.values = CATALOG_EXCLUDED;
    fault = value_read_within(&exclude.when, line->cells[when + 2].text, &limits, draft->arena);
    if (fault.status == STATUS_NO_MEMORY)
        return draft_no_memory(draft);
    if (fault.status == STATUS_VALUES)
        return draft_refuse_number(draft, line, when + 2, "too many values in the JSON text",
                                   CATALOG_EXCLUDED);
    if (fault.status != STATUS_OK)
        return draft_refuse_at(draft, line, when + 2, fault.offset, fault_text(fault));
    if (unless)
        draft->catalog->unless |= (uint32_t)1
                                  << DRAFT_COUNT(struct catalog_exclude, draft->excludes);
    DRAFT_PUSH(draft->excludes, &exclude);
    if (draft->excludes.failed)
        return draft_no_memory(draft);
    return add_exclude_prefixes(draft, line, 1, when, false);
}

static bool read_keep_directive(struct draft *draft, const struct line *line)
{
    if (!draft->keep_allowed)
        return draft_refuse(draft, line, 0, "expected an @exclude line before",
                            line->cells[0].text);
    return add_exclude_prefixes(draft, line, 1, line->count, true);
}

static bool read_carry_directive(struct draft *draft, const struct line *line)
{
    struct catalog_carry carry = {
        .name = line->cells[1].text, .pointers = {NULL, 1}, .type = PLAIN_HASH};
    struct pointer pointer;

    if (!draft_name(draft, line, 1, "carried member") ||
        !draft_pointer(draft, line, 2, &pointer))
        return false;
    uint32_t number = names_add(&draft->carry_names, carry.name);
    if (number == NAMES_NONE)
        return draft_no_memory(draft);
    if (number < DRAFT_COUNT(struct catalog_carry, draft->carries))
        return draft_refuse(draft, line, 1, "expected each name once, not", carry.name);
    if (line->count == 4 && !draft_plain(line->cells[3].text, &carry.type))
        return draft_refuse(draft, line, 3, "expected u64, i64 or f64, not",
                            line->cells[3].text);
    draft->owner = DRAFT_OWNER_CARRY;
    DRAFT_PUSH(draft->carries, &carry);
    DRAFT_PUSH(draft->carrying, &pointer);
    return (!draft->carries.failed && !draft->carrying.failed) || draft_no_memory(draft);
}

static bool read_library_directive(struct draft *draft, const struct line *line)
{
    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++) {
        if (!span_equal(line->cells[1].text, span_text(library_name(i))))
            continue;
        draft->catalog->library = i;
        return true;
    }
    return draft_refuse(draft, line, 1,
                        "unknown library: expected fingerprintjs or thumbmarkjs, not",
                        line->cells[1].text);
}

/* Add DIRECTIVE with TEXT, which is freed. */
static bool keep_directive(struct draft *draft, struct buf *text,
                           struct draft_directive *directive)
{
    unsigned char *copy = arena_take(draft->arena, text->n);
    bool kept = copy && !text->failed;

    if (kept) {
        memcpy(copy, text->p, text->n);
        directive->text = span_of(copy, text->n);
        DRAFT_PUSH(draft->directives, directive);
    }
    buf_free(text);
    return kept || draft_no_memory(draft);
}

bool directives_note_include(struct draft *draft, const struct catalog *included)
{
    struct draft_directive directive = {.order = span_text("@include")};
    struct buf text = BUF_EMPTY;

    buf_puts(&text, "@include\t");
    buf_put(&text, included->name);
    buf_putc(&text, '-');
    buf_put(&text, included->version);
    buf_putc(&text, '\t');
    hash_put128(&text, included->digest);
    return keep_directive(draft, &text, &directive);
}

/* Note the line in its canonical spelling: one tab between cells, JSON as JCS. It is sorted by
 * ORDER. */
static bool note_directive(struct draft *draft, const struct line *line, struct span order,
                           bool json)
{
    struct buf text = BUF_EMPTY;
    struct draft_directive directive = {.order = order};

    if (draft->included) /* its own digest has it */
        return true;

    for (size_t i = 0; i < line->count - json; i++) {
        if (i)
            buf_putc(&text, '\t');
        buf_put(&text, line->cells[i].text);
    }
    if (json) {
        uint32_t last = DRAFT_COUNT(struct catalog_exclude, draft->excludes) - 1;
        buf_putc(&text, '\t');
        value_put_jcs(&text, &DRAFT_ITEMS(struct catalog_exclude, draft->excludes)[last].when);
    }
    return keep_directive(draft, &text, &directive);
}

/* Refuse a line of the directive ROW because there are too many. */
static bool refuse_repeated(struct draft *draft, const struct line *line,
                            const struct directive *row)
{
    char what[80] = "expected once, not again";

    if (row->lines > 1)
        snprintf(what, sizeof what, "expected at most %u lines of", (unsigned)row->lines);
    return draft_refuse(draft, line, 0, what, line->cells[0].text);
}

/* Refuse LINE, which begins with no directive. */
static bool refuse_unknown(struct draft *draft, const struct line *line)
{
    struct nearest nearest = nearest_begin(line->cells[0].text);

    for (size_t i = 0; i < DRAFT_DIRECTIVES; i++) {
        if (advice_spaced(draft, line, directive_table[i].name, directive_table[i].form))
            return false;
        nearest_offer(&nearest, span_text(directive_table[i].name));
    }
    return advice_unknown(draft, line, 0,
                          "unknown directive: expected one of @include @catalog @id @root @error "
                          "@value @epoch @ids @min @transient @exclude @keep @carry @library "
                          "@pairs @json @sketch, not",
                          &nearest);
}

bool directives_read(struct draft *draft, const struct line *line)
{
    for (size_t i = 0; i < DRAFT_DIRECTIVES; i++) {
        const struct directive *row = &directive_table[i];
        if (!span_equal(line->cells[0].text, span_text(row->name)))
            continue;
        if (draft->included && is_own_directive(row)) {
            if (row->read == read_id_directive || row->read == read_carry_directive)
                draft->owner = DRAFT_OWNER_LEFT;
            return true;
        }
        if (line->count < row->least || line->count > row->most)
            return advice_directive(draft, line, row->most, row->form);
        if (row->lines && draft->lines[i] == row->lines)
            return refuse_repeated(draft, line, row);
        draft->lines[i]++;
        if (row->read != read_exclude_directive && row->read != read_keep_directive)
            draft->keep_allowed = false;
        /* The id of a library depends on no catalog, and so the digest not on @library. */
        return row->read(draft, line) &&
               (row->read == read_library_directive ||
                note_directive(draft, line,
                               row->read == read_keep_directive ? span_text("@exclude")
                                                                : line->cells[0].text,
                               row->read == read_exclude_directive));
    }
    return refuse_unknown(draft, line);
}

bool directives_read_further(struct draft *draft, const struct line *line)
{
    bool id = draft->owner == DRAFT_OWNER_ID;
    struct buf *pointers = id ? &draft->id_pointers : &draft->carrying;
    struct pointer pointer;

    if (draft->further == CATALOG_FURTHER)
        return draft_refuse_number(draft, line, 1, "too many further pointers of @id and @carry",
                                   CATALOG_FURTHER);
    if (!draft_pointer(draft, line, 1, &pointer))
        return false;
    draft->further++;
    DRAFT_PUSH(*pointers, &pointer);
    if (pointers->failed)
        return draft_no_memory(draft);
    uint32_t last = DRAFT_COUNT(struct catalog_carry, draft->carries) - 1;
    if (!id)
        DRAFT_ITEMS(struct catalog_carry, draft->carries)[last].pointers.count++;
    return note_directive(draft, line, span_text(id ? "@id" : "@carry"), false);
}

bool directives_finish(struct draft *draft)
{
    if (!draft->catalog->name.n)
        return draft_fail(draft, fault_invalid(0, "expected a line '@catalog NAME VERSION'"));
    if (!draft->roots.n)
        DRAFT_PUSH(draft->roots, &((struct pointer){{NULL, 0}, NULL, 0}));
    return true;
}

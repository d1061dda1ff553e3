#include "config.h"

#include "survey/proposal.h"

#include "survey/guess.h"
#include "survey/shapes.h"
#include "text/escape.h"
#include "text/names.h"

#define PROPOSAL_ROWS 65535

struct proposal {
    const struct report_out *out;
    const struct survey *survey;
    const struct rows *rows;
    const struct verdicts *verdicts;
    struct names names; /* of rows */
    struct buf name;
    uint32_t count; /* of rows */
};

static const struct field *item_field(const struct proposal *p, uint32_t row)
{
    return &p->survey->fields.items[p->rows->items[row].path];
}

static struct buf *text_of(const struct proposal *p)
{
    return p->out->buf;
}

/* The pointer of row I from the root. */
static struct span relative_pointer(const struct proposal *p, uint32_t row)
{
    struct span pointer = p->rows->items[row].pointer;
    size_t root = 0;

    for (uint32_t path = p->verdicts->root; path != FIELD_ROOT;
         path = p->survey->fields.items[path].parent)
        root++;
    size_t at = 0;
    for (size_t slashes = 0; at < pointer.n; at++)
        if (pointer.p[at] == '/' && slashes++ == root)
            break;
    return span_cut(pointer, at, pointer.n);
}

/* Append to p->name the name that POINTER gives: its tokens with points between them. What a name
 * cannot have becomes _. */
static void make_name(struct proposal *p, struct span pointer)
{
    struct buf *name = &p->name;

    buf_clear(name);
    for (size_t i = 1; i < pointer.n; i++) {
        unsigned char c = pointer.p[i];
        if (c == '/') {
            c = '.';
        } else if (c == '~') {
            i++;
            c = i < pointer.n && pointer.p[i] == '1' ? '/' : '~';
        } else if (c == '=' || c == '!' || c == '?' || ((c == '#' || c == '@') && !name->n)) {
            c = '_';
        }
        buf_putc(name, c);
    }
    if (!name->n)
        buf_putc(name, '_');
}

/* Make p->name one that no row has yet. False when memory is out. */
static bool make_unique(struct proposal *p)
{
    size_t n = p->name.n;

    for (uint32_t i = 2; names_find(&p->names, buf_span(&p->name)) != NAMES_NONE; i++) {
        p->name.n = n;
        buf_putc(&p->name, '~');
        buf_put_uint(&p->name, i);
    }
    return !p->name.failed && names_add(&p->names, buf_span(&p->name)) != NAMES_NONE;
}

static void put_comment(struct proposal *p, const char *comment)
{
    buf_puts(text_of(p), comment);
    buf_putc(text_of(p), '\n');
}

static void put_line(struct proposal *p, const char *directive, struct span argument)
{
    buf_puts(text_of(p), directive);
    buf_putc(text_of(p), '\t');
    buf_put(text_of(p), argument);
    buf_putc(text_of(p), '\n');
}

/* Put the line @id, for the first path beside the signals that differs in nearly all records,
 * and the keys as carried members. */
static void put_ids(struct proposal *p, const struct proposal_keys *keys)
{
    for (uint32_t i = 0; i < p->rows->count; i++) {
        const struct rows_item *item = &p->rows->items[i];
        if (p->verdicts->items[i].verdict == VERDICT_OUTSIDE && item->unique &&
            rows_writable(item->pointer) && !span_equal(item->pointer, keys->by) &&
            !span_equal(item->pointer, keys->time) &&
            field_records(item_field(p, i)) == p->survey->records) {
            put_line(p, "@id", item->pointer);
            break;
        }
    }
    if (keys->by.n && rows_writable(keys->by))
        put_line(p, "@carry\tby", keys->by);
    if (keys->time.n && rows_writable(keys->time))
        put_line(p, "@carry\ttime", keys->time);
}

static void put_evidence_count(struct buf *out, uint64_t count, const char *what)
{
    buf_put_uint(out, count);
    buf_puts(out, what);
}

/* Put the evidence of row I as a comment. */
static void put_evidence(struct proposal *p, uint32_t row)
{
    const struct field *field = item_field(p, row);
    const struct visitors *visitors = &p->survey->visitors;
    struct buf *out = text_of(p);
    uint64_t bits = frequent_entropy(&field->frequent);

    buf_puts(out, "# ");
    put_evidence_count(out, field_records(field), " records, ");
    put_evidence_count(out, rows_distinct(field), " values, ");
    buf_put_uint(out, bits / 1000);
    buf_putc(out, '.');
    buf_putc(out, (unsigned char)('0' + bits / 100 % 10));
    buf_puts(out, frequent_exact(&field->frequent) ? " bits" : " bits or more");
    if (p->survey->by) {
        buf_puts(out, ", ");
        put_evidence_count(out, visitors_count(visitors, VISITORS_FLIPS, field->slot), " of ");
        put_evidence_count(out, visitors_count(visitors, VISITORS_PAIRS, field->slot),
                           " pairs differ");
    }
    if (p->rows->items[row].map) {
        buf_puts(out, "; a map of ");
        put_evidence_count(out, fields_names(field), " members");
    }
}

/* Put why row I is as it is, after the evidence. */
static void put_reason(struct proposal *p, uint32_t row)
{
    const struct verdicts_item *item = &p->verdicts->items[row];
    struct buf *out = text_of(p);

    switch (item->verdict) {
    case VERDICT_NAME:
        buf_puts(out, "; others of its name differ");
        break;
    case VERDICT_SIBLINGS:
        buf_puts(out, "; its siblings differ");
        break;
    case VERDICT_KEY:
        buf_puts(out, "; nearly every visitor has a value of its own");
        break;
    case VERDICT_CONSTANT:
        buf_puts(out, "; constant");
        break;
    case VERDICT_CLONE:
        buf_puts(out, "; divides the records as ");
        escape_put(out, p->rows->items[item->same].pointer);
        break;
    case VERDICT_KEEP:
    case VERDICT_VOLATILE:
    case VERDICT_OUTSIDE:
        break;
    }
}

static const char *tier_of(const struct verdicts_item *item)
{
    switch (item->verdict) {
    case VERDICT_VOLATILE:
    case VERDICT_NAME:
        return "volatile";
    case VERDICT_SIBLINGS:
        return "exact";
    default:
        return item->install ? "install" : "build";
    }
}

/* Is the row only a comment? */
static bool is_comment(enum verdict verdict)
{
    return verdict == VERDICT_KEY || verdict == VERDICT_CONSTANT || verdict == VERDICT_CLONE;
}

/* Put the name of the group of the row with POINTER: the first token, with the tier, unless that is
 * build: a group has one tier. */
static void put_group(struct proposal *p, struct span pointer, const char *tier)
{
    size_t end = 1, dot = 0;

    while (end < pointer.n && pointer.p[end] != '/')
        end++;
    while (dot < p->name.n && p->name.p[dot] != '.')
        dot++;
    if (end == pointer.n)
        buf_puts(text_of(p), "top");
    else
        buf_put(text_of(p), span_of(p->name.p, dot));
    if (strcmp(tier, "build") != 0) {
        buf_putc(text_of(p), '.');
        buf_puts(text_of(p), tier);
    }
}

/* Put row I. False when memory is out. */
static bool put_proposed(struct proposal *p, uint32_t row)
{
    const struct verdicts_item *item = &p->verdicts->items[row];
    const struct field *field = item_field(p, row);
    struct span pointer = relative_pointer(p, row);
    struct guess guess = guess_step(field);
    const char *tier = tier_of(item);
    struct buf *out = text_of(p);

    if (item->form)
        guess = field->types[OBSERVE_ARRAY]
                    ? (struct guess){"sort", "another order of the same elements"}
                    : (struct guess){"data-url", "what an encoder adds to the same image"};
    put_evidence(p, row);
    put_reason(p, row);
    if (guess.step) {
        buf_puts(out, "; ");
        buf_puts(out, guess.step);
        buf_puts(out, " merges ");
        buf_puts(out, guess.merges);
    }
    buf_putc(out, '\n');
    make_name(p, pointer);
    if (!make_unique(p))
        return false;
    if (is_comment(item->verdict))
        buf_putc(out, '#');
    else
        p->count++;
    buf_put(out, buf_span(&p->name));
    buf_putc(out, '\t');
    buf_put(out, pointer);
    buf_putc(out, '\t');
    put_group(p, pointer, tier);
    buf_putc(out, '\t');
    buf_puts(out, tier);
    bool secret = p->rows->items[row].secret && !p->rows->items[row].unique;
    if (guess.step || secret)
        buf_putc(out, '\t');
    if (guess.step)
        buf_puts(out, guess.step);
    if (secret)
        buf_puts(out, "\tprivate");
    buf_putc(out, '\n');
    report_out_relieve(p->out);
    return !out->failed;
}

/* Put what the catalog is made of, as comments. */
static void put_origin(struct proposal *p, struct span name)
{
    const struct visitors *visitors = &p->survey->visitors;
    struct buf *out = text_of(p);

    buf_puts(out, "# Drafted from ");
    put_evidence_count(out, p->survey->records, " records");
    if (p->survey->by) {
        buf_puts(out, " of ");
        put_evidence_count(out, visitors->keys.count, " visitors");
        if (visitors->halvings) {
            buf_puts(out, ", a sample of 1 in ");
            buf_put_uint(out, (uint64_t)1 << visitors->halvings);
        }
    } else {
        buf_puts(
            out,
            ", without --by, so the draft cannot say what changes: every row is of tier build");
    }
    buf_puts(out, ".\n");
    put_comment(p, "# Read it row by row: whorl-survey(1) says what a survey cannot know.");
    buf_puts(out, "@catalog\t");
    buf_put(out, name);
    buf_puts(out, "\t1\n");
}

bool proposal_put(const struct report_out *out, const struct survey *survey,
                  const struct rows *rows, const struct verdicts *verdicts, struct span name,
                  const struct proposal_keys *keys)
{
    struct proposal p = {
        .out = out, .survey = survey, .rows = rows, .verdicts = verdicts, .name = BUF_EMPTY};
    bool put = true;

    names_init(&p.names, 0, NULL);
    put_origin(&p, name);
    put_ids(&p, keys);
    if (verdicts->root != FIELD_ROOT) {
        fields_put_pointer(&p.name, &survey->fields, verdicts->root);
        put_line(&p, "@root", buf_span(&p.name));
    }
    put = shapes_put(out->buf, survey, rows, verdicts->root, keys->catalog);
    buf_puts(out->buf, "# name\tpointer\tgroup\ttier\tsteps\tflags\n");
    for (uint32_t i = 0; put && i < rows->count && p.count < PROPOSAL_ROWS; i++)
        if (verdicts->items[i].verdict != VERDICT_OUTSIDE &&
            rows_writable(rows->items[i].pointer))
            put = put_proposed(&p, i);
    names_free(&p.names);
    buf_free(&p.name);
    return put;
}

#include "config.h"

#include "steps/normalize_compile.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/ascii.h"
#include "json/validate.h"
#include "json/value_read.h"
#include "steps/steps.h"
#include "text/number.h"

#define EXPECTED_STEP "expected a step (see whorl-catalog(5))"

/* The text that is being read. */
struct reader {
    struct span text;
    size_t at;
    uint32_t *left; /* as normalize_compile() takes it */
    struct arena *arena;
    struct normalizer_fault *fault;
};

/* Fill in the fault: what is wrong at OFFSET. Always false. */
__attribute__((format(printf, 3, 4))) static bool wrong(struct reader *r, size_t offset,
                                                        const char *format, ...)
{
    va_list values;

    r->fault->offset = offset;
    va_start(values, format);
    vsnprintf(r->fault->expected, sizeof r->fault->expected, format, values);
    va_end(values);
    return false;
}

static bool no_memory(struct reader *r)
{
    return wrong(r, r->at, "out of memory");
}

static bool too_many(struct reader *r, size_t offset)
{
    return wrong(r, offset,
                 "too many steps and arguments: expected at most %u in the catalog, each value "
                 "counted",
                 (unsigned)NORMALIZE_ITEMS);
}

/* Count COUNT more steps or values, which begin at OFFSET; false if they are too many. */
static bool take(struct reader *r, size_t offset, size_t count)
{
    if (count > *r->left)
        return too_many(r, offset);
    *r->left -= (uint32_t)count;
    return true;
}

/* The byte that is next, 0 at the end; a 0 in the text belongs nowhere. */
static unsigned char peek(const struct reader *r)
{
    return r->at < r->text.n ? r->text.p[r->at] : 0;
}

static void skip_spaces(struct reader *r)
{
    while (peek(r) == ' ')
        r->at++;
}

/* ITEMS, an array of COUNT elements of SIZE bytes, with room for one more: it moves whenever
 * COUNT is a power of two. Null when memory is out. */
static void *room_for_one(struct arena *arena, void *items, size_t count, size_t size)
{
    if (items && (count & (count - 1)))
        return items;
    void *more = arena_take_array(arena, count ? 2 * count : 1, size);
    if (more && count)
        memcpy(more, items, count * size);
    return more;
}

/* Is C one of [A-Za-z0-9._-]? */
static bool is_word(unsigned char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '_' || c == '-';
}

/* A copy of V's canonical text in ARENA. */
static struct span canonical(const struct value *v, struct arena *arena)
{
    struct buf out = BUF_EMPTY;
    unsigned char *copy;

    value_put_jcs(&out, v);
    copy = out.failed ? NULL : arena_take(arena, out.n);
    size_t n = out.n;
    if (copy)
        memcpy(copy, out.p, n);
    buf_free(&out);
    return copy ? span_of(copy, n) : SPAN_FAILED;
}

/* Read the JSON text here, up to what cannot belong to it any more. */
static bool read_json(struct reader *r, struct argument *argument)
{
    struct limits limits = LIMITS_DEFAULT;
    struct span rest = span_cut(r->text, r->at, r->text.n);
    struct json_counts counts;

    bool few = *r->left < limits.values;
    if (few)
        limits.values = *r->left;
    size_t n = validate_value(rest, 0, &limits, &counts);
    if (n)
        rest.n = n;
    else
        limits.length = LIMITS_LENGTH_MAX; /* it is wrong otherwise, and sooner */
    struct fault fault = value_read_within(&argument->value, rest, &limits, r->arena);
    if (fault.status == STATUS_NO_MEMORY)
        return no_memory(r);
    if (fault.status == STATUS_VALUES && few)
        return too_many(r, r->at + fault.offset);
    if (fault.status != STATUS_OK)
        return wrong(r, r->at + fault.offset, "%s", fault_text(fault));
    argument->text = canonical(&argument->value, r->arena);
    if (span_failed(argument->text))
        return no_memory(r);
    r->at += rest.n;
    return take(r, argument->offset, counts.values);
}

/* Read the bare word or the number here. */
static bool read_word(struct reader *r, struct argument *argument)
{
    size_t from = r->at, plus = SIZE_MAX;

    for (; is_word(peek(r)) || peek(r) == '+'; r->at++)
        if (peek(r) == '+' && plus == SIZE_MAX)
            plus = r->at; /* JSON has it in exponents, words have it nowhere */
    struct span word = span_cut(r->text, from, r->at);
    argument->text = word;
    if (number_is_json(word)) {
        double x = number_parse(word);
        if (!isfinite(x))
            return wrong(r, from, "%s", status_text(STATUS_RANGE));
        argument->value = value_number(x);
        return true;
    }
    if (plus != SIZE_MAX)
        return wrong(r, plus, "expected , or )");
    if (span_equal(word, span_text("null")))
        argument->value = value_null();
    else if (span_equal(word, span_text("true")) || span_equal(word, span_text("false")))
        argument->value = value_bool(word.n == 4);
    else
        argument->value = value_text(word);
    return true;
}

static bool read_argument(struct reader *r, struct argument *argument)
{
    unsigned char c = peek(r);

    argument->offset = r->at;
    if (c == '"' || c == '[' || c == '{')
        return read_json(r, argument);
    if (is_word(c))
        return read_word(r, argument) && take(r, argument->offset, 1);
    return wrong(r, r->at, "expected an argument: a word or a JSON text");
}

/* Read CALL's arguments, up to the closing parenthesis. */
static bool read_arguments(struct reader *r, struct call *call)
{
    struct argument *arguments = NULL;

    skip_spaces(r);
    if (peek(r) == ')')
        return true;
    for (;;) {
        if (call->count == NORMALIZE_ARGUMENTS)
            return wrong(r, r->at, "%s: expected at most %d arguments", call->step->name,
                         NORMALIZE_ARGUMENTS);
        arguments = room_for_one(r->arena, arguments, call->count, sizeof *arguments);
        if (!arguments)
            return no_memory(r);
        if (!read_argument(r, &arguments[call->count]))
            return false;
        call->arguments = arguments;
        call->count++;
        skip_spaces(r);
        if (peek(r) == ')')
            return true;
        if (peek(r) != ',')
            return wrong(r, r->at, "expected , or )");
        r->at++;
        skip_spaces(r);
    }
}

/* Read what stands behind the name of CALL's step, if it takes arguments. */
static bool read_flat(struct reader *r, struct call *call)
{
    const struct step *step = call->step;
    size_t end = r->at, bad;

    if (peek(r) == '(') {
        if (!step->prepare)
            return wrong(r, r->at, "%s: expected no arguments", step->name);
        r->at++;
        if (!read_arguments(r, call))
            return false;
        end = r->at++;
    }
    const char *expected = step->prepare ? step->prepare(call, &bad, r->arena) : NULL;
    if (r->arena->failed)
        return no_memory(r);
    if (!expected)
        return true;
    return wrong(r, bad < call->count ? call->arguments[bad].offset : end, "%s: %s", step->name,
                 expected);
}

static bool read_steps(struct reader *r, struct normalizer *pipeline, int depth);

/* Read what stands behind the name of CALL's step, if it holds steps. */
static bool read_nested(struct reader *r, struct call *call, int depth)
{
    if (peek(r) != '(')
        return wrong(r, r->at, "%s: expected steps in parentheses", call->step->name);
    r->at++;
    if (!read_steps(r, &call->inner, depth + 1))
        return false;
    if (!call->inner.count)
        return wrong(r, r->at, EXPECTED_STEP);
    if (peek(r) != ')')
        return wrong(r, r->at, "expected )");
    r->at++;
    return true;
}

/* Read one step; DEPTH is how many each() it stands in. */
static bool read_call(struct reader *r, struct call *call, int depth)
{
    size_t from = r->at;

    while (is_word(peek(r)))
        r->at++;
    *call = (struct call){.step = steps_find(span_cut(r->text, from, r->at))};
    if (!call->step)
        return wrong(r, from, EXPECTED_STEP);
    if (!call->step->nests)
        return read_flat(r, call);
    if (depth == PIPELINE_DEPTH)
        return wrong(r, from, "%s: expected at most %d levels of it", call->step->name,
                     PIPELINE_DEPTH);
    return read_nested(r, call, depth);
}

/* Read steps up to a closing parenthesis or the end. The recursion, by way of each(), ends
 * at PIPELINE_DEPTH. */
static bool read_steps(struct reader *r, struct normalizer *pipeline, int depth)
{
    struct call *calls = NULL;
    size_t count = 0;

    for (skip_spaces(r); r->at < r->text.n && peek(r) != ')'; skip_spaces(r)) {
        size_t from = r->at;
        if (!take(r, from, 1))
            return false;
        calls = room_for_one(r->arena, calls, count, sizeof *calls);
        if (!calls)
            return no_memory(r);
        if (!read_call(r, &calls[count], depth))
            return false;
        const struct step *step = calls[count].step, *first = calls[0].step;
        if ((step->alone && depth) || (count && (step->alone || first->alone)))
            return wrong(r, from, "%s: expected no other step beside it",
                         step->alone ? step->name : first->name);
        if (r->at < r->text.n && peek(r) != ' ' && peek(r) != ')')
            return wrong(r, r->at, "expected a space between steps");
        count++;
    }
    *pipeline = (struct normalizer){calls, count};
    return true;
}

bool normalize_compile(struct normalizer *pipeline, struct span text, uint32_t *left,
                       struct arena *arena, struct normalizer_fault *fault)
{
    struct reader r = {text, 0, left, arena, fault};

    if (!read_steps(&r, pipeline, 0))
        return false;
    return r.at == text.n || wrong(&r, r.at, EXPECTED_STEP);
}

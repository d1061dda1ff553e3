#include "config.h"

#include "steps/normalize_compile.h"

#include <math.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/fault.h"
#include "json/validate.h"
#include "json/value_read.h"
#include "steps/steps.h"
#include "text/nearest.h"
#include "text/number.h"
#include "text/utf8.h"

#define EXPECTED_STEP "expected a step (see whorl-catalog(5))"

/* The text while it is read. */
struct steps_reader {
    struct span text;
    size_t at;
    uint32_t *left; /* as in normalize_compile() */
    struct arena *arena;
    struct fault fault; /* once a function below has returned false */
};

/* Refuse the text for FAULT. Always false. */
static bool refuse_steps(struct steps_reader *r, struct fault fault)
{
    r->fault = fault;
    return false;
}

/* Refuse it at OFFSET: what EXPECTED says, constant. Always false. */
static bool refuse_steps_at(struct steps_reader *r, size_t offset, const char *expected)
{
    return refuse_steps(r, fault_invalid(offset, expected));
}

static bool steps_no_memory(struct steps_reader *r)
{
    return refuse_steps(r, fault_memory());
}

static bool too_many_items(struct steps_reader *r, size_t offset)
{
    return refuse_steps(r, fault_format(r->arena, offset,
                                        "too many steps and arguments: expected at most %u in "
                                        "the catalog, each value counted",
                                        (unsigned)NORMALIZE_ITEMS));
}

/* Count COUNT more steps or values, which begin at OFFSET. False if they are too many. */
static bool take_items(struct steps_reader *r, size_t offset, size_t count)
{
    if (count > *r->left)
        return too_many_items(r, offset);
    *r->left -= (uint32_t)count;
    return true;
}

/* The next byte; 0 at the end. A 0 in the text is never valid. */
static unsigned char peek_step(const struct steps_reader *r)
{
    return r->at < r->text.n ? r->text.p[r->at] : 0;
}

static void skip_step_spaces(struct steps_reader *r)
{
    while (peek_step(r) == ' ')
        r->at++;
}

/* Make room for one more element in ITEMS, an array of COUNT elements of SIZE bytes. The array
 * moves whenever COUNT is a power of two. Null when memory is out. */
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
static bool is_word_byte(unsigned char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '_' || c == '-';
}

/* A copy of V's canonical text in ARENA. */
static struct span canonical_copy(const struct value *v, struct arena *arena)
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

/* Read the JSON text here, up to the first byte that cannot belong to it. */
static bool read_json_argument(struct steps_reader *r, struct argument *argument)
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
        limits.length = LIMITS_LENGTH_MAX; /* another fault is found sooner */
    struct fault fault = value_read_within(&argument->value, rest, &limits, r->arena);
    if (fault.status == STATUS_NO_MEMORY)
        return steps_no_memory(r);
    if (fault.status == STATUS_VALUES && few)
        return too_many_items(r, r->at + fault.offset);
    if (fault.status != STATUS_OK)
        return refuse_steps_at(r, r->at + fault.offset, fault_text(fault));
    argument->text = canonical_copy(&argument->value, r->arena);
    if (span_failed(argument->text))
        return steps_no_memory(r);
    r->at += rest.n;
    return take_items(r, argument->offset, counts.values);
}

/* Read the bare word or the number here. */
static bool read_word_argument(struct steps_reader *r, struct argument *argument)
{
    size_t from = r->at, plus = SIZE_MAX;

    for (; is_word_byte(peek_step(r)) || peek_step(r) == '+'; r->at++)
        if (peek_step(r) == '+' && plus == SIZE_MAX)
            plus = r->at; /* JSON has it in exponents, words never */
    struct span word = span_cut(r->text, from, r->at);
    argument->text = word;
    if (number_is_json(word)) {
        double x = number_parse(word);
        if (!isfinite(x))
            return refuse_steps_at(r, from, status_text(STATUS_RANGE));
        argument->value = value_number(x);
        return true;
    }
    if (plus != SIZE_MAX)
        return refuse_steps_at(r, plus, "expected , or )");
    if (span_equal(word, span_text("null")))
        argument->value = value_null();
    else if (span_equal(word, span_text("true")) || span_equal(word, span_text("false")))
        argument->value = value_bool(word.n == 4);
    else
        argument->value = value_text(word);
    return true;
}

static bool read_argument(struct steps_reader *r, struct argument *argument)
{
    unsigned char c = peek_step(r);

    argument->offset = r->at;
    if (c == '"' || c == '[' || c == '{')
        return read_json_argument(r, argument);
    if (is_word_byte(c))
        return read_word_argument(r, argument) && take_items(r, argument->offset, 1);
    return refuse_steps_at(r, r->at, "expected an argument: a word or a JSON text");
}

/* Read CALL's arguments, up to the closing parenthesis. */
static bool read_arguments(struct steps_reader *r, struct call *call)
{
    struct argument *arguments = NULL;

    skip_step_spaces(r);
    if (peek_step(r) == ')')
        return true;
    for (;;) {
        if (call->count == NORMALIZE_ARGUMENTS)
            return refuse_steps(r, fault_format(r->arena, r->at,
                                                "%s: expected at most %d arguments",
                                                call->step->name, NORMALIZE_ARGUMENTS));
        arguments = room_for_one(r->arena, arguments, call->count, sizeof *arguments);
        if (!arguments)
            return steps_no_memory(r);
        if (!read_argument(r, &arguments[call->count]))
            return false;
        call->arguments = arguments;
        call->count++;
        skip_step_spaces(r);
        if (peek_step(r) == ')')
            return true;
        if (peek_step(r) != ',')
            return refuse_steps_at(r, r->at, "expected , or )");
        r->at++;
        skip_step_spaces(r);
    }
}

/* Read what follows the name of CALL's step if the step takes arguments. */
static bool read_call_arguments(struct steps_reader *r, struct call *call)
{
    const struct step *step = call->step;
    size_t end = r->at;
    struct fault fault;

    if (peek_step(r) == '(') {
        if (!step->prepare)
            return refuse_steps(
                r, fault_format(r->arena, r->at, "%s: expected no arguments", step->name));
        r->at++;
        if (!read_arguments(r, call))
            return false;
        end = r->at++;
    }
    fault = step->prepare ? step->prepare(call, end, r->arena) : FAULT_NONE;
    if (fault.status == STATUS_OK)
        return true;
    if (fault.status == STATUS_INVALID)
        fault = fault_format(r->arena, fault.offset, "%s: %s", step->name, fault_text(fault));
    return refuse_steps(r, fault);
}

static bool read_pipeline(struct steps_reader *r, struct normalizer *pipeline, int depth);

/* Read what follows the name of CALL's step if the step takes a pipeline. */
static bool read_call_steps(struct steps_reader *r, struct call *call, int depth)
{
    if (peek_step(r) != '(')
        return refuse_steps(r, fault_format(r->arena, r->at,
                                            "%s: expected steps in parentheses",
                                            call->step->name));
    r->at++;
    if (!read_pipeline(r, &call->inner, depth + 1))
        return false;
    if (!call->inner.count)
        return refuse_steps_at(r, r->at, EXPECTED_STEP);
    if (peek_step(r) != ')')
        return refuse_steps_at(r, r->at, "expected )");
    r->at++;
    return true;
}

/* Refuse the name from FROM to here. */
static bool unknown_step(struct steps_reader *r, size_t from)
{
    struct span name = span_cut(r->text, from, r->at);
    struct nearest nearest = nearest_begin(name);
    const struct step *step;

    if (!name.n)
        return refuse_steps_at(r, from, EXPECTED_STEP);
    for (size_t i = 0; (step = steps_at(i)); i++)
        nearest_offer(&nearest, span_text(step->name));
    if (!nearest.found.n)
        return refuse_steps(r, fault_format(r->arena, from,
                                            "unknown step '%.*s': " EXPECTED_STEP,
                                            (int)utf8_fit(name, 40), (const char *)name.p));
    return refuse_steps(r, fault_format(r->arena, from,
                                        "unknown step '%.*s': " EXPECTED_STEP "; did you mean %.*s",
                                        (int)utf8_fit(name, 40), (const char *)name.p,
                                        (int)nearest.found.n, (const char *)nearest.found.p));
}

/* Read one step. DEPTH: how many each() enclose it. */
static bool read_call(struct steps_reader *r, struct call *call, int depth)
{
    size_t from = r->at;

    while (is_word_byte(peek_step(r)))
        r->at++;
    *call = (struct call){.step = steps_find(span_cut(r->text, from, r->at))};
    if (!call->step)
        return unknown_step(r, from);
    if (!call->step->nests)
        return read_call_arguments(r, call);
    if (depth == PIPELINE_DEPTH)
        return refuse_steps(r, fault_format(r->arena, from,
                                            "%s: expected at most %d levels of it",
                                            call->step->name, PIPELINE_DEPTH));
    return read_call_steps(r, call, depth);
}

/* Read steps up to a closing parenthesis or the end. It recurses for each each(), at most
 * PIPELINE_DEPTH deep. */
static bool read_pipeline(struct steps_reader *r, struct normalizer *pipeline, int depth)
{
    struct call *calls = NULL;
    size_t count = 0;

    for (skip_step_spaces(r); r->at < r->text.n && peek_step(r) != ')'; skip_step_spaces(r)) {
        size_t from = r->at;
        if (!take_items(r, from, 1))
            return false;
        calls = room_for_one(r->arena, calls, count, sizeof *calls);
        if (!calls)
            return steps_no_memory(r);
        if (!read_call(r, &calls[count], depth))
            return false;
        const struct step *step = calls[count].step, *first = calls[0].step;
        if ((step->alone && depth) || (count && (step->alone || first->alone)))
            return refuse_steps(r, fault_format(r->arena, from,
                                                "%s: expected no other step beside it",
                                                step->alone ? step->name : first->name));
        if (r->at < r->text.n && peek_step(r) != ' ' && peek_step(r) != ')')
            return refuse_steps_at(r, r->at, "expected a space between steps");
        count++;
    }
    *pipeline = (struct normalizer){calls, count};
    return true;
}

struct fault normalize_compile(struct normalizer *pipeline, struct span text, uint32_t *left,
                               struct arena *arena)
{
    struct steps_reader r = {.text = text, .left = left, .arena = arena};

    if (!read_pipeline(&r, pipeline, 0))
        return r.fault;
    return r.at == text.n ? FAULT_NONE : fault_invalid(r.at, EXPECTED_STEP);
}

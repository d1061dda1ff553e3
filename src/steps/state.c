/*
 * The steps that test a signal's value, and give it another state or another value.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"

static struct fault prepare_values(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    return call->count ? FAULT_NONE : call_fault(call, end, 0, "expected values, as JSON");
}

static struct fault prepare_error_if(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    if (!call->count || call->arguments[0].value.type != VALUE_STRING ||
        !signal_is_class(call->arguments[0].value.text))
        return call_fault(call, end, 0,
                          "expected a class, [A-Za-z_][A-Za-z0-9_]*, then values, as JSON");
    if (call->count < 2)
        return call_fault(call, end, 1, "expected values, as JSON, after the class");
    return FAULT_NONE;
}

/* Is V one of CALL's arguments from number FROM on? */
static bool is_argument(const struct call *call, size_t from, const struct value *v)
{
    for (size_t i = from; i < call->count; i++)
        if (value_equal(&call->arguments[i].value, v))
            return true;
    return false;
}

static bool apply_undefined_if(const struct call *call, struct signal *signal,
                               struct arena *arena)
{
    (void)arena;
    if (is_argument(call, 0, &signal->value))
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

static bool apply_error_if(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    if (is_argument(call, 1, &signal->value))
        *signal = (struct signal){SIGNAL_ERROR, {.class = call->arguments[0].value.text}};
    return true;
}

static bool apply_enum(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    if (!is_argument(call, 0, &signal->value))
        signal->value = value_text(span_text("other"));
    return true;
}

static bool apply_bool(const struct call *call, struct signal *signal, struct arena *arena)
{
    static const char *const words[2][3] = {{"false", "no", "off"}, {"true", "yes", "on"}};
    const struct value *v = &signal->value;

    (void)call;
    (void)arena;
    if (v->type == VALUE_NUMBER) {
        if (v->number == 0 || v->number == 1)
            signal->value = value_bool(v->number == 1);
        return true;
    }
    for (int truth = 0; truth < 2; truth++)
        for (int i = 0; i < 3; i++)
            if (ascii_equal(v->text, span_text(words[truth][i]))) {
                signal->value = value_bool(truth);
                return true;
            }
    return true;
}

static bool apply_retired(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    signal->state = SIGNAL_EXCLUDED;
    return true;
}

/* clang-format off */
const struct step state_steps[] = {
    {.name = "undefined-if", .arguments = "(JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values: undefined",
     .example = "undefined-if(null,\"\")", .input = "\"\"", .output = "?",
     .prepare = prepare_values, .apply = apply_undefined_if},
    {.name = "error-if", .arguments = "(CLASS,JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values: an error of that class",
     .example = "error-if(Timeout,\"audioTimeout\",-1)", .input = "-1", .output = "!Timeout",
     .prepare = prepare_error_if, .apply = apply_error_if},
    {.name = "bool", .arguments = "", .takes = TAKES_NUMBER | TAKES_STRING,
     .meaning = "1 true yes on: true; 0 false no off: false; ASCII case ignored",
     .example = "bool", .input = "\"Yes\"", .output = "true", .apply = apply_bool},
    {.name = "enum", .arguments = "(JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values as it is, any other as \"other\"",
     .example = "enum(granted,denied,prompt)", .input = "\"unknown\"", .output = "\"other\"",
     .prepare = prepare_values, .apply = apply_enum},
    {.name = "retired", .arguments = "", .takes = TAKES_VALUES | TAKES_STATES, .alone = true,
     .meaning = "excluded, always; no other step stands beside it",
     .example = "retired", .input = "1", .output = "-", .apply = apply_retired},
};
/* clang-format on */
const size_t state_step_count = sizeof state_steps / sizeof *state_steps;

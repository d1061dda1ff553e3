/*
 * The steps that work on arrays and objects.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/repeat.h"
#include "base/sort.h"
#include "base/status.h"
#include "steps/normalize.h"
#include "text/utf8.h"

static int by_list_value(const void *a, const void *b, void *context)
{
    (void)context;
    return value_compare(a, b);
}

static bool apply_sort(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct array *array = &signal->value.array;
    size_t count = array->count, sorted = 1;

    (void)call;
    while (sorted < count &&
           value_compare(&array->items[sorted - 1], &array->items[sorted]) <= 0)
        sorted++;
    if (sorted >= count)
        return true;

    struct value *items = arena_take_array(arena, count, sizeof *items);
    struct arena_mark mark = arena_mark(arena);
    struct value *scratch = arena_take_array(arena, count, sizeof *scratch);
    if (!items || !scratch)
        return false;
    memcpy(items, array->items, count * sizeof *items);
    sort_array(items, count, sizeof *items, by_list_value, NULL, scratch);
    arena_back(arena, mark);
    signal->value = value_array(items, count);
    return true;
}

static bool apply_sort_num(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct array *array = &signal->value.array;

    for (size_t i = 0; i < array->count; i++)
        if (array->items[i].type != VALUE_NUMBER)
            return true;
    return apply_sort(call, signal, arena);
}

static bool apply_uniq(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct array *array = &signal->value.array;
    size_t kept = 1;

    (void)call;
    while (kept < array->count && !value_equal(&array->items[kept - 1], &array->items[kept]))
        kept++;
    if (kept >= array->count)
        return true;

    struct value *items = arena_take_array(arena, array->count, sizeof *items);
    if (!items)
        return false;
    memcpy(items, array->items, kept * sizeof *items);
    for (size_t i = kept + 1; i < array->count; i++)
        if (!value_equal(&items[kept - 1], &array->items[i]))
            items[kept++] = array->items[i];
    signal->value = value_array(items, kept);
    return true;
}

static bool apply_each(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct array *array = &signal->value.array;
    struct value *items = arena_take_array(arena, array->count, sizeof *items);
    size_t kept = 0;

    if (!items)
        return false;
    for (size_t i = 0; i < array->count; i++) {
        struct signal element = {SIGNAL_VALUE, {.value = array->items[i]}};
        if (!normalize_apply(&call->inner, &element, arena))
            return false;
        if (element.state == SIGNAL_VALUE)
            items[kept++] = element.value;
    }
    signal->value = value_array(items, kept);
    return true;
}

static bool apply_first(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    if (signal->value.array.count)
        signal->value = signal->value.array.items[0];
    else
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

static bool apply_len(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct value *v = &signal->value;
    size_t length = v->type == VALUE_STRING  ? utf8_count(v->text)
                    : v->type == VALUE_ARRAY ? v->array.count
                                             : v->object.count;

    (void)call;
    (void)arena;
    signal->value = value_number((double)length);
    return true;
}

/* Turn SIGNAL, an object, into an array of its names; unless ALL, only names whose value is
 * true. */
static bool become_names(struct signal *signal, bool all, struct arena *arena)
{
    const struct object *object = &signal->value.object;
    struct value *items = arena_take_array(arena, object->count, sizeof *items);
    size_t count = 0;

    if (!items)
        return false;
    for (size_t i = 0; i < object->count; i++)
        if (all || object->members[i].value.type == VALUE_TRUE)
            items[count++] = value_text(object->members[i].name);
    signal->value = value_array(items, count);
    return true;
}

static bool apply_keys(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_names(signal, true, arena);
}

static bool apply_true_keys(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_names(signal, false, arena);
}

static bool apply_values(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct object *object = &signal->value.object;
    struct value *items = arena_take_array(arena, object->count, sizeof *items);

    (void)call;
    if (!items)
        return false;
    for (size_t i = 0; i < object->count; i++)
        items[i] = object->members[i].value;
    signal->value = value_array(items, object->count);
    return true;
}

/* The member name in ARGUMENT: a string, or a bare word as it is written. */
static struct span picked_name(const struct argument *argument)
{
    return argument->value.type == VALUE_STRING ? argument->value.text : argument->text;
}

/* The element at the index ARGUMENT, written as in RFC 6901; null if it is no index, or is beyond
 * the array's end. */
static const struct value *picked_element(const struct argument *argument,
                                          const struct array *array)
{
    struct span text = argument->text;
    size_t index = 0;

    if (text.n == 0 || text.n > 9 || (text.n > 1 && text.p[0] == '0'))
        return NULL;
    for (size_t i = 0; i < text.n; i++) {
        if (!ascii_is_digit(text.p[i]))
            return NULL;
        index = index * 10 + (text.p[i] - '0');
    }
    return index < array->count ? &array->items[index] : NULL;
}

static struct fault prepare_pick(struct call *call, size_t end, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    struct span *names = arena_take_array(arena, call->count, sizeof *names);
    struct repeat repeat;
    size_t count = 0;

    while (names && count < call->count && call->arguments[count].value.type < VALUE_ARRAY) {
        names[count] = picked_name(&call->arguments[count]);
        count++;
    }
    if (!names || !repeat_find(&repeat, names, count, arena))
        return fault_memory();
    arena_back(arena, mark);
    if (repeat.at < count)
        return call_fault(call, end, repeat.at, "expected each name or index once");
    if (count && count == call->count)
        return FAULT_NONE;
    return call_fault(call, end, count, "expected names or indexes");
}

/* Turn SIGNAL, an array, into an array of the picked elements. */
static bool pick_elements(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct value *items = arena_take_array(arena, call->count, sizeof *items);
    size_t count = 0;

    if (!items)
        return false;
    for (size_t i = 0; i < call->count; i++) {
        const struct value *v = picked_element(&call->arguments[i], &signal->value.array);
        if (v)
            items[count++] = *v;
    }
    if (count)
        signal->value = value_array(items, count);
    else
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

/* Turn SIGNAL, an object, into an object of the picked members. */
static bool pick_members(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct member *members = arena_take_array(arena, call->count, sizeof *members);
    struct arena_mark mark = arena_mark(arena);
    struct member *scratch = arena_take_array(arena, call->count, sizeof *scratch);
    size_t count = 0;

    if (!members || !scratch)
        return false;
    for (size_t i = 0; i < call->count; i++) {
        struct span name = picked_name(&call->arguments[i]);
        const struct value *v = value_member(&signal->value, name);
        if (v)
            members[count++] = (struct member){name, *v};
    }
    value_sort_members(members, count, scratch);
    arena_back(arena, mark);
    if (count)
        signal->value = (struct value){.type = VALUE_OBJECT, .object = {members, count}};
    else
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

static bool apply_pick(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct value *v = &signal->value;

    if (call->count > 1)
        return v->type == VALUE_ARRAY ? pick_elements(call, signal, arena)
                                      : pick_members(call, signal, arena);
    const struct value *one = v->type == VALUE_ARRAY
                                  ? picked_element(call->arguments, &v->array)
                                  : value_member(v, picked_name(call->arguments));
    if (one)
        signal->value = *one;
    else
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

/* clang-format off */
const struct step list_steps[] = {
    {.name = "sort", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "null, false, true, numbers, strings by bytes, arrays, objects by their JCS",
     .example = "sort", .input = "[\"b\",10,\"B\",9,true]",
     .output = "[true,9,10,\"B\",\"b\"]", .apply = apply_sort},
    {.name = "sort-num", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "ascending; unchanged unless all elements are numbers",
     .example = "sort-num", .input = "[1280,800]", .output = "[800,1280]",
     .apply = apply_sort_num},
    {.name = "uniq", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "without elements equal to the one just before",
     .example = "uniq", .input = "[\"a\",\"a\",\"b\",\"a\"]", .output = "[\"a\",\"b\",\"a\"]",
     .apply = apply_uniq},
    {.name = "each", .arguments = "(steps)", .takes = TAKES_ARRAY, .nests = true,
     .meaning = "the steps run on each element; one that becomes no value is removed",
     .example = "each(trim undefined-if(\"\"))", .input = "[\" a\",\" \",\"b \"]",
     .output = "[\"a\",\"b\"]", .apply = apply_each},
    {.name = "first", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "the first element; of an empty array: undefined",
     .example = "first", .input = "[\"en-US\",\"en\"]", .output = "\"en-US\"",
     .apply = apply_first},
    {.name = "len", .arguments = "", .takes = TAKES_STRING | TAKES_ARRAY | TAKES_OBJECT,
     .meaning = "how many code points, elements or members",
     .example = "len", .input = "\"\\ud83d\\ude00e\\u0301\"", .output = "3",
     .apply = apply_len},
    {.name = "keys", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the names, in the order of UTF-16 code units",
     .example = "keys", .input = "{\"b\":1,\"a\":null}", .output = "[\"a\",\"b\"]",
     .apply = apply_keys},
    {.name = "true-keys", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the names whose value is exactly true, in the order of UTF-16 code units",
     .example = "true-keys", .input = "{\"mp4\":true,\"ogg\":false,\"aac\":true,\"flac\":1}",
     .output = "[\"aac\",\"mp4\"]", .apply = apply_true_keys},
    {.name = "values", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the values of the members, in the order of their names in UTF-16 code units",
     .example = "values", .input = "{\"width\":1280,\"height\":800}", .output = "[800,1280]",
     .apply = apply_values},
    {.name = "pick", .arguments = "(NAME|INDEX,...)", .takes = TAKES_ARRAY | TAKES_OBJECT,
     .meaning = "one: its value; more: those found, as they were held; none: undefined",
     .example = "pick(kind,label)",
     .input = "{\"label\":\"\",\"deviceId\":\"x\",\"kind\":\"audioinput\"}",
     .output = "{\"kind\":\"audioinput\",\"label\":\"\"}",
     .prepare = prepare_pick, .apply = apply_pick},
};
/* clang-format on */
const size_t list_step_count = sizeof list_steps / sizeof *list_steps;

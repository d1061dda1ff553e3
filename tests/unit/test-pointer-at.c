/* pointer_at: the pointer of a fault, for its message. */
#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "json/pointer_at.h"
#include "unit.h"

/* '^' marks the byte at fault, which follows it. */
static const struct {
    const char *text;
    const char *pointer;
} cases[] = {
    {"^x", ""},
    {"{^", ""},
    {"{^1}", ""},
    {"{\"a\"^ 1}", "/a"},
    {"{\"a\":^01}", "/a"},
    {"{\"a\":0^1}", "/a"},
    {"{\"a\":1,^}", "/a"},
    {"{\"a\":1}^{", ""},
    {"{\"a\":{\"b\":[1,{\"c\":^x}]}}", "/a/b/1/c"},
    {"{\"a\":[1,2^ 3]}", "/a/1"},
    {"{\"a\":[[],[],[^,]]}", "/a/2/0"},
    {"{\"a\":1,^\"a\":2}", "/a"},
    {"{\"a\":{},\"b\":{^\"c\":1,}}", "/b/c"},
    {"{\"a/b~c\":^x}", "/a~1b~0c"},
    {"{\"a\\\"]\":^x}", "/a\\\"]"},
    {"{\"a\":\"[{,\",\"b\":^x}", "/b"},
    {"{\"a\":\"x^\xFF\"}", "/a"},
    {"{\"a\xFF^\":1}", "/a\xFF"},
    {"{\"0123456789012345678901234567\xC3\xA9\":^x}", "/0123456789012345678901234567..."},
    {"{\"012345678901234567890123456\xF0\x9F\x98\x80z\":^x}",
     "/012345678901234567890123456..."},
    {"{\"01234567890123456789012345\xF0\x9F\x98\x80z\":^x}", "/01234567890123456789012345..."},
    {"{\"0123456789012345678901234\xF0\x9F\x98\x80z\":^x}",
     "/0123456789012345678901234\xF0\x9F\x98\x80..."},
    {"{\"012345678901234567890123456~\":^x}", "/012345678901234567890123456~0"},
    {"{\"0123456789012345678901234567~\":^x}", "/0123456789012345678901234567..."},
    {"{\"01234567890123456789012345678~\":^x}", "/01234567890123456789012345678..."},
    {"{\"0123456789012345678901234567//\":^x}", "/0123456789012345678901234567..."},
    {"{\"0123456789012345678901234567890123456789\":^x}", "/01234567890123456789012345678..."},
};

UNIT_TEST(rule_33_a_message_names_the_pointer_of_the_fault)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *mark = strchr(cases[i].text, '^');
        size_t before = (size_t)(mark - cases[i].text), after = strlen(mark + 1);
        unsigned char *copy = malloc(before + after + !(before + after));
        unsigned char room[POINTER_AT_ROOM(30)];
        struct buf out = buf_within(room, sizeof room);
        memcpy(copy, cases[i].text, before);
        memcpy(copy + before, mark + 1, after);
        pointer_at_put(&out, span_of(copy, before + after), before, 30);
        CHECK_TEXT(buf_span(&out), cases[i].pointer);
        CHECK(!out.failed);
        free(copy);
    }
}

UNIT_TEST(nothing_is_found_beyond_the_text_or_the_depth)
{
    struct buf out = BUF_EMPTY, deep = BUF_EMPTY;

    for (int i = 0; i < 3000; i++)
        buf_putc(&deep, '[');
    pointer_at_put(&out, buf_span(&deep), deep.n, 10);
    CHECK_TEXT(buf_span(&out), "/0/0/0/0/0...");
    buf_clear(&out);
    pointer_at_put(&out, span_text("{\"a\":\"x\\"), 8, 10);
    CHECK_TEXT(buf_span(&out), "/a");
    buf_free(&out);
    buf_free(&deep);
}

int main(void)
{
    return unit_run();
}

#include "config.h"

#include "record/builtin.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

/* Is TEXT what the file data/NAME.catalog holds? */
static bool is_file(const char *name, struct span text)
{
    char path[4096];
    const char *top = getenv("top_srcdir");
    int n = snprintf(path, sizeof path, "%s/data/%s.catalog", top ? top : ".", name);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;

    if (!file)
        return false;
    size_t i = 0;
    int c;
    while ((c = getc(file)) != EOF && i < text.n && text.p[i] == c)
        i++;
    fclose(file);
    return c == EOF && i == text.n;
}

UNIT_TEST(each_catalogue_is_its_file_byte_for_byte)
{
    CHECK(builtin_count > 0);
    for (size_t i = 0; i < builtin_count; i++)
        CHECK(is_file(builtin_table[i].name, builtin_table[i].text));
}

UNIT_TEST(the_default_is_browser)
{
    CHECK(builtin_find(span_text("browser")) == &builtin_table[0]);
}

UNIT_TEST(a_name_is_found_only_whole)
{
    CHECK(!builtin_find(span_text("browse")));
    CHECK(!builtin_find(span_text("browser ")));
    CHECK(!builtin_find(span_of(NULL, 0)));
}

int main(void)
{
    return unit_run();
}

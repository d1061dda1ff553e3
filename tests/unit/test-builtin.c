#include "config.h"

#include "catalog/builtin.h"

#include <stdio.h>
#include <stdlib.h>

#include "same-catalog.h"
#include "unit.h"

/* Is TEXT the content of the file data/NAME.catalog? */
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

UNIT_TEST(each_catalog_is_its_file_byte_for_byte)
{
    CHECK(builtin_count > 0);
    for (size_t i = 0; i < builtin_count; i++)
        CHECK(is_file(builtin_table[i].name, builtin_table[i].text));
}

UNIT_TEST(each_catalog_is_what_its_text_compiles_to)
{
    check_builtins();
}

/* No name of a record, however it is chosen, is searched in more than the longest run of the
 * table. */
UNIT_TEST(no_lookup_in_a_trie_takes_many_probes)
{
    for (size_t i = 0; i < builtin_count; i++) {
        const struct trie *trie = &builtin_table[i].catalog->trie;
        uint32_t run = 0, longest = 0;

        for (uint32_t at = 0; at <= 2 * trie->mask; at++) {
            run = trie->table[at & trie->mask] == TRIE_NONE ? 0 : run + 1;
            longest = run > longest ? run : longest;
        }
        CHECK(longest > 0 && longest < 32);
        printf("# %s: %u\n", builtin_table[i].name, longest);
    }
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

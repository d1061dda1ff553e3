/*
 * The tables that src/embed makes from a catalog with all that a catalog may have. They are linked
 * in place of the built-in ones.
 */
#include "config.h"

#include "same-catalog.h"
#include "unit.h"

UNIT_TEST(each_catalog_is_what_its_text_compiles_to)
{
    CHECK(builtin_count > 20);
    check_builtins();
}

int main(void)
{
    return unit_run();
}

# scripts/freeze notices every way in which a frozen row, directive, step or table can move, vanish
# or change, and does not overwrite it.

load helper

setup() {
    cp -r "$top_srcdir/data" "$BATS_TEST_TMPDIR/data"
    mkdir "$BATS_TEST_TMPDIR/tests"
    cp -r "$top_srcdir/tests/frozen" "$BATS_TEST_TMPDIR/tests"
    chmod -R u+w "$BATS_TEST_TMPDIR" # the sources may not be writable
    cd "$BATS_TEST_TMPDIR"
    # Two files of results are enough here.
    mkdir tests/golden
    cp "$top_srcdir"/tests/golden/steps{-num.ndjson,-versions.ndjson,.catalog} tests/golden
    sed -i '/^steps-\(num\|versions\)\./!d' tests/frozen/results
    # The steps as they are in the frozen file; tests/check-frozen asks the program for them.
    cp tests/frozen/steps steps
    cat >print-steps <<'END_OF_STUB'
#!/bin/sh
exec cat steps
END_OF_STUB
    chmod +x print-steps
    export PRINT_STEPS=$BATS_TEST_TMPDIR/print-steps
    catalog=data/browser.catalog
}

freeze() {
    top_srcdir=$BATS_TEST_TMPDIR "$top_srcdir/scripts/freeze" "$@"
}

# fails NAME...: these names, and no others, are reported as changed; nothing is overwritten.
fails() {
    cp -r tests/frozen before
    run --separate-stderr freeze --check
    [ "$status" = 1 ]
    [ "$(sed -n 's/^not ok [0-9]* - what is frozen in \([^ ]*\) .*/\1/p' <<<"$output" | tr '\n' ' ')" = "$* " ]
    run --separate-stderr freeze
    [ "$status" = 1 ]
    [ "$(sed -n 's/^freeze: tests.frozen.\([^:]*\): what is frozen does not change, .*/\1/p' <<<"$stderr" | tr '\n' ' ')" = "$* " ]
    diff -r before tests/frozen
}

# The number of the N-th row in the catalog.
row() {
    grep -n '^[^#@	]' $catalog | sed -n "$1s/:.*//p"
}

@test "freeze: nothing has changed" {
    run -0 --separate-stderr freeze --check
    [ "$(grep -c '^ok ' <<<"$output")" = 12 ]
    [ "$(tail -n 1 <<<"$output")" = 1..12 ]
    [ -z "$stderr" ]
    run -0 --separate-stderr freeze
    [ -z "$output$stderr" ]
    [ "$(diff -rq "$top_srcdir/tests/frozen" tests/frozen | grep -v '/results differ$')" = '' ]
    [ "$(wc -l <tests/frozen/results)" = 2 ]
}

@test "freeze: a row that moves" {
    sed -i "$(row 700){h;d};$(row 701){G}" $catalog
    fails browser.rows
}

@test "freeze: a row that is renamed" {
    sed -i "$(row 700)s/^[^\t]*/renamed/" $catalog
    fails browser.rows
}

@test "freeze: a row that is removed, the last one too" {
    cp $catalog whole
    sed -i "$(row 700)d" $catalog
    fails browser.rows
    rm -r before
    sed "$(cp whole $catalog; row '$')d" whole >$catalog
    fails browser.rows
}

@test "freeze: a row that is inserted, and one that gets another tier, steps, flags or pointer" {
    cp $catalog whole
    for change in 'i\new\t/new\tnew\tbuild' 's/$/\tnfc/' 's/\t[a-z]*$/\tvolatile/' 's/\t[^\t]*/\t\/x/' 'a\\t/further'; do
        sed "$(row 1)$change" whole >$catalog
        ! cmp -s whole $catalog
        fails browser.rows
        rm -r before
    done
}

@test "freeze: a directive that changes, and one that is added, without a new version" {
    cp $catalog whole
    for change in '/^@exclude/s/false/true/' '/^@epoch/s/0/1/' '/^@root/d' '/^@keep/s/$/\tcanvas.x/' '/^@error/a@value\tvalue'; do
        sed "$change" whole >$catalog
        ! cmp -s whole $catalog
        fails browser.directives
        rm -r before
    done
    sed -i 's/^@catalog.*/@catalog\tbrowser\t2/' $catalog
    run -1 freeze --check
    run -0 --separate-stderr freeze
    run -0 freeze --check
    grep -qx '@value	value' tests/frozen/browser.directives
}

@test "freeze: a catalog that is removed" {
    rm $catalog
    fails browser.directives browser.rows browser.sketches
}

@test "freeze: a line @sketch that changes, moves or is new, and one of a new version" {
    for change in '/^@sketch	fonts	/s/[0-9]*$/9/' '/^@sketch	fonts	/d' '/^@sketch	fonts	/{h;d};/^@sketch	phone	/G' \
        '/^@sketch	fonts	/i\
@sketch	media	1'; do
        sed "$change" "$top_srcdir/$catalog" >$catalog
        ! cmp -s "$top_srcdir/$catalog" $catalog
        fails browser.sketches
        rm -r before
    done
    sed -i 's/^@catalog.*/@catalog\tbrowser\t2/' $catalog
    run -0 --separate-stderr freeze
    run -0 freeze --check
    grep -qx '@sketch	media	1' tests/frozen/browser.sketches
}

@test "freeze: a step that is removed, or changes its arguments, meaning, example or result" {
    [ "$(grep -c '^round	' steps)" = 1 ]
    for change in '/^round\t/d' '/^round\t/s/(dp)/(n)/' '/^round\t/s/exactly/nearly/' '/^round\t/s/-0.125/-0.126/' '/^round\t/s/-0.12$/-0.13/'; do
        sed "$change" tests/frozen/steps >steps
        ! cmp -s steps tests/frozen/steps
        fails steps
        rm -r before
    done
}

@test "freeze: a table that changes, or is removed" {
    sed -i 's/Googlebot/googlebot/' data/ua.tsv
    rm data/gpu.tsv
    fails tables
}

@test "freeze: a step whose result for a record changes" {
    cat >whorl <<'END_OF_STUB'
#!/bin/sh
"$REAL" "$@" | sed '3s/"\([0-9a-f]\)\([0-9a-f]\)/"\2\1/'
END_OF_STUB
    chmod +x whorl
    REAL=$WHORL WHORL=./whorl
    export REAL WHORL
    fails results
}

@test "freeze: rows and steps may be added, and are to be frozen too; records of tests/golden may" {
    printf 'new\t/new\tnew\tbuild\n' >>$catalog
    printf 'a-new\t\t1\tmeaning\ta-new\t1\t1\n' >>steps
    printf '{"id":"new","v":1.5}\n' >>tests/golden/steps-num.ndjson
    printf '999 new\t/v\tg\tbuild\tnum\n' >>tests/golden/steps.catalog
    run -1 --separate-stderr freeze --check
    [ "$(grep -c '^not ok' <<<"$output")" = 2 ]
    [ "$(grep -c '^# there is more than is frozen: run scripts/freeze$' <<<"$output")" = 2 ]
    run -0 --separate-stderr freeze
    [ -z "$output$stderr" ]
    run -0 freeze --check
    [ "$(tail -n 1 tests/frozen/browser.rows)" = 'new	/new	new	build' ]
}

@test "freeze: tests/golden/steps.catalog, whose results are frozen, has every step" {
    grep '^[^#@]' tests/golden/steps.catalog | cut -f 5 | grep -o '[a-z][a-z0-9-]*' | sort -u >used
    cut -f 1 tests/frozen/steps | sort -u >all
    [ -z "$(comm -23 all used)" ]
}

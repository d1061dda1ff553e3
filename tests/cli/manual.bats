# The examples of the manual pages are what whorl writes, and their options are those that it takes.

load helper

# The options of --help, as --NAME=ARGUMENT or -L,--NAME, in order.
help_options() {
    "$WHORL" --help | sed -n 's/^  \(-.,\)\{0,1\} *\(--[^ ]*\).*/\1\2/p'
}

# The same for the list of options in whorl(1), as it is shown. There, arguments are in lower case.
manual_options() {
    mandoc -T ascii "$top_srcdir/man/whorl.1" | sed $'s/.\b//g' |
        sed -n '/^DESCRIPTION/,/^INPUT/p' | sed -n 's/^     \(-.*\)/\1/p' | sed 's/  .*//' | tr -d ' ' |
        sed 's/^-\(.\)[a-z]*,/-\1,/' | awk '{
            at = index($0, "=")
            print at ? substr($0, 1, at) toupper(substr($0, at + 1)) : $0
        }'
}

@test "--help and whorl(1) have the same options, in one order, with the same arguments" {
    diff <(help_options) <(manual_options)
    [ "$(help_options | wc -l)" -gt 5 ]
}

@test "each option takes an argument if --help says so" {
    while read -r option; do
        name=${option#-?,} name=${name%%=*}
        if [[ $option == *'[='* ]]; then
            run --separate-stderr "$WHORL" "${name%[}" none
            [[ $stderr != *'needs an argument'* ]]
            run --separate-stderr "$WHORL" "${name%[}=none"
            [[ $stderr == *"'none'"* ]]
        elif [[ $option == *=* ]]; then
            run --separate-stderr "$WHORL" "$name"
            expect 2 '' "whorl: option $name needs an argument
whorl: try 'whorl --help'"
        else
            run --separate-stderr "$WHORL" "$name=x"
            expect 2 '' "whorl: unknown, ambiguous or misused option $name=x
whorl: try 'whorl --help'"
        fi
        if [[ $option == -?,* && $option != *=* ]]; then
            run --separate-stderr "$WHORL" "${option:0:2}" --help
            [ "$status" = 0 ]
        fi
    done < <(help_options)
}

@test "the examples of whorl(1) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl.1"
}

@test "the examples of whorl-diff(1) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-diff.1"
}

@test "the examples of whorl-match(1) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-match.1"
}

@test "the examples of whorl-survey(1) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-survey.1"
}

@test "the examples of whorl-catalog(5) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-catalog.5"
}

@test "the examples of whorl-record(5) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-record.5"
}

@test "the examples of whorl-vector(5) are what comes out" {
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-vector.5"
}

@test "the example of whorl-identify(7) is what comes out" {
    [ "$(sqlite3 :memory: 'select log2(8)')" = 3.0 ] || skip 'no sqlite3 with log2()'
    run -0 --separate-stderr "$top_srcdir/scripts/renew-manual" --check "$top_srcdir/man/whorl-identify.7"
}

# The literal blocks of EXAMPLES in whorl(1) that are not sessions, one after the other.
pipelines() {
    awk '
        /^\.Sh / { examples = $2 == "EXAMPLES" }
        /^\.Ed/ { block = 0 }
        block { print }
        /^\.Bd -literal -offset indent/ { block = examples }' "$top_srcdir/man/whorl.1" |
        sed 's/\\e/\\/g'
}

@test "the pipelines of whorl(1) run" {
    cd "$BATS_TEST_TMPDIR"
    mkdir bin archive
    ln -s "$WHORL" bin/whorl
    cp "$top_srcdir/data/sample.ndjson" records.ndjson
    cp records.ndjson archive/1.ndjson
    gzip -c records.ndjson >2026-11-01.ndjson.gz
    # The id is by FingerprintJS 5.2.0.
    echo '{"visitorId":"b72e40e1ff74534a600ef1d21c1acc26","components":{"hdr":{"value":true,"duration":2},"vendor":{"value":"Google Inc."}}}' >fpjs.ndjson
    printf '@catalog\tnew\t1\n@root\t/signals\na\t/navigator/platform\tg\tdevice\n' >new.catalog
    pipelines >script
    [ "$(grep -c '^[^ ]' script)" -ge 4 ]
    PATH=$PWD/bin:$PATH run --separate-stderr bash -e -o pipefail script
    expect 0 "$output"
    [ -n "$output" ]
    [ -s vectors.ndjson ] && [ -s ids.ndjson ] && [ -s old.whl ] && [ -s new.whl ] && [ -s words.tsv ]
    [ ! -s errors.txt ]
}

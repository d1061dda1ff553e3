# --diff keeps --memory, whatever the input has much of: it goes to files, or, if that is not
# possible, there is a message. The bound is the one in whorl-diff(1).

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # shellcheck disable=SC2086 # CC may have options
    ${CC:-cc} -o peak "$top_srcdir/tests/cli/peak.c" || :
}

setup() {
    limits_memory
    cd "$BATS_TEST_TMPDIR"
    [ -e "$BATS_FILE_TMPDIR/peak" ] || skip 'nothing can be compiled to measure with'
}

# Compare what diff-growth.py makes of the kind $1, with the other arguments. The peak is within
# the bound: 6 MiB, --memory, and for each file 4 times its longest line and 400 bytes for each
# value in it.
compare() {
    python3 "$top_srcdir/tests/cli/diff-growth.py" "$1"
    run --separate-stderr "$BATS_FILE_TMPDIR/peak" kib "$WHORL" --diff --memory=8M "${@:2}"
    local bound=$((14 << 20)) file longest
    for file in "${@:2}"; do
        [ -e "$file" ] || continue
        longest=$(awk 'length > n { n = length; most = $0 } END { print most }' "$file")
        bound=$((bound + 4 * ${#longest} + 400 * $(tr -dc : <<<"$longest" | wc -c)))
    done
    echo "$1: $(cat kib) KiB of $((bound >> 10))"
    (($(cat kib) << 10 <= bound))
}

# As compare(), and the comparison ends with a message, $2 being where, and no report.
too_much() {
    compare "$1" "${@:3}"
    expect 2 '' "whorl: $2names, ids, values and rules take more than half of --memory: raise it"
}

@test "names beyond --memory are said to be that" {
    too_much names 'new:1:1: ' old new
    too_much groups 'new:1:1: ' old new
    too_much new_names '' old new
}

@test "catalogs beyond --memory are said to be that" {
    [ "$(python3 "$top_srcdir/tests/cli/diff-growth.py" schemas && wc -l <old)" = 16512 ]
    compare schemas old new
    [[ $status = 2 && $output = '' && $stderr =~ ^'whorl: old:'[0-9]+':1: names, ids, values and rules take' ]]
    compare labels old new
    [[ $status = 2 && $output = '' && $stderr =~ ^'whorl: '(old|new)':'[0-9]+':1: names, ids, values and rules take' ]]
}

@test "examples beyond --memory are said to be that" {
    too_much values '' --reveal old new
    too_much examples '' old new
    python3 "$top_srcdir/tests/cli/diff-growth.py" values
    run --separate-stderr "$WHORL" --diff --memory=256M --reveal old new
    [ "$status" = 1 ]
    [ "$(grep -c '^value' <<<"$output")" = 2000 ]
}

@test "rules beyond --memory are said to be that" {
    too_much rules 'rules: ' --expect=rules old new
    too_much many_rules 'rules: ' --expect=rules old new
    too_much long_rules 'rules: ' --expect=rules old new
    compare few_rules --expect=rules old new
    [ "$status" = 1 ]
    [ "$(grep -c '^unused	expect	s[0-9]' <<<"$output")" = 4999 ]
}

@test "ids that occur twice beyond --memory are said to be that" {
    too_much repeated '' old new
}

@test "more records than --memory holds are compared in files" {
    compare ids old new
    [ "$status" = 0 ]
    [ "$(sed -n 3,8p <<<"$output")" = "records	old	100000	
records	new	100000	
records	same	100000	
records	changed	0	
records	only-old	0	
records	only-new	0	" ]
}

@test "more pairs of identities than --memory holds are counted in files, also of one identity" {
    compare split old new
    [ "$status" = 1 ]
    one=00000000000000000000000000000001
    other=00000000000000000000000000000002 third=00000000000000000000000000000003
    [ "$(grep ^moved <<<"$output")" = "moved	exact	kept	0	0	0	
moved	exact	1:1	0	0	0	
moved	exact	split	1	300000	300000	$one>$one $one>$other $one>$third
moved	exact	merged	0	0	0	" ]
    compare merged old new
    [ "$status" = 1 ]
    [ "$(grep ^moved <<<"$output")" = "moved	exact	kept	0	0	0	
moved	exact	1:1	0	0	0	
moved	exact	split	0	0	0	
moved	exact	merged	300000	1	300000	$one>$one $other>$one $third>$one" ]
    compare shuffled old new
    [ "$status" = 1 ]
    [ "$(grep ^moved <<<"$output" | cut -f 1-6)" = "moved	exact	kept	0	0	0
moved	exact	1:1	0	0	0
moved	exact	split	400	250	100000
moved	exact	merged	400	250	100000" ]
}

@test "a report longer than --memory is written as it is made" {
    compare long_ids --format=ndjson -o report old new
    [ "$status" = 1 ]
    [ "$(grep -c '^{"kind":"group"' report)" = 3000 ]
    [ "$(wc -c <report)" -gt 90000000 ]
    compare long_ids -o report old new
    [ "$status" = 1 ]
    [ "$(grep -c '^group	-	3	0	0	100%	"x' report)" = 3000 ]
    compare one_line --format=ndjson old new
    [ "$status" = 1 ]
    [ "$(grep -c '^{"kind":"signal"' <<<"$output")" = 1 ]
    [ "$(grep '^{"kind":"signal"' <<<"$output" | grep -o '"s[0-9]*"' | wc -l)" = 3000 ]
}

@test "--by: more visitors, longer values and more visits than --memory holds" {
    compare visitors --by=/who old
    [ "$status" = 1 ]
    [ "$(grep ^records <<<"$output" | cut -f 1-3)" = "records	all	100000
records	pairs	50000
records	same	0
records	changed	50000
records	single	0
records	no-id	0" ]
    compare long_visitors --by=/who old
    [ "$status" = 1 ]
    [ "$(grep ^records <<<"$output" | cut -f 1-3)" = "records	all	200
records	pairs	100
records	same	0
records	changed	100
records	single	0
records	no-id	0" ]
    compare visits --by=/who old
    [ "$status" = 1 ]
    [ "$(grep ^records <<<"$output" | cut -f 1-3)" = "records	all	100000
records	pairs	89999
records	same	0
records	changed	89999
records	single	10000
records	no-id	0" ]
}

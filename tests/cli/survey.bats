# --survey: the report is that of a model of whorl-survey(1) in another language, on captures and on
# records that are hard for it; and it does not depend on how the same records arrive.

load helper

# The captures with the configuration as "visitor"; of raw ones a few, because the model is slow.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    for kind in raw fpjs thumbmark; do
        zstd -qdc --long=27 "$top_srcdir/data/captures/$kind.ndjson.zst" |
            records join "$top_srcdir/data/captures/manifest.ndjson" >$kind
    done
    head -n 30 raw >few
    mv few raw
    head -n 200 fpjs >few
    mv few fpjs
    records hard >hard
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    in=$BATS_FILE_TMPDIR
}

records() {
    python3 "$top_srcdir/tests/cli/survey-records.py" "$@"
}

# The reports of the files $2… by the key $1, or without one if it is empty, are the model's.
surveys() {
    local by=${1:+--by=$1}
    shift
    # shellcheck disable=SC2086 # by is one word, or none
    {
        run -0 --separate-stderr "$WHORL" --survey $by -o report "$@"
        [ -z "$output$stderr" ]
        python3 "$top_srcdir/tests/cli/survey-model.py" $by report "$@"
        run -0 --separate-stderr "$WHORL" --survey $by --format=ndjson -o report "$@"
        [ -z "$output$stderr" ]
        python3 "$top_srcdir/tests/cli/survey-model.py" --json $by report "$@"
    }
}

@test "the report of records of every kind is the model's" {
    surveys '' "$in/hard"
    surveys /k "$in/hard"
    surveys /o/i "$in/hard"
}

@test "the report of random records is the model's" {
    for seed in 1 2 3 4; do
        records random $seed 1500 >in
        surveys /k in
    done
    surveys '' in
    surveys /a/0 in
}

@test "the report of captures of ThumbmarkJS is the model's" {
    surveys /visitor "$in/thumbmark"
}

@test "the report of captures of FingerprintJS is the model's" {
    surveys /visitor "$in/fpjs"
}

@test "the report of raw captures is the model's" {
    surveys /visitor "$in/raw"
}

@test "the report of one record, and of none, is the model's" {
    for record in '{}' '{"k":1}' '{"k":{}}' '{"a":[],"k":null}'; do
        echo "$record" >in
        surveys '' in
        surveys /k in
    done
    : >in
    surveys '' in
    surveys /k in
}

@test "the figures of a few records, by hand" {
    printf '%s\n' '{"v":1,"a":"x","l":[1,2]}' '{"v":1,"a":"y","l":[2,1]}' '{"v":2,"a":"x"}' '{"v":1,"a":"x","l":[2,1]}' >in
    run --separate-stderr "$WHORL" --survey --by=/v in
    expect 0 '# 4 records, 3 paths
# 4 records with a key, of 2 keys
path	records	share	types	distinct	bits	commonest	shortest	longest	errors	pairs	flips	rate	same	notes	example
/a	4	100.00	string	2	0.811	75.00	1	1	0	2	2	100.00	-	-	"x"
/l	3	75.00	array	2	0.918	66.67	2	2	0	2	1	50.00	-	unordered:0	[2,1]
/v	4	100.00	number	2	0.811	75.00	1	1	0	2	0	0.00	-	private	-'
    run --separate-stderr "$WHORL" --survey --format=ndjson in
    expect 0 '{"survey":1,"records":4,"paths":3,"merged":0}
{"path":"/a","records":4,"types":{"string":4},"distinct":2,"exact":true,"bits":0.811,"commonest":3,"shortest":1,"longest":1,"example":"\"x\""}
{"path":"/l","records":3,"types":{"array":3},"distinct":2,"exact":true,"bits":0.918,"commonest":2,"shortest":2,"longest":2,"example":"[2,1]"}
{"path":"/v","records":4,"types":{"number":4},"distinct":2,"exact":true,"bits":0.811,"commonest":3,"shortest":1,"longest":1,"example":"1"}'
}

@test "a path that had another value before its first array has no flips for that" {
    printf '%s\n' '{"v":1,"x":"s"}' '{"v":2,"x":[1]}' '{"v":1,"x":"s"}' '{"v":1,"x":"t"}' '{"v":1,"x":"t"}' >in
    run -0 --separate-stderr "$WHORL" --survey --by=/v --format=ndjson in
    [ "$(jq -c 'select(.path == "/x") | [.pairs, .flips, .unordered_flips]' <<<"$output")" = '[3,1,1]' ]
}

@test "an error marker, a data URL and an array are found however they are spelled" {
    printf '%s\n' '{"m":{"\u0065rror":"E: a","\u0061":1}}' '{"m":{"error":1,"v\u0061lue":2}}' >in
    run -0 --separate-stderr "$WHORL" --survey --format=ndjson in
    [ "$(jq -c 'select(.path == "/m") | .types' <<<"$output")" = '{"object":1,"error":1}' ]
    printf '%s\n' '{"v":1,"u":"data:a/b;base64,AA=="}' '{"v":1,"u":"\u0064ata:a/b;base64,AA=="}' >in
    run -0 --separate-stderr "$WHORL" --survey --by=/v --format=ndjson in
    [ "$(jq -c 'select(.path == "/u") | [.flips, .data_url_flips]' <<<"$output")" = '[0,0]' ]
}

@test "the example is the most frequent value, also if its counter was another's first" {
    { echo '{"a":"first"}'; for i in {1..70}; do echo "{\"a\":\"v$i\"}"; done; for i in {1..9}; do echo '{"a":"often"}'; done; } >in
    run -0 --separate-stderr "$WHORL" --survey in
    [[ $output != *first* ]]
    surveys '' in
}

@test "jobs, compression, files, pipes and how the bytes arrive do not matter" {
    cat "$in/hard" "$in/thumbmark" >all
    head -n 200 all >1
    tail -n +201 all >2
    gzip -c all >all.gz
    zstd -qc all >all.zst
    for format in '' --format=ndjson; do
        # shellcheck disable=SC2086 # a word, or none
        report() { "$WHORL" --survey --by=/k $format "$@"; }
        report -j1 all >want
        for jobs in 2 4 8; do cmp want <(report -j$jobs all); done
        cmp want <(report all.gz)
        cmp want <(report - <all.zst)
        cmp want <(report -j4 1 2)
        cmp want <(report 1 - <2)
        cmp want <(report --files0-from=<(printf '1\0002\0'))
        cmp want <(head -c 20000 all >part; tail -c +20001 all >rest; { paced 97 <part; paced 4001 <rest; } | report -j2)
        cmp want <(report --memory=1G all)
    done
}

@test "what the input rejects is told as by the filter, and counts nowhere" {
    printf '%s\n' '{"a":1}' '{"a":}' '' '[1]' '{"a":1,"a":2}' '{"a":2}' '{"a":1e999}' >in
    run --separate-stderr "$WHORL" --survey --rejects=rejects --stats=stats in
    expect 1 '# 2 records, 1 paths
path	records	share	types	distinct	bits	commonest	shortest	longest	errors	same	notes	example
/a	2	100.00	number	2	1.000	50.00	1	1	0	-	-	-' "whorl: in:2:6: expected a JSON value, at /a
whorl: in:4:1: the record is not a JSON object: expected {\"name\": value, ...}
whorl: in:5:8: this object already has a member of this name: expected each name once, at /a
whorl: in:7:6: number out of range: expected at most 1.7976931348623157e308, at /a"
    printf '%s\n' '{"a":}' '[1]' '{"a":1,"a":2}' '{"a":1e999}' | cmp - rejects
    [ "$(jq -c '[.lines, .records, .rejects]' stats)" = '[6,2,4]' ]
    run -0 --separate-stderr "$WHORL" --survey --max-rejects=4 in
    [ "${lines[0]}" = '# 2 records, 1 paths' ]
    run -1 --separate-stderr "$WHORL" --survey --max-record=6 --max-rejects=1 in
    run -0 --separate-stderr "$WHORL" --survey --progress=always --max-rejects=4 in
    [ "${lines[0]}" = '# 2 records, 1 paths' ]
}

@test "a file is replaced as a whole, and not if there is trouble" {
    echo '{"a":1}' >in
    echo old >out
    run --separate-stderr "$WHORL" --survey -o out in none
    [ "$status" = 2 ] && [ -z "$output" ] && [ "$(cat out)" = old ]
    [[ $stderr == 'whorl: none: No such file or directory'* ]]
    run --separate-stderr "$WHORL" --survey -o out in
    expect 0 ''
    [ "$(head -n 1 out)" = '# 1 records, 1 paths' ]
    run --separate-stderr "$WHORL" --survey -o in in
    expect 0 ''
    [ "$(head -n 1 in)" = '# 1 records, 1 paths' ]
    run --separate-stderr bash -c '"$WHORL" --survey "$1/hard" >/dev/full' - "$in"
    expect 2 '' 'whorl: standard output: No space left on device'
}

@test "options that do not go with --survey are refused, and so are wrong ones" {
    echo '{"a":1}' >in
    for option in --reveal --no-cache --select=id --quiet --map=a=b --dictionary=d --verify --no-header --cache-memory=1M --ignore=x --expect=y; do
        name=${option%%=*}
        run --separate-stderr "$WHORL" --survey "$option" in
        expect 2 '' "whorl: $name: expected no --survey with it
whorl: try 'whorl --help'"
    done
    run --separate-stderr "$WHORL" --survey --explain=x in
    expect 2 '' "whorl: --survey: expected no --explain with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --diff --survey in
    expect 2 '' "whorl: --diff: expected no --survey with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --format=binary in
    expect 2 '' "whorl: --format: expected ndjson with --survey; without --format the report is text
whorl: try 'whorl --help'"
    for option in --by=/a --memory=8M; do
        run --separate-stderr "$WHORL" "$option" in
        expect 2 '' "whorl: ${option%%=*}: expected --diff, --survey or --match with it
whorl: try 'whorl --help'"
    done
    run --separate-stderr "$WHORL" --time=/a in
    expect 2 '' "whorl: --time: expected --survey with it
whorl: try 'whorl --help'"
    for option in by time; do
        run --separate-stderr "$WHORL" --survey --$option= in
        expect 2 '' "whorl: --$option: expected a pointer to a member, such as /visitor"
        run --separate-stderr "$WHORL" --survey --$option=a in
        expect 2 '' "whorl: --$option: expected a JSON pointer: empty, or beginning with '/', at byte 1 of 'a'"
        run --separate-stderr "$WHORL" --survey --$option=/b~2 in
        expect 2 '' "whorl: --$option: expected ~0 (for '~') or ~1 (for '/') in a JSON pointer, at byte 3 of '/b~2'"
    done
    run --separate-stderr "$WHORL" --survey --memory=7M in
    expect 2 '' "whorl: --memory: expected a number of bytes from 8M to 1024G, not '7M'
whorl: try 'whorl --help'"
}

# The examples of two records that are alike, $1.
examples() {
    printf '%s\n%s\n' "$1" "$1" | "$WHORL" --survey "${@:2}" | sed '1,/^path/d' | awk -F '\t' '{ print $NF }'
}

@test "no example is shown of private paths, addresses, and values with either in them" {
    while read -r value; do
        [ "$(examples "{\"a\":$value}")" = - ] || { echo "shown: $value"; false; }
    done <<'END'
"192.168.0.1"
"192.168.0.1:8080"
"http://192.168.0.1/x"
"a 0.0.0.0 udp 2113937151 192.168.1.4 54400 typ host"
"fe80::1"
"fe80::1%eth0"
"::1"
"2001:db8:1:2:3:4:5:6"
"2001:DB8::/32"
"00:1a:2b:3c:4d:5e"
"me@example.org"
"mail me@example.org now"
"me\u0040example.org"
"192\u002e168\u002E0.1"
"1\u0039\u0032.168.0.1"
["x","10.0.0.1"]
[{"x":"10.0.0.1"}]
[ { "label" : "Microphone of Ann" } ]
[{"deviceId":"default"}]
[{"\u006cabel":"Microphone of Ann"}]
[{"a@b":1}]
END
    while read -r member; do
        [ "$(examples "{$member}")" = - ] || { echo "shown: $member"; false; }
    done <<'END'
"email":"x"
"userEmail":"x"
"ip":1
"client_ip":1
"ipAddress":{"v":"x"}
"\u006cabel":"x"
"deviceId":"x"
"device":{"label":"x"}
END
    # What looks like it and is not.
    while read -r value; do
        [ "$(examples "{\"a\":$value}")" = "$value" ] || { echo "not shown: $value"; false; }
    done <<'END'
"Chrome/120.0.0.0"
"4.0.30319.17929"
"256.1.1.1"
"1.2.3"
"12:30:45"
"a::before"
"::"
"recipe"
"A\\u0040"
"\u0001"
["tip",{"recipe":1.0}]
END
}

@test "no example is shown of the key, of what each key has of its own, or of unique values" {
    for i in {1..12} {1..12}; do echo "{\"who\":{\"name\":\"n$i\"},\"own\":\"o$i\",\"few\":\"f$((i % 4))\"}"; done >in
    run -0 --separate-stderr "$WHORL" --survey --by=/who/name in
    [ "$(cut -f 1,15,16 <<<"$output" | tail -n 3)" = '/few	-	"f1"
/own	-	-
/who/name	private	-' ]
    [[ $output != *n1* && $output != *o1* ]]
    for i in {1..30} 1 2 3; do echo "{\"id\":\"i$i\"}"; done >in
    run -0 --separate-stderr "$WHORL" --survey in
    [ "$(cut -f 12,13 <<<"${lines[2]}")" = 'unique	-' ]
}

# The greatest number of KiB of memory of the command.
peak() {
    [ -e "$in/peak" ] || ${CC:-cc} -o "$in/peak" "$top_srcdir/tests/cli/peak.c" || skip 'nothing can be compiled to measure with'
    "$in/peak" kib "$@"
}

@test "a million names take no more than --memory: the rarest are merged, what is usual stays" {
    limits_memory
    records hostile 500000 >in # a name and one in it, each
    echo '{}' >empty
    for by in '' --by=/k; do
        # shellcheck disable=SC2086 # a word, or none
        {
            peak "$WHORL" --survey $by -j1 --memory=8M empty >/dev/null
            base=$(cat kib)
            peak "$WHORL" --survey $by -j1 --memory=8M in >report
            echo "$by: $(($(cat kib) - base)) KiB more"
            [ $(($(cat kib) - base)) -lt 9216 ]
        }
        [[ $(head -n 1 report) == '# 500000 records, '*' merged into their parents for lack of memory' ]]
        [ "$(grep -c '^/usual	500000	100.00	number	3	1.585	33.33	' report)" = 1 ]
        [ "$(grep -c '^/k	500000	100.00	string	50	5.644	2.00	' report)" = 1 ]
        # What is left is counted as it should be: each name was in one record.
        awk -F '\t' '/^\/n/ && $2 != 1' report >wrong
        [ ! -s wrong ]
    done
    # The 50 keys have 499,950 pairs. The usual value is i % 3, and the next i of the key is 50 later.
    [ "$(grep '^/usual' report | cut -f 11,12)" = '499950	499950' ]
    [ "$(grep '^/k' report | cut -f 11,12)" = '499950	0' ]
}

@test "a map that lost members for lack of memory says how many names it had" {
    python3 -c '
for i in range(60000):
    print("{\"m\":{\"n%d\":1,\"usual\":%d}}" % (i, i % 2))' >in
    run -0 --separate-stderr "$WHORL" --survey --memory=8M in
    [ "$(grep -c '^/m/usual	60000	100.00	number	2	1.000	50.00	' <<<"$output")" = 1 ]
    notes=$(grep '^/m	' <<<"$output" | cut -f 12)
    [[ $notes =~ ^'estimated,map:'([0-9]+)',merged:'[0-9]+$ || $notes =~ ^'unique,estimated,map:'([0-9]+)',merged:'[0-9]+$ ]]
    # Four standard errors of 60,001.
    [ "${BASH_REMATCH[1]}" -gt 52000 ] && [ "${BASH_REMATCH[1]}" -lt 68000 ]
}

@test "keys that do not fit are sampled by their hashes, and the others' flips are exact" {
    limits_memory
    # No key has a pair before all have come: so all pairs are of those that are left.
    records keys 60000 3 >in
    run -0 --separate-stderr "$WHORL" --survey --by=/key --memory=8M --format=ndjson in
    one_in=$(jq '.one_in' <<<"${lines[0]}") kept=$(jq '.compared' <<<"${lines[0]}")
    [ "$one_in" -gt 1 ]
    [ "$(jq -c '[.records, .keyed]' <<<"${lines[0]}")" = '[180000,180000]' ]
    # Four standard errors of 60,000.
    keys=$(jq '.keys' <<<"${lines[0]}")
    [ "$keys" -gt 52200 ] && [ "$keys" -lt 67800 ]
    # The keys whose XXH3-128 begins with enough zero bits, by the stock tool.
    bits=0
    while [ $((1 << bits)) -lt "$one_in" ]; do bits=$((bits + 1)); done
    mkdir keys
    python3 -c '
for i in range(60000):
    with open("keys/%d" % i, "w") as key:
        key.write("\"visitor %d\"" % i)'
    (cd keys && find . -type f -printf '%f\n' | xargs xxhsum -H2) | python3 -c '
import sys
shift = 64 - int(sys.argv[1])
for line in sys.stdin:
    hash, name = line.split()
    if not int(hash[:16], 16) >> shift:
        print(name)' $bits >sampled
    [ "$(wc -l <sampled)" = "$kept" ]
    odd=$(grep -c '[13579]$' sampled)
    [ "$(tail -n +2 <<<"$output" | jq -c '[.path, .pairs, .flips]')" = "[\"/each\",$((2 * kept)),$((2 * kept))]
[\"/key\",$((2 * kept)),0]
[\"/odd\",$((2 * kept)),$((2 * odd))]
[\"/same\",$((2 * kept)),0]" ]
    # The text says so too, and with enough memory all keys are compared.
    run -0 --separate-stderr "$WHORL" --survey --by=/key --memory=8M in
    [ "${lines[1]}" = "# 180000 records with a key, of $keys keys (estimated), of which 1 in $one_in was compared: $kept" ]
    run -0 --separate-stderr "$WHORL" --survey --by=/key --memory=256M in
    [ "${lines[1]}" = '# 180000 records with a key, of 60000 keys' ]
    [ "$(grep '^/odd' <<<"$output" | cut -f 11,12)" = '120000	60000' ]
}

@test "on a terminal there are columns, without what is too wide" {
    needs_terminal
    printf '%s\n' '{"v":1,"a":"x"}' '{"v":1,"a":"yy"}' >in
    export TERM=dumb
    run script -qec "$WHORL --survey --by=/v in" /dev/null
    [ "$(tr -d '\r' <<<"$output" | sed 's/ *$//')" = '# 2 records, 2 paths
# 2 records with a key, of 1 keys
path   share  types   distinct   bits  commonest  pairs  flips    rate  notes
/a    100.00  string         2  1.000      50.00      1      1  100.00  -
/v    100.00  number         1  0.000     100.00      1      0    0.00  private,constant' ]
}

@test "a path counts once in a record, also if names read alike" {
    printf '%s\n' '{"a":{"\ud800":1,"\udc00":2},"k":1}' '{"a":{"\ufffd":2},"k":1}' >in
    run -0 --separate-stderr "$WHORL" --survey --by=/k in
    [ "$(cut -f 1-5,10-12 <<<"${lines[3]}")" = $'/a/\xef\xbf\xbd\t2\t100.00\tnumber\t1\t0\t1\t0' ]
}

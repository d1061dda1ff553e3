# jq and Miller, as they read NDJSON and TSV. Programs that need a layout are in describe.bats.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog '@id|/id' '@carry|who|/who' 'a|/a|g|device||fact' 'b|/b|h|build'
}

# Records of which some have a hash of decimal digits only: five in ten thousand.
many() {
    seq 1 10000 | sed 's/.*/{"id":"&","a":&}/'
}

have() {
    command -v "$1" >/dev/null || skip "no $1"
}

@test "jq reads the hashes of NDJSON that TSV has, those of digits only too" {
    many >in
    whorl --select=signals in 2>messages | jq -r .signals.a >got
    whorl --format=tsv --no-header --select=signals in 2>messages | cut -f 1 >want
    [ "$(grep -cE '^[0-9]{16}$' want)" -gt 0 ]
    cmp got want
}

@test "jq counts devices as sort and uniq do" {
    seq 1 1000 | awk '{ printf "{\"id\":%d,\"a\":%d}\n", $1, $1 % 37 }' >in
    whorl in 2>messages | jq -rn '[inputs.ids.device] | group_by(.)[] | "\(length) \(.[0])"' >got
    whorl --format=tsv --no-header --select=ids in 2>messages | cut -f 5 | LC_ALL=C sort | uniq -c | sed 's/^ *//' >want
    [ "$(wc -l <want)" = 37 ]
    cmp got want
}

@test "Miller with -S keeps hashes of digits only, where it writes JSON too" {
    have mlr
    many >in
    whorl --format=tsv --select=id,signals in 2>messages >out
    tail -n +2 out | cut -f 2 >want
    [ "$(grep -cE '^[0-9]{16}$' want)" -gt 0 ]
    mlr -S --itsv --ojsonl cut -f signals.a out | jq -r '.signals.a | strings' | cmp - want
    # This is why -S is needed: a number of 16 digits is more than some programs hold.
    run -0 jq -rs 'map(.signals.a | numbers) | length' <(mlr --itsv --ojsonl cut -f signals.a out)
    [ "$output" -gt 0 ]
}

@test "Miller joins by an identity as join does" {
    have mlr
    many | sed 's/"a"/"b":1,"a"/' >known.ndjson
    seq 9001 11000 | sed 's/.*/{"id":"n&","a":&,"b":2}/' >new.ndjson
    for name in known new; do
        whorl --format=tsv --select=id,ids $name.ndjson >$name
    done
    mlr -S --tsv join -j ids.device --lp known_ --rp new_ -f known then cut -of new_id,known_id new | tail -n +2 | LC_ALL=C sort >got
    columns() { tail -n +2 "$1" | cut -f 1,6 | LC_ALL=C sort -t $'\t' -k 2; }
    LC_ALL=C join -t $'\t' -1 2 -2 2 -o 2.1,1.1 <(columns known) <(columns new) | LC_ALL=C sort >want
    [ "$(wc -l <want)" = 1000 ]
    cmp got want
}

@test "Miller reads the escapes of TSV; a null is the text that the manual names" {
    have mlr
    printf '%s\n' '{"id":1,"who":"x\ty\\n\nz","a":"q\"uo,te"}' '{"id":2,"who":null,"a":"é"}' '{"id":3,"who":"\\N","b":1}' >in
    whorl --format=tsv --select=id,carry,facts in 2>messages | mlr -S --itsv --ojsonl --no-auto-unflatten cat | jq -c 'map_values(tostring) | [.[]]' >got
    cat >want <<'end'
["1","x\ty\\n\nz","q\"uo,te"]
["2","\\N","é"]
["3","\\N","\\N"]
end
    cmp got want
}

# --diff --population: the report is that of a model of whorl-diff(1) in another language; cases made
# by hand have the outcome that the manual promises; and nothing depends on how the vectors arrive.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog '@id|/id' 'os|/os|hw|device' 'gpu|/gpu|hw|device' 'app|/app|browser|build' 'time|/time|page|exact'
}

# Records number $1 to $2 by awk(1), which sets os, gpu, app, time (JSON texts) with the program $3;
# as vectors.
records() {
    awk -v from="$1" -v to="$2" "
        BEGIN {
            for (i = from; i <= to; i++) {
                os = i % 3 ? \"\\\"Win32\\\"\" : \"\\\"MacIntel\\\"\"
                gpu = i * 7 % 13; app = i % 20 < 10; time = i
                $3
                printf \"{\\\"id\\\":%d,\\\"os\\\":%s,\\\"gpu\\\":%s,\\\"app\\\":%s,\\\"time\\\":%s}\\n\", i, os, gpu, app, time
            }
        }" | whorl --select=id,catalog,groups,signals
}

model() {
    python3 "$top_srcdir/tests/cli/population-model.py" "$@"
}

# The report on the other arguments is the model's, as text and as JSON, with the status $1.
models() {
    local status=$1
    shift
    local code=0
    model "$@" >want || code=$?
    [ "$code" = "$status" ]
    run --separate-stderr "$WHORL" --diff --population "$@"
    expect "$status" "$(cat want)"
    model --json "$@" | jq -cS . >want || :
    run --separate-stderr "$WHORL" --diff --population --format=ndjson "$@"
    [ "$status" = "$code" ]
    diff <(jq -cS . <<<"$output") want
}

# The names that differ in the report.
differing() {
    cut -f 1,2,16 <<<"$output" | grep '	differs	' | cut -f 1,3 | tr '\t\n' ': ' || :
}

@test "two samples of one population do not differ, however many values there are" {
    records 1 1000 '' >old
    records 10001 11000 '' >new
    models 0 old new
    [[ $output == *'"name":"time","differs":false,"z":0,"churn":null,"distance":1,'* ]]
    # No value in common, or each value twice.
    records 1 1000 'time = int(i / 2)' >old
    records 1001 2000 'time = int((i * 7919) % 1000 / 2)' >new
    models 0 old new
}

@test "a signal that is missing in a tenth of the records differs" {
    records 1 2000 '' >old
    records 2001 4000 'if (i % 10 == 0) gpu = "null, \"nothing\":1"' >new
    models 1 old new
    run -1 --separate-stderr "$WHORL" --diff --population old new
    records 2001 4000 '' | jq -c 'if .id % 10 == 0 then .signals.gpu = null else . end' >new
    models 1 old new
    run -1 --separate-stderr "$WHORL" --diff --population old new
    [ "$(differing)" = 'signal:gpu ' ]
    # By hand: no value is in 0 and 200 records, each of 13 others in about 154 and 138.5. So X2 is
    # 200 + 13 * 15.4^2 / 292.3 = 210.5, E 13 and V 26: z = (sqrt(26 + 4 * 197.5) - sqrt(26)) / 2 = 11.7.
    [[ $output == *'signal	differs	11.7'*'	10%	-	100%	90%	13	13	-	-	-	0%	10%	gpu'* ]]
}

@test "a value that takes the place of another, and an error that does" {
    records 1 500 '' >old
    records 501 1000 'if (os ~ /Win32/) os = "\"Windows\""' >new
    models 1 old new
    run -1 --separate-stderr "$WHORL" --diff --population old new
    [ "$(differing)" = 'group:hw signal:os ' ] || [ "$(differing)" = 'signal:os ' ]
    [[ $output == *"	$(h64 'os="Win32"')	66.8%	0%	os"* ]]
    # By values and states, errors are counted.
    catalog '@id|/id' '@error|error' 'os|/os|hw|device' 'gpu|/gpu|hw|device'
    for side in old new; do
        for i in {1..120}; do
            [ $side$((i % 2)) = new0 ] && echo "{\"id\":$i,\"os\":{\"error\":\"SecurityError\"},\"gpu\":$((i % 5))}" ||
                echo "{\"id\":$i,\"os\":\"x\",\"gpu\":$((i % 5))}"
        done | whorl --select=id,catalog,values,states >$side
    done
    models 1 old new --threshold=5
    [[ $output == *'"name":"os","differs":true,'*'"distinct":[1,2],"errors":[0,60],'* ]]
}

@test "a control day takes away the drift of a version, and not what is more than that" {
    records 1 2000 'app = i % 20 < 8' >control
    records 2001 4000 'app = i % 20 < 10' >old
    records 4001 6000 'app = i % 20 < 13' >new
    records 4001 6000 'app = i % 20 < 19' >leap
    models 1 old new
    models 0 old new control
    models 1 old leap control
    # The same churn between larger and smaller days.
    records 1 500 'app = i % 20 < 8' >control
    models 0 old new control
    records 2001 2500 'app = i % 20 < 10' >old
    models 0 old new control
    # A control that cannot have a signal says nothing of it.
    jq -c 'del(.signals.app) | .catalog = "test-1:0000000000000000"' control >without
    models 1 old new without --threshold=1
    run --separate-stderr "$WHORL" --diff --population old new /dev/null
    expect 2 '' 'whorl: /dev/null: no records: expected another day of the old population as CONTROL'
}

@test "samples of very different sizes, of a few records, and empty ones" {
    records 1 3000 '' >many
    records 1 7 'gpu = 99; time = 3' >few
    models 0 few many
    models 0 many few
    models 1 few many --threshold=0.5
    records 1 1 '' >one
    models 0 one one
    models 0 one many --threshold=1
    records 1 30 'gpu = 1' >few
    records 1 30 'gpu = 2' >other
    # X2 is N = 60, E 60/59 and V 1.93: z is (sqrt(1.93 + 4 * 58.98) - sqrt(1.93)) / 2 = 7.
    models 1 few other --threshold=6.998 --ignore=group:*
    models 0 few other --threshold=7 --ignore=group:*
    models 1 one /dev/null
    models 1 /dev/null one
    models 0 /dev/null /dev/null
}

@test "tables of all kinds: the scores are those of the model" {
    python3 - <<'END'
import json, random
random.seed(5)
names = [f"s{i:03}" for i in range(150)]
kinds = [(random.choice([1, 2, 3, 9, 60, 1000, 10**9]), random.random() ** 3, random.random() < 0.3) for _ in names]
for side, records in (("old", 700), ("new", 333), ("control", 90)):
    with open(side, "w") as f:
        for i in range(records):
            signals = {}
            for name, (values, absent, moves) in zip(names, kinds):
                value = int(random.random() ** 2 * values) + (moves and side == "new" and random.random() < 0.4)
                signals[name] = None if random.random() < absent else f"{value + 1:016x}"
            f.write(json.dumps({"id": i, "catalog": "x-1:0123456789abcdef", "signals": signals}) + "\n")
END
    models 1 old new
    models 1 old new control
    models 1 new old control --threshold=2.125
    models 0 control old --threshold=9
}

@test "the mean and the variance are those of all choices, by brute force" {
    model --permute
}

@test "two catalogs: names in common are compared, others are only on one side; --map, --ignore and --expect" {
    records 1 500 '' >old
    cp test.catalog first.catalog
    catalog '@id|/id' 'gpu|/gpu|hw|device' 'os|/os|hw|device' 'extra|/os|hw|device' 'app|/app|browser|build'
    sed -i 's/test\t1/test\t2/' test.catalog
    for i in {501..1000}; do
        echo "{\"os\":\"$([ $((i % 3)) = 0 ] && echo MacIntel || echo Win32)\",\"gpu\":$((i * 7 % 13)),\"app\":$((i % 20 < 10))}"
    done | whorl --select=id,catalog,groups,signals >new
    models 1 old new
    run -1 --separate-stderr "$WHORL" --diff --population old new
    [ "$(grep ^only <<<"$output")" = 'only	old	group	differs	page
only	old	signal	differs	time
only	new	signal	differs	extra' ]
    models 0 old new --ignore=time,extra,group:*
    models 0 old new --ignore=time,extra,group:*,app,none --threshold=1000
    printf '%s\n' time extra group:page group:hw >may
    model old new --expect=time,extra,group:page,group:hw >want || :
    run --separate-stderr "$WHORL" --diff --population --expect=may old new
    expect 0 "$(cat want)"
    [[ $output == *'signal	-	'* ]]
    # A number of records, or a percentage of them, as the distance says.
    records 1 500 '' >old
    jq -c 'if .id % 5 == 0 then .signals.os = "00000000000000aa" else . end' old | jq -c 'del(.groups)' >new
    jq -c 'del(.groups)' old >bare
    for most in 99:1 100:0 19.9%:1 20%:0; do
        printf 'os\t%s\n' "${most%:*}" >may
        run --separate-stderr "$WHORL" --diff --population --expect=may bare new
        [ "$status" = "${most#*:}" ]
    done
    # Catalogs of other names, and several at once.
    sed 's/"test-/"other-/' new >renamed
    what='the records compared are by catalogs of different names, or of different pairs of --map: expected one --map=OLD=NEW that says which to compare'
    run --separate-stderr "$WHORL" --diff --population bare renamed
    expect 2 '' "whorl: renamed: $what"
    run -1 --separate-stderr "$WHORL" --diff --population --map=test=other bare renamed bare
    [ "$(differing)" = 'signal:os ' ]
    cat bare renamed >both
    run --separate-stderr "$WHORL" --diff --population both new
    expect 2 '' "whorl: both: $what"
    run -1 --separate-stderr "$WHORL" --diff --population --map=test=test both new
    [ "$(grep ^catalog <<<"$output" | cut -f 2)" = $'-\nold\nnew' ]
    run --separate-stderr "$WHORL" --diff --population --map=test=test bare renamed
    expect 2 '' 'whorl: renamed: no vectors by a catalog of --map, so there is nothing to compare'
    run --separate-stderr "$WHORL" --diff --population <(jq -c '{id,catalog}' bare) <(jq -c '{id,catalog}' bare)
    [ "$status" = 2 ]
    [[ $stderr == *': the populations have nothing in common to compare: expected groups or signals in --select of both' ]]
}

@test "the report does not depend on format, compression, order, parts or memory" {
    for day in old:1:1500 new:1501:3000 control:5001:6500; do
        IFS=: read -r name from to <<<"$day"
        seq "$from" "$to" | awk '{ printf "{\"id\":%d,\"os\":%d,\"gpu\":%d,\"app\":%d,\"time\":%d}\n",
            $1, $1 % 3, $1 % 17, $1 % 400 + ($1 > 1500 && $1 < 3001) * ($1 % 5 == 0), $1 }' >$name.raw
        whorl --select=id,catalog,groups,signals $name.raw >$name
        whorl --select=id,catalog,groups,vector $name.raw >$name.vector
        whorl --select=id,catalog,groups,values,states $name.raw >$name.values
        whorl --format=binary $name.raw >$name.whl
        tac $name >$name.tac
        { head -n 700 $name | gzip; tail -n +701 $name | zstd -q; } >$name.parts
    done
    models 0 old new control
    model old new control >want
    for form in whl tac parts values; do
        run --separate-stderr "$WHORL" --diff --population old.$form new.$form control.$form
        expect 0 "$(cat want)"
    done
    run --separate-stderr "$WHORL" --diff --population --catalog ./test.catalog old.vector - control <new.whl
    expect 0 "$(cat want)"
    run --separate-stderr "$WHORL" --diff --population --memory=8M <(dd bs=777 status=none <old.whl) <(cat new.parts) control
    expect 0 "$(cat want)"
}

@test "what does not fit in memory goes to a file, and the report is the same" {
    python3 - <<'END'
import random
random.seed(2)
for side, at in (("old", 0), ("new", 1000000)):
    with open(side, "w") as f:
        for i in range(4000):
            s = ",".join(f'"s{k}":"{(at + i) * 100 + k if k % 10 else i * k % 50 + 1:016x}"' for k in range(100))
            f.write('{"id":%d,"catalog":"x-1:0123456789abcdef","signals":{%s}}\n' % (i, s))
END
    run --separate-stderr "$WHORL" --diff --population old new
    [ "$status" = 0 ]
    all=$output
    run --separate-stderr "$WHORL" --diff --population --memory=8M new old
    [ "$status" = 0 ]
    [ "$(cut -f 3,16 <<<"$output" | sort)" = "$(cut -f 3,16 <<<"$all" | sort)" ]
    run --separate-stderr "$WHORL" --diff --population --memory=8M old new
    expect 0 "$all"
    run --separate-stderr env TMPDIR=/nonexistent "$WHORL" --diff --population --memory=8M old new
    expect 2 '' 'whorl: /nonexistent: No such file or directory'
}

@test "a damaged input gives a message and status 2, and what could be read is reported" {
    records 1 300 '' >old
    { head -n 100 old; echo '{"id":1'; tail -n +101 old; } >damaged
    run --separate-stderr "$WHORL" --diff --population old damaged
    [ "$status" = 2 ]
    [[ $stderr == 'whorl: damaged:101:'* ]]
    [[ $output == *'records	new	300'* ]]
    whorl --format=binary <(seq 50 | sed 's/.*/{"id":&,"os":1}/') >new
    head -c -20 new >cut
    run --separate-stderr "$WHORL" --diff --population old cut
    [ "$status" = 2 ]
    [[ $stderr == *cut* ]]
    run --separate-stderr "$WHORL" --diff --population old missing
    expect 2 '' 'whorl: missing: No such file or directory'
    run --separate-stderr "$WHORL" --diff --population -o out old "$top_srcdir/data/sample.ndjson"
    [ "$status" = 2 ]
    [ ! -e out ]
}

@test "options that do not go with --population, and that need it" {
    refused() {
        run --separate-stderr "$WHORL" "${@:2}"
        expect 2 '' "whorl: $1
whorl: try 'whorl --help'"
    }
    refused '--population: expected --diff with it' --population a b
    refused '--by: expected no --population with it: it compares no pairs' --diff --population --by=/a a b
    refused '--reveal: expected no --population with it: it shows no values' --diff --population --reveal a b
    for z in -1 3,4; do
        refused '--threshold: expected one number from 0 to 1000 with --population' --diff --population --threshold=$z a b
    done
    refused '--threshold: expected --population or --match with it' --diff --threshold=3 a b
    for files in a 'a b c d'; do
        # shellcheck disable=SC2086 # several
        refused '--population: expected OLD and NEW, or OLD, NEW and CONTROL' --diff --population $files
    done
    refused '--population: standard input cannot be two of OLD, NEW and CONTROL' --diff --population a - -
    refused '--quiet: expected neither --output nor --format with it: there is no report' --diff --population -q -o x a b
    records 1 200 '' >old
    run --separate-stderr "$WHORL" --diff --population --quiet old <(records 1 200 'os = 3')
    expect 1 ''
}

@test "on a terminal only what differs is shown, in columns" {
    needs_terminal
    records 1 500 '' >old
    records 501 1000 'if (os ~ /Win32/) os = "\"Windows\""' >new
    script -qec "'$WHORL' --diff --population old new" /dev/null </dev/null | tr -d '\r' >out
    grep -q ' mark  *z  *churn  *distance' out
    grep -q '^signal  *differs .* os *$' out
    ! grep -q '^signal .* time' out
}

@test "the report on captures of browsers, split, is the model's" {
    zstd -qdc "$top_srcdir/data/captures/raw.ndjson.zst" | "$WHORL" --select=id,catalog,groups,signals >all
    awk 'NR % 3 == 0' all >old
    awk 'NR % 3 == 1' all >new
    awk 'NR % 3 == 2' all >control
    for files in 'old new' 'old new control'; do
        # shellcheck disable=SC2086 # several
        { model $files || :; } >want
        # shellcheck disable=SC2086
        run --separate-stderr "$WHORL" --diff --population $files
        [ "$output" = "$(cat want)" ]
    done
}

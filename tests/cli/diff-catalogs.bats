# --diff: catalogs within one file, with two names, of other versions, unknown; and --by.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C
}

# A catalog in the file $1 of name and version $2, with the rows given.
catalog() {
    local file=$1 name=$2
    shift 2
    printf '%s\n' "@catalog|$name" '@id|/id' "$@" | tr '|' '\t' >"$file"
}

# Records, each from the fields ID PLATFORM CORES [VISITOR].
records() {
    awk '{ printf "{\"id\":%s,\"platform\":\"%s\",\"cores\":%s%s}\n", $1, $2, $3, (NF > 3 ? ",\"who\":\"" $4 "\"" : "") }'
}

model() {
    python3 "$top_srcdir/tests/cli/diff-model.py" "$@"
}

# Six records by two versions of a catalog, in `both`; the labels are in $one and $two.
both() {
    catalog 1.catalog 'hw|1' 'platform|/platform|p|device|' 'cores|/cores|c|install|' 'gone|/gone|c|install|'
    catalog 2.catalog 'hw|2' 'cores|/cores|c|install|bucket(4,8)' 'platform|/platform|p|device|lower' 'fresh|/id|f|build|'
    records >in <<'END'
1 Win32 4
2 Win32 5
3 WIN32 8
4 linux 8
5 linux 16
6 mac 2
END
    "$WHORL" --catalog ./1.catalog --catalog ./2.catalog --select=id,catalog,ids,groups,signals in >both
    one=$(jq -r .catalog both | sed -n 1p) two=$(jq -r .catalog both | sed -n 2p)
    [[ $one == hw-1:* && $two == hw-2:* ]]
}

@test "one file: its catalogs are compared, and identities change 1:1, split and merge" {
    both
    model --catalogs="$one,$two" both >want
    # By hand: platforms Win32, WIN32, linux, mac become win32, and linux, mac as they were.
    grep '^moved	device' want | cut -f 2-6 >moved
    diff moved - <<'END'
device	kept	2	2	3
device	1:1	0	0	0
device	split	0	0	0
device	merged	2	1	3
END
    grep -e ^only want >only
    diff only - <<'END'
only	old	signal	-	gone
only	new	group	-	f
only	new	signal	-	fresh
END
    reports want both
    model --json --catalogs="$one,$two" both | jq -cS . >json
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson both
    diff <(jq -cS . <<<"$output") json
}

@test "one file: the lower version is old, whatever the order of its lines" {
    both
    model --catalogs="$one,$two" both >want
    tac both >reversed
    reports want reversed
    sort both >sorted
    reports want sorted
    "$WHORL" --catalog ./2.catalog --catalog ./1.catalog --select=id,catalog,ids,groups,signals in >other
    reports want other
    sed 's/hw-2:/hw-10:/; s/hw-1:/hw-9:/' both >tens
    reports <(sed 's/hw-2:/hw-10:/; s/hw-1:/hw-9:/' want) tens
}

@test "one file: records left out count on their side, also if they come before the older catalog" {
    both
    # One id is twice in the new file, another three times in the old one, and one is null in each.
    { cat both; grep hw-2 both | head -n 1; grep hw-1 both | sed -n '2p;2p'; sed -n 1,2p both | sed 's/"id":1/"id":null/'; } >twice
    model --catalogs="$one,$two" twice >want
    [ "$(grep -e repeated -e left-out -e no-id want | cut -f 3 | tr '\n' ' ')" = '1 1 1 1 4 3 ' ]
    reports want twice
    { grep hw-1 twice; grep hw-2 twice; } >old.first
    reports want old.first
    { grep hw-2 twice; grep hw-1 twice; } >new.first
    reports want new.first
}

@test "one file: --map says which is old, and which to compare of several" {
    both
    model --catalogs="$two,$one" both >want
    reports want --map hw-2=hw-1 both
    reports want --map "$two=$one" both
    sed 's/hw-1:/third-1:/' both >third
    grep third third >>both
    run --separate-stderr "$WHORL" --diff both
    expect 2 '' 'whorl: both: vectors by more than two catalogs: say which to compare by --map OLD=NEW'
    # Lines about records left out come after those about records compared.
    sed -n '/hw-2/s/hw-2:/a-1:/p' both | cat - both >three
    run --separate-stderr "$WHORL" --diff --map hw-1=hw-2 three
    [ "$(grep '^catalog' <<<"$output" | cut -f 2-3 | tr '\n\t' ', ')" = "old $one,new $two,- a-1:${two#*:},- third-1:${one#*:}," ]
    grep -v hw-2 both >two
    run -0 --separate-stderr "$WHORL" --diff --map hw=third two
    [ "$(grep '^catalog' <<<"$output" | cut -f 2-)" = "$(printf '%s\n' "old	$one	6" "new	third-1:${one#*:}	6")" ]
    # A name must match as a whole.
    run --separate-stderr "$WHORL" --diff --map h=third two
    expect 2 '' 'whorl: two: no vectors by a catalog of --map, so there is nothing to compare'
    run --separate-stderr "$WHORL" --diff --map hw=nope two
    expect 2 '' 'whorl: two: no vectors by a catalog of --map, so there is nothing to compare'
}

@test "one file with one catalog, or with none, has nothing to compare" {
    both
    grep hw-1 both >one
    : >none
    for file in one none; do
        run --separate-stderr "$WHORL" --diff $file
        expect 2 '' "whorl: $file: vectors by one catalog only, so there is nothing to compare: expected two files, or --by"
    done
}

@test "two files: catalogs join by name, or by --map" {
    both
    grep hw-1 both >old
    grep hw-2 both >new
    model old new >want
    reports want old new
    reports want old <("$WHORL" --catalog ./2.catalog --format=binary in)
    sed 's/hw-2:/other-2:/' new >renamed
    sed 's/hw-2:/other-2:/' want >want.renamed
    reports want.renamed --map hw=other old renamed
    run -1 --separate-stderr "$WHORL" --diff old renamed
    [ "$(grep -e same -e only- <<<"$output" | cut -f 2,3)" = "$(printf '%s\n' 'same	0' 'only-old	6' 'only-new	6')" ]
    # Vectors by several catalogs, each with its own.
    sed 's/hw-1:/other-1:/' both | cat - both >several
    run --separate-stderr "$WHORL" --diff -q several several
    expect 1 ''
    # --map distinguishes two versions of one catalog.
    [ "$("$WHORL" --diff both both | grep -e same -e repeated | cut -f 2,3 | tr '\n\t' ', ')" = 'same 0,repeated-old 6,repeated-new 6,' ]
    tac both >reversed
    run -0 --separate-stderr "$WHORL" --diff --map hw-1=hw-1 --map hw-2=hw-2 both reversed
    [ "$(grep same <<<"$output")" = 'records	same	12	' ]
    sed 's/hw-2:/other-2:/' both >several
    run --separate-stderr "$WHORL" --diff -q several several
    expect 0 ''
}

# Vectors of one record by the catalogs p, q and r in turn, each with an identity of its own
# and another hash $1 of the signal a.
by_several() {
    local name hash=$1
    for name in p q r; do
        printf '{"id":1,"catalog":"%s-1:0","ids":{"%s":"%032x","exact":"%032x"},"signals":{"a":"%016x","b":null}}\n' \
            $name $name 7 8 $hash
        hash=$((hash + 1))
    done
}

@test "several catalogs in each file: the report is the same whatever their order" {
    by_several 10 >old
    by_several 20 >new
    # A record in which nothing differs.
    sed 's/"id":1/"id":2/' old >same
    cat same >>old
    cat same >>new
    run -1 --separate-stderr "$WHORL" --diff old new
    text=$output
    [ "$(grep -e '^catalog	new' -e '^moved.*kept' <<<"$text" | cut -f 1-4 | tr '\n\t' ', ')" = \
        'catalog new p-1:0 2,catalog new q-1:0 2,catalog new r-1:0 2,moved exact kept 1,moved p kept 1,moved q kept 1,moved r kept 1,' ]
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson old new
    json=$output
    # Of the three records that differ in it, that of the first catalog is shown.
    [ "$(jq -c 'select(.kind == "signal") | .examples' <<<"$json")" = \
        '[{"id":1,"before":[{"hash":"000000000000000a"}],"after":[{"hash":"0000000000000014"}]}]' ]
    for order in 2,1,3 3,1,2 3,2,1 1,3,2; do
        for file in old new; do
            tr , '\n' <<<"$order" | while read -r line; do sed -n "${line}p;$((line + 3))p" $file; done >$file.2
        done
        run -1 --separate-stderr "$WHORL" --diff old.2 new
        diff <(echo "$output") <(echo "$text")
        run -1 --separate-stderr "$WHORL" --diff --format=ndjson old.2 new.2
        diff <(echo "$output") <(echo "$json")
    done
}

@test "a vector has names only if its catalog is known" {
    both
    "$WHORL" --catalog ./1.catalog --select=id,catalog,vector in >old
    "$WHORL" --catalog ./2.catalog --select=id,catalog,vector in >new
    run --separate-stderr "$WHORL" --diff --catalog ./1.catalog old new
    column=$(($(head -n 1 new | grep -ob '"vector":' | cut -d : -f 1) + 10))
    expect 2 '' "whorl: new:1:$column: the catalog is not known, so these hashes have no names: give it with --catalog, or use --select=signals"
    run -1 --separate-stderr "$WHORL" --diff --catalog ./1.catalog --catalog ./2.catalog old new
    "$WHORL" --catalog ./1.catalog --select=id,catalog,signals in >old.named
    "$WHORL" --catalog ./2.catalog --select=id,catalog,signals in >new.named
    [ "$output" = "$(model old.named new.named)" ]
    # Lines that do not name their catalog are by the first one.
    "$WHORL" --catalog ./1.catalog --select=id,vector in >unnamed
    run --separate-stderr "$WHORL" --diff -q --catalog ./1.catalog old unnamed
    expect 0 ''
}

@test "private values are shown only with --reveal, and so are those of unknown catalogs" {
    catalog p.catalog 'p|1' 'open|/open|a|exact|' 'mine|/mine|a|exact||private'
    for side in old new; do
        echo "{\"id\":1,\"open\":\"o-$side\",\"mine\":\"m-$side\"}" |
            "$WHORL" --catalog ./p.catalog --reveal --select=id,catalog,values >$side
    done
    echo mine >hidden
    model --hidden=hidden old new >want
    grep -q "^value	open" want
    ! grep -q m-old want
    reports want --catalog ./p.catalog old new
    model old new >want
    grep -q m-old want
    reports want --catalog ./p.catalog --reveal old new
    reports want --reveal old new
    run -1 --separate-stderr "$WHORL" --diff old new
    [ "$output" = "$(grep -v ^value want)" ]
    model --json --hidden=hidden old new >want
    reports want --catalog ./p.catalog --format=ndjson old new
    ! grep -q m-old want
}

@test "facts are compared with other members, and are not all that a catalog has" {
    catalog f.catalog 'f|1' 'a|/a|g|exact||fact' 'b|/b|g|exact|'
    printf '{"id":%s}\n' '1,"a":1,"b":1' '2,"a":1,"b":1' >in
    "$WHORL" --catalog ./f.catalog --select=id,catalog,facts in >facts
    sed 's/"a":1/"a":2/' in | "$WHORL" --catalog ./f.catalog --select=id,catalog,signals >signals
    for sides in 'facts signals' 'signals facts'; do
        run -1 --separate-stderr "$WHORL" --diff --catalog ./f.catalog $sides
        [ "$(grep -e ^signal -e ^only <<<"$output" | cut -f 1-6,8-)" = 'signal	-	2	0	0	100%	a' ]
    done
    "$WHORL" --catalog ./f.catalog --select=id,catalog,signals in >signals
    run --separate-stderr "$WHORL" --diff -q --catalog ./f.catalog facts signals
    expect 0 ''
}

@test "values by an unknown catalog: a signal may come late, on either side" {
    printf '{"id":%s}}\n' '1,"values":{"a":1' '2,"values":{"a":1' '3,"values":{"a":1,"z":1' >few
    printf '{"id":%s}}\n' '1,"values":{"a":1' '2,"values":{"a":1,"y":1' '3,"values":{"a":1,"y":1' >other
    for file in few other; do
        sed 's/,/,"catalog":"u-1:0",/' $file >$file.u
    done
    for sides in 'few.u other.u' 'other.u few.u'; do
        model $sides >want
        [ "$(grep ^signal want | cut -f 8 | tr '\n' ' ')" = 'y z ' ]
        reports want --reveal $sides
    done
    # The files are read twice: the second time, signals that came late are known from the start.
    for file in few other; do
        { cat $file.u; sed -n 1p $file.u; } >$file.twice
    done
    model few.twice other.twice >want
    reports want --reveal few.twice other.twice
}

@test "values by an unknown catalog: rows may have few of many names, in any order" {
    python3 - <<'END'
import json, random
random.seed(7)
names = [f"s{i}" for i in range(300)]
for side in "old", "new":
    with open(side, "w") as out:
        for i in random.sample(range(120), 110):
            some = names if i % 40 == 7 else random.sample(names, random.randrange(9))
            cut = random.randrange(len(some) + 1)
            line = {"id": i, "catalog": "u-1:0",
                    "values": {name: random.choice([i, name, [side]]) for name in some[:cut]},
                    "states": {name: random.choice(["!E", "?", "-"]) for name in some[cut:]}}
            print(json.dumps(line, separators=(",", ":")), file=out)
END
    model old new >want
    [ "$(grep -c ^signal want)" -gt 200 ]
    reports want --reveal old new
    reports want --reveal --memory=8M old <(tac new)
    model --json old new | jq -cS . >want
    run -1 --separate-stderr "$WHORL" --diff --reveal --format=ndjson old new
    diff <(jq -cS . <<<"$output") want
}

@test "values too long to be shown are hashes" {
    catalog l.catalog 'l|1' 'a|/a|a|exact|'
    for side in 8190 8191 8192; do
        printf '{"id":1,"a":"%0*d"}\n' $side 0 | "$WHORL" --catalog ./l.catalog --select=id,catalog,values >$side
    done
    # With quotes the first has 8,192 bytes, the second one more.
    hash=$(h64 "a=$(jq -c .values.a 8191)")
    run -1 --separate-stderr "$WHORL" --diff --reveal 8191 8192
    [ "${lines[-1]}" = 'signal	-	1	0	0	100%	1	a' ]
    printf '{"id":1,"a":1}\n' | "$WHORL" --catalog ./l.catalog --select=id,catalog,values >short
    run -1 --separate-stderr "$WHORL" --diff --reveal 8191 short
    [ "${lines[-1]}" = "value	a	#$hash	1	1" ]
    run -1 --separate-stderr "$WHORL" --diff --reveal 8190 short
    [ "${lines[-1]}" = "value	a	$(jq -c .values.a 8190)	1	1" ]
}

@test "--by: each record is compared with the visitor's record before it" {
    catalog v.catalog 'v|1' '@carry|who|/who' '@carry|n|/cores|u64' 'platform|/platform|p|device|' 'cores|/cores|c|install|'
    records >in <<'END'
1 Win32 4 ann
2 Win32 4 bob
3 Win32 8 ann
4 Win32 4 bob
5 mac 8 ann
6 mac 2 eve
7 mac 2
8 mac 4 bob
END
    "$WHORL" --catalog ./v.catalog --select=id,carry,catalog,ids,groups,signals in >out
    model --by=who out >want
    # By hand: ann changes twice, bob in one of two; eve comes once, and one record has no visitor.
    grep '^records' want | cut -f 2,3 >counts
    diff counts - <<'END'
all	8
pairs	4
same	1
changed	3
single	1
no-id	1
END
    reports want --by /carry/who out
    model --by=who --json out >json
    run -1 --separate-stderr "$WHORL" --diff --by=/carry/who --format=ndjson out
    diff <(jq -cS . <<<"$output") <(jq -cS . json)
    # Binary output has the hash of a visitor, but numbers as they are.
    "$WHORL" --catalog ./v.catalog --format=binary in >out.whl
    run -1 --separate-stderr "$WHORL" --diff --by=/carry/who out.whl
    [ "$(cut -f 1-3 <<<"$output")" = "$(cut -f 1-3 want)" ]
    [[ $output == *"\"$(h64 '"ann"')0000000000000000\""* ]]
    model --by=n out >want
    reports want --by=/carry/n out.whl
    reports want --by=/carry/n out
}

@test "--by: records by two versions of a catalog, or of two names by --map, are compared" {
    catalog 1.catalog 'v|1' '@carry|who|/who' 'platform|/platform|p|device|'
    catalog 2.catalog 'v|2' '@carry|who|/who' 'platform|/platform|p|device|' 'cores|/cores|p2|install|'
    records <<<'1 Win32 4 ann' | "$WHORL" --catalog ./1.catalog --select=id,carry,catalog,groups,signals >out
    records <<<'2 Win32 4 ann' | "$WHORL" --catalog ./2.catalog --select=id,carry,catalog,groups,signals >>out
    # A signal that only one of them has is reported, but nothing differs.
    run -0 --separate-stderr "$WHORL" --diff --by=/carry/who out
    [ "$(grep -v -e ^catalog <<<"$output" | tr '\n\t' ', ')" = \
        'records all 2 ,records pairs 1 ,records same 1 ,records changed 0 ,records single 0 ,records no-id 0 ,only new group - p2,only new signal - cores,' ]
    sed 's/v-2:/w-2:/' out >renamed
    for map in v=w w=v v-1=w-2; do
        run -0 --separate-stderr "$WHORL" --diff --by=/carry/who --map=$map renamed
        [ "$(grep pairs <<<"$output")" = 'records	pairs	1	' ]
    done
    run -0 --separate-stderr "$WHORL" --diff --by=/carry/who renamed
    [ "$(grep pairs <<<"$output")" = 'records	pairs	0	' ]
}

@test "--by: more visitors than there is memory for" {
    catalog v.catalog 'v|1' '@carry|who|/who' 'platform|/platform|p|device|' 'cores|/cores|c|install|'
    # 45,000 records of 15,000 visitors, in another order each time; before them 300 who come
    # twice, while there is memory, and in the end some of them once more.
    awk 'BEGIN { for (i = 0; i < 600; i++) print 50000 + i, "mac", i % 7, "w" i % 300
        for (round = 0; round < 3; round++) for (i = 0; i < 15000; i++) {
        v = (i * (7 + 2 * round)) % 15000
        print round * 15000 + i, v % 3 == round ? "mac" : "win", v % 5, "v" v }
        for (i = 0; i < 20; i++) print 60000 + i, "win", 1, "w" i % 10 * 3 }' | records |
        "$WHORL" --catalog ./v.catalog --select=id,carry,catalog,ids,groups,signals >out
    model --by=who out >want
    grep -q '^records	pairs	30320' want
    grep -q '^records	single	0' want
    reports want --by=/carry/who out
    reports want --by=/carry/who --memory=8M out
}

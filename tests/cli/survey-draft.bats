# Catalogs that --survey --draft writes, and what --survey --catalog says of one.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Three records of each of 60 visitors: wrapped components, of which the durations move.
wrapped() {
    jq -nc 'range(60) as $v | range(3) as $k | {
        who: $v, rid: "r\($v)-\($k)",
        components: (["a", "b", "c", "d", "e", "f"] | to_entries | map({
            key: .value,
            value: {value: (($v * 7 + .key) % (5 + .key)), duration: (($v * 31 + $k * 17 + .key) % 97)}
        }) | from_entries | if $v % 10 == 0 then .f = {error: "TypeError: x", duration: ($k + $v)} else . end)
    }'
}

@test "a draft finds the root, the id and the wrappers, and compiles" {
    wrapped >in
    "$WHORL" --survey --by=/who --draft=mine in >draft.catalog
    grep -qxF '# Drafted from 180 records of 60 visitors.' draft.catalog
    grep -qxF '# Read it row by row: whorl-survey(1) says what a survey cannot know.' draft.catalog
    grep -v '^#' draft.catalog | head -n 5 >directives
    diff directives - <<'END'
@catalog	mine	1
@id	/rid
@carry	by	/who
@root	/components
@value	value
END
    grep -qxF $'@error\terror\tduration' draft.catalog
    run -0 --separate-stderr "$WHORL" --catalog=./draft.catalog --select=id,carry,states in
    [ "$stderr" = '' ]
    [ "${lines[0]}" = '{"id":"r0-0","carry":{"by":0},"states":{"f.duration":"!TypeError","f.value":"!TypeError"}}' ]
}

@test "what moves is volatile, what never differs a comment, the rest of tier build" {
    wrapped >in
    "$WHORL" --survey --by=/who --draft=mine in >draft.catalog
    [ "$(grep -c $'^[a-f].duration\t/[a-f]/duration\t[a-f].volatile\tvolatile$' draft.catalog)" = 6 ]
    # (7 v + 2) % 7 is the same for all visitors.
    grep -qxF $'#c.value\t/c/value\tc\tbuild' draft.catalog
    [ "$(grep -c $'^[abdef].value\t/[abdef]/value\t[abdef]\tbuild$' draft.catalog)" = 5 ]
    grep -qxF '# 180 records, 5 values, 2.3 bits, 0 of 120 pairs differ' draft.catalog
}

@test "an order that varies gets the step sort, an image that varies data-url" {
    png=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
    # The same image with a private chunk, "prVt", before its end.
    varied=$(python3 -c '
import base64, struct, sys, zlib
png = base64.b64decode(sys.argv[1])
chunk = b"prVt" + b"noise"
chunk = struct.pack(">I", 5) + chunk + struct.pack(">I", zlib.crc32(chunk))
print(base64.b64encode(png[:-12] + chunk + png[-12:]).decode())' "$png")
    for i in 1 2 3; do
        echo '{"by":"'$i'","order":["x","y"],"image":"data:image/png;base64,'"$png"'","text":"t'$i'"}'
        echo '{"by":"'$i'","order":['$([ $i = 3 ] && echo '"x","y"' || echo '"y","x"')'],"image":"data:image/png;base64,'"$varied"'","text":"t'$i'"}'
    done >in
    "$WHORL" --survey --by=/by --draft=d in >draft.catalog
    grep -qx $'order\t/order\ttop\tbuild\tsort' draft.catalog
    grep -qx $'image\t/image\ttop\tbuild\tdata-url' draft.catalog
    [ "$("$WHORL" --catalog=./draft.catalog --select=carry,ids in | sort -u | wc -l)" = 3 ]
    grep -q '; sort merges another order of the same elements$' draft.catalog
    grep -q '; data-url merges what an encoder adds to the same image$' draft.catalog
}

@test "zones, languages and lists of them get their steps" {
    jq -nc 'range(30) as $v | {who: $v,
        tz: (["Europe/Berlin", "America/New_York", "Asia/Tokyo"][$v % 3]),
        lang: (["de-DE", "en-US", "fr-FR", "es-ES"][$v % 4]),
        langs: ([["de-DE", "en"], ["en-US"], ["fr-FR", "fr"], ["it-IT"], ["pl-PL"]][$v % 5]),
        accept: (["de-DE,de;q=0.9", "en-US,en;q=0.5"][$v % 2])}' >in
    "$WHORL" --survey --draft=d in >draft.catalog
    diff <(grep -v '^[#@]' draft.catalog | cut -f 1,5) - <<'END'
accept	accept-language
lang	language
langs	languages
tz	timezone
who
END
    grep -qxF '# Drafted from 30 records, without --by, so the draft cannot say what changes: every row is of tier build.' draft.catalog
    for merges in 'accept-language merges the spelling of weights and of tags' \
        'language merges the spelling of tags, such as de_de and de-DE' \
        'languages merges the spelling of tags' 'timezone merges other names of the same zone'; do
        grep -q "$merges\$" draft.catalog
    done
}

@test "JSON in strings and lists of pairs are found, and a second draft sees inside" {
    jq -nc 'range(30) as $v | range(2) as $k | {who: $v, body: ({a: ($v % 3), b: $k} | tojson),
        headers: [range(9) as $i | {name: "H\($i)", value: "\(($v + $i * $i) % (3 + $i))"}]}' >in
    "$WHORL" --survey --by=/who --draft=d in >first.catalog
    grep -qx $'@json\t/body' first.catalog
    grep -qx $'@pairs\t/headers\tname\tvalue' first.catalog
    grep -qxF '# strings that hold JSON: survey again with this catalog, to see inside' first.catalog
    grep -qxF '# a list of pairs: survey again with this catalog, to see inside' first.catalog
    "$WHORL" --survey --by=/who --catalog=./first.catalog --draft=d in >second.catalog
    grep -qx $'@json\t/body' second.catalog
    grep -qx $'@pairs\t/headers\tname\tvalue' second.catalog
    run -0 --separate-stderr "$WHORL" --catalog=./second.catalog --select=values in
    [ "$(jq -c '.values | [."body.a", ."body.b", ."headers.H1"]' <<<"${lines[3]}")" = '[1,1,"2"]' ]
}

@test "with --time what an update of the browser leaves alone is of tier install" {
    jq -nc 'range(40) as $v | range(5) as $k | {who: $v, t: (1700000000 + $k * 864000 + $v),
        ua: "Mozilla/5.0 Chrome/\(100 + (if $k > 1 then 1 else 0 end)).0", gpu: "g\($v % 7)",
        build: "b\($v % 5)\(if $k > 1 then "x" else "" end)"}' >in
    "$WHORL" --survey --by=/who --time=/t --draft=d in >draft.catalog
    grep -qx $'gpu\t/gpu\ttop.install\tinstall' draft.catalog
    # Every visitor has a new build and user agent at the update, and keeps it.
    grep -qxF $'build\t/build\ttop\tbuild' draft.catalog
    "$WHORL" --survey --by=/who --draft=d in >untimed.catalog
    grep -qx $'gpu\t/gpu\ttop\tbuild' untimed.catalog
}

# Two records of each of 60 visitors: a map of fonts, siblings that move, a name that moves, an account.
varied() {
    jq -nc 'range(60) as $v | range(2) as $k | {
        who: $v, account: "a\($v)", fonts: ([range(40) | {key: "f\(.)", value: (. % ($v % 3 + 1))}] | from_entries),
        box: {a: $k, b: ($v % 7), c: ($v % 11)},
        p: {one: {took: ($v + $k), x: ($v % 2)}, two: {took: ($v - $k), x: ($v % 5)}, three: {took: 1, x: ($v % 4)}}}'
}

@test "comments say the evidence, and why a row is as it is" {
    varied >in
    "$WHORL" --survey --by=/who --draft=d in >draft.catalog
    after() { grep -A1 -- "$1" draft.catalog | tail -n 1; }
    [ "$(after '; nearly every visitor has a value of its own$')" = $'#account\t/account\ttop\tbuild' ]
    [ "$(after '; a map of 40 members$')" = $'fonts\t/fonts\ttop\tbuild' ]
    [ "$(after '; others of its name differ$')" = $'p.three.took\t/p/three/took\tp.volatile\tvolatile' ]
    grep -A1 '; its siblings differ$' draft.catalog | grep -qx $'box.b\t/box/b\tbox.exact\texact'
    grep -q '^# 120 records, 60 values, 5.9 bits, 0 of 60 pairs differ; nearly' draft.catalog
    # The fonts have one of three values, by the visitor.
    grep -q '^# 120 records, 3 values, 1.5 bits, 0 of 60 pairs differ; a map' draft.catalog
    jq -nc 'range(80) | {a: ., b: (. + 1)}' >many
    "$WHORL" --survey --draft=d many >many.catalog
    grep -qx '# 80 records, .* values, 5.[0-9] bits or more' many.catalog
    printf '{"a":%d,"b":"x%d"}\n' 1 1 2 2 >clones
    "$WHORL" --survey --draft=d clones >clones.catalog
    grep -qx '# 2 records, 2 values, 1.0 bits; divides the records as /a' clones.catalog
}

@test "a draft says of how many visitors it has compared the records" {
    seq -f '{"who":"%.0f","a":1,"b":2,"c":3,"d":4}' 1 60000 >in
    "$WHORL" --survey --by=/who --memory=8M --draft=d in | head -n 1 >first
    grep -qx '# Drafted from 60000 records of [0-9]* visitors, a sample of 1 in [248]\.' first
}

@test "names of rows are made of any names of members, and no two are the same" {
    cat >in <<'END'
{"who":1,"a":{"b":1},"a.b":2,"=x":3,"@y":4,"":5,"~/":6,"t\tab":7}
{"who":2,"a":{"b":2},"a.b":1,"=x":1,"@y":2,"":3,"~/":5,"t\tab":8}
{"who":3,"a":{"b":2},"a.b":2,"=x":2,"@y":2,"":4,"~/":5,"t\tab":9}
END
    "$WHORL" --survey --draft=d in >draft.catalog
    diff <(grep -v '^# \|^@' draft.catalog | sed 's/^#//' | cut -f 1,2) - <<'END'
_	/
_x	/=x
_y	/@y
a.b	/a.b
a.b~2	/a/b
who	/who
~/	/~0~1
END
    "$WHORL" --catalog=./draft.catalog in >out
}

@test "a draft of constants has them as rows, and one of nothing is refused" {
    echo '{"who":1,"a":1,"b":{"c":null}}' >in
    "$WHORL" --survey --by=/who --draft=d in >draft.catalog
    [ "$("$WHORL" --catalog=./draft.catalog --select=values in)" = '{"values":{"a":1,"b.c":null}}' ]
    echo '{"who":1}' >in
    run --separate-stderr "$WHORL" --survey --by=/who --draft=d -o out in
    expect 2 '' 'whorl: --draft: no path can be a signal: expected records with members beside the keys'
    [ ! -e out ]
    run --separate-stderr "$WHORL" --survey --draft=d /dev/null
    expect 2 '' 'whorl: --draft: no path can be a signal: expected records with members beside the keys'
}

@test "a private path gets the flag private" {
    printf '{"who":%d,"email":"u%d","x":%d}\n' 1 1 3 2 2 4 3 2 3 >in
    "$WHORL" --survey --draft=d in >draft.catalog
    grep -qx $'email\t/email\ttop\tbuild\t\tprivate' draft.catalog
    run -0 --separate-stderr "$WHORL" --catalog=./draft.catalog --select=values in
    [ "$stderr" = '' ]
}

@test "a catalog is judged: absent, flips, still, constant, unread, and visitors that are split" {
    for i in {1..30}; do
        printf '{"who":%d,"gpu":"g","load":%d,"mode":"m%d","new":1}\n' $((i % 3)) "$i" $((i % 3))
    done >in
    printf '@catalog\tc\t1\n%s\n' $'gpu\t/gpu\tg\tdevice' $'load\t/load\tl\tinstall' \
        $'mode\t/mode\tm\tvolatile' $'zone\t/zone\tg\tdevice' | grep -v '^$' | awk '!/^@/ || !seen++' >c.catalog
    run -0 --separate-stderr "$WHORL" --survey --by=/who --catalog=./c.catalog in
    [ "$stderr" = '' ]
    diff <(printf '%s\n' "${lines[@]}" | cut -f 1-5,7,8,12) - <<'END'
kind	name	tier	records	distinct	pairs	flips	finding
identity	exact	-	30	30	27	27	splits:3
identity	build	-	30	30	27	27	splits:3
identity	install	-	30	30	27	27	splits:3
identity	browser	-	30	30	27	27	splits:3
identity	device	-	30	1	27	0	-
signal	gpu	device	30	1	27	0	constant
signal	load	install	30	30	27	27	flips
signal	mode	volatile	30	3	27	0	still
signal	zone	device	0	0	0	0	absent
path	/new	-	30	1	27	0	unread
path	/who	-	30	3	27	0	unread
END
    run -0 --separate-stderr "$WHORL" --survey --by=/who --catalog=./c.catalog --format=ndjson in
    diff <(printf '%s\n' "${lines[@]}" | jq -c 'select(.finding) | [.name, .finding, .split]') - <<'END'
["exact","splits",3]
["build","splits",3]
["install","splits",3]
["browser","splits",3]
["gpu","constant",null]
["load","flips",null]
["mode","still",null]
["zone","absent",null]
["/new","unread",null]
["/who","unread",null]
END
}

@test "steps count: a signal that its normalizer holds still does not flip" {
    printf '{"who":1,"fonts":%s}\n' '["a","b"]' '["b","a"]' >in
    printf '@catalog\tc\t1\nraw\t/fonts\tf\tbuild\nsorted\t/fonts\tf\tbuild\tsort\n' >c.catalog
    run -0 --separate-stderr "$WHORL" --survey --by=/who --catalog=./c.catalog in
    [ "$(printf '%s\n' "${lines[@]}" | grep '^signal' | cut -f 2,8,12)" = $'raw\t1\tflips\nsorted\t0\tconstant' ]
}

@test "draft and judgment are the same with any number of threads" {
    wrapped >in
    "$WHORL" --survey --by=/who --draft=d -j1 in >one
    "$WHORL" --survey --by=/who --draft=d -j4 in | cmp - one
    "$WHORL" --survey --by=/who --catalog=./one -j1 in >judged
    "$WHORL" --survey --by=/who --catalog=./one -j4 in | cmp - judged
}

@test "options that do not go with a draft or a judgment are refused" {
    echo '{"a":1}' >in
    run --separate-stderr "$WHORL" --survey --draft=Mine in
    expect 2 '' "whorl: --draft: expected the name of a catalog, [a-z][a-z0-9_]*, not 'Mine'
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --draft=mine in
    expect 2 '' "whorl: --draft: expected --survey with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --time=/t in
    expect 2 '' "whorl: --time: expected --survey with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --by=/a --select=id in
    expect 2 '' "whorl: --select: expected no --survey with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --by=/a in
    expect 2 '' "whorl: --by: expected --diff, --survey or --match with it
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --format=binary in
    expect 2 '' "whorl: --format: expected ndjson with --survey; without --format the report is text
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --by= in
    expect 2 '' "whorl: --by: expected a pointer to a member, such as /visitor"
    run --separate-stderr "$WHORL" --survey --time=t in
    expect 2 '' "whorl: --time: expected a JSON pointer: empty, or beginning with '/', at byte 1 of 't'"
    run --separate-stderr "$WHORL" --survey --draft=mine --format=ndjson in
    expect 2 '' "whorl: --draft: expected no --format with it: a catalog is text
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --catalog=browser --catalog=fingerprintjs in
    expect 2 '' "whorl: --survey: expected at most one --catalog
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --survey --catalog=browser=out in
    expect 2 '' "whorl: --catalog: expected NAME without FILE with --survey: it writes no vectors
whorl: try 'whorl --help'"
}

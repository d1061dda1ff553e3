# --explain: how signals become hashes.

load helper

setup() {
    catalog '@id|/id' '@root|/s' '@error|error' '@value|v' '@transient|Timeout' '@exclude|gone|when|/off|true' \
        'name|/name|who|device|nfc trim' 'sizes|/w~1h/0|who|device|sort-num' \
        'langs|/langs|lang|install|each(lower) uniq' '|/lang' \
        'heap|/heap|page|exact|step(100) undefined-if(0) round(1)' 'rtt|/rtt|page|volatile' \
        'gone.a|/gone|page|exact' 'old|/old|page|exact|retired' 'mail|/mail|page|exact|trim|private' \
        'wrapped|/x/v|page|exact'
    cd "$BATS_TEST_TMPDIR"
    label=$(whorl --select=catalog <<<'{"s":{"name":1}}' | jq -r .catalog)
}

# Of standard input, the explanation of the signals $1 without id and catalog, with other options.
explained() {
    local list=$1
    shift
    whorl --explain="$list" "$@" | jq -c 'del(.id, .catalog)'
}

@test "--explain says of each record the pointer, the raw value, each step, state, hash, group and identities" {
    printf '%s\n' '{"id":"a1","s":{"name":" Linux\u00a0","w/h":[[1280, 800]]}}' '{"id":7,"s":{"name":{"b" : 1}}}' >in
    run --separate-stderr whorl --explain=name,sizes in
    expect 0 '{"id":"a1","catalog":"'"$label"'","signal":"name","pointer":"/s/name","raw":" Linux\u00a0","steps":[{"step":"nfc","value":" Linux'$'\xc2\xa0''"},{"step":"trim","value":"Linux"}],"state":"value","hash":"'"$(h64 'name="Linux"')"'","group":"who","identities":["exact","build","install","device"]}
{"id":"a1","catalog":"'"$label"'","signal":"sizes","pointer":"/s/w~1h/0","raw":[1280, 800],"steps":[{"step":"sort-num","value":[800,1280]}],"state":"value","hash":"'"$(h64 'sizes=[800,1280]')"'","group":"who","identities":["exact","build","install","device"]}
{"id":7,"catalog":"'"$label"'","signal":"name","pointer":"/s/name","raw":{"b" : 1},"steps":[{"step":"nfc","value":{"b":1}},{"step":"trim","value":{"b":1}}],"state":"value","hash":"'"$(h64 'name={"b":1}')"'","group":"who","identities":["exact","build","install","device"]}
{"id":7,"catalog":"'"$label"'","signal":"sizes","pointer":null,"steps":[],"state":"missing","hash":null,"group":null,"identities":[]}'
}

@test "--explain names the further pointer that was used, and where the signal is not folded" {
    run --separate-stderr explained langs,rtt <<<'{"s":{"lang":["DE","de"],"rtt":5}}'
    expect 0 '{"signal":"langs","pointer":"/s/lang","raw":["DE","de"],"steps":[{"step":"each(lower)","value":["de","de"]},{"step":"uniq","value":["de"]}],"state":"value","hash":"'"$(h64 'langs=["de"]')"'","group":"lang","identities":["exact","build","install","browser"]}
{"signal":"rtt","pointer":"/s/rtt","raw":5,"steps":[],"state":"value","hash":"'"$(h64 'rtt=5')"'","group":null,"identities":[]}'
}

@test "--explain shows the step that gives another state, and no step after it" {
    run --separate-stderr explained heap <<<'{"s":{"heap":20}}'
    expect 0 '{"signal":"heap","pointer":"/s/heap","raw":20,"steps":[{"step":"step(100)","value":0},{"step":"undefined-if(0)","state":"undefined"}],"state":"undefined","hash":"'"$(h64 'heap?')"'","group":"page","identities":["exact"]}'
}

@test "--explain of errors, undefined, excluded and retired signals" {
    run --separate-stderr explained name,heap,gone.a,old,wrapped <<<'{"s":{"name":{"error":"TypeError: x"},"heap":{"error":"Timeout"},"gone":1,"off":true,"old":2,"x":{}}}'
    expect 0 '{"signal":"name","pointer":"/s/name","raw":{"error":"TypeError: x"},"steps":[],"state":"error","class":"TypeError","hash":"'"$(h64 'name!TypeError')"'","group":"who","identities":["exact","build"]}
{"signal":"heap","pointer":"/s/heap","raw":{"error":"Timeout"},"steps":[],"state":"error","class":"Timeout","hash":"'"$(h64 'heap!Timeout')"'","group":"page","identities":[],"nulls":["exact"]}
{"signal":"gone.a","pointer":"/s/gone","raw":1,"steps":[],"state":"excluded","hash":null,"group":null,"identities":[]}
{"signal":"old","pointer":"/s/old","raw":2,"steps":[],"state":"excluded","hash":null,"group":null,"identities":[]}
{"signal":"wrapped","pointer":"/s/x/v","steps":[],"state":"undefined","hash":"'"$(h64 'wrapped?')"'","group":"page","identities":["exact"]}'
}

@test "--explain takes NAME* for all that begin so, in the order of the catalog, each once" {
    echo '{"s":{"name":1}}' >in
    run --separate-stderr bash -c '"$WHORL" --catalog ./test.catalog --explain="s*,name,n*" in | jq -r .signal'
    expect 0 'name
sizes'
}

@test "--explain shows private signals only with --reveal" {
    echo '{"s":{"mail":" a@b.c","name":1}}' >in
    run --separate-stderr whorl --explain=mail in
    expect 2 '' "whorl: --explain: the signal 'mail' is private: expected --reveal with it"
    run --separate-stderr whorl --explain='ma*' in
    expect 2 '' "whorl: --explain: the signal 'ma*' is private: expected --reveal with it"
    run --separate-stderr whorl --explain='*' in
    [ "$status" = 0 ] && [[ $output != *mail* ]] && [[ $output == *'"signal":"name"'* ]]
    run --separate-stderr explained mail --reveal in
    expect 0 '{"signal":"mail","pointer":"/s/mail","raw":" a@b.c","steps":[{"step":"trim","value":"a@b.c"}],"state":"value","hash":"'"$(h64 'mail="a@b.c"')"'","group":"page","identities":["exact"]}'
}

@test "--explain refuses names that no catalog has" {
    run --separate-stderr whorl --explain=nmae in
    expect 2 '' "whorl: --explain: unknown signal 'nmae': expected a name in the catalog; did you mean name"
    run --separate-stderr whorl --explain=name,nothing.like.it in
    expect 2 '' "whorl: --explain: unknown signal 'nothing.like.it': expected a name in the catalog, or the beginning of one and *"
    run --separate-stderr whorl --explain='zz*' in
    expect 2 '' "whorl: --explain: unknown signal 'zz*': expected a name in the catalog, or the beginning of one and *"
    for list in '' name, ,name; do
        run --separate-stderr whorl --explain="$list" in
        expect 2 '' "whorl: --explain: unknown signal '': expected a name in the catalog, or the beginning of one and *"
    done
}

@test "--explain refuses options that are about vectors, the cache or --diff" {
    for option in --format=ndjson --select=ids --no-header --dictionary=d --no-cache --cache-memory=1M --diff --by=/a --map=a=b --ignore=a --expect=e --quiet --memory=8M --match --index=i --threshold=0 --truth=/a; do
        name=${option#--} name=${name%%=*}
        if [ $name = diff ] || [ $name = match ]; then
            run --separate-stderr whorl --$name --explain=name in
        else
            run --separate-stderr whorl $option --explain=name in
        fi
        expect 2 '' "whorl: --$name: expected no --explain with it
whorl: try 'whorl --help'"
    done
    run --separate-stderr whorl --explain=name --diff in
    expect 2 '' "whorl: --explain: expected no --diff with it
whorl: try 'whorl --help'"
}

@test "--explain keeps the order of the records, and treats rejects as for vectors, with any -j" {
    python3 -c '
for i in range(3000):
    print("{" if i % 1000 == 7 else "{\"id\":%d,\"s\":{\"name\":\"%s\"}}" % (i, "x" * 700))' >in
    seq 0 2999 | grep -vx -e 7 -e 1007 -e 2007 >want
    for jobs in 1 2 5; do
        status=0
        whorl --explain=name -j$jobs --rejects=rejects --stats=stats in >out 2>messages || status=$?
        [ "$status" = 1 ]
        jq -r .id out | cmp - want
        [ "$(cat rejects)" = '{
{
{' ]
        [ "$(head -1 messages)" = "whorl: in:8:2: a record over several lines: expected it on one; try jq -c . FILE | whorl" ]
        [ "$(jq -c '[.lines, .records, .rejects]' stats)" = '[3000,2997,3]' ]
    done
    run --separate-stderr whorl --explain=name <<<'{"t":{}}'
    [ "$status" = 1 ] && [ -z "$output" ]
}

@test "--explain of several catalogs, each to its output" {
    printf '@catalog\tother\t2\nz\t/s/name\tq\texact\n' >other.catalog
    echo '{"id":1,"s":{"name":"n"}}' >in
    run --separate-stderr whorl --catalog=./other.catalog=z.out --explain=name,z -o out in
    expect 0 ''
    [ "$(jq -r .signal out)" = name ]
    [ "$(jq -c '[.id, .signal, .pointer, .raw]' z.out)" = '[null,"z","/s/name","n"]' ]
}

@test "--explain gives text on a terminal: aligned, escaped, long values cut" {
    needs_terminal
    printf '{"id":"a","s":{"name":" \xe2\x80\xae","heap":%s}}\n' "$(printf '9%.0s' $(seq 250))" >in
    script -qec "$WHORL --catalog ./test.catalog --explain=name,heap,langs in" /dev/null | tr -d '\r' >out
    nines=$(printf '9%.0s' $(seq 200))
    printf '%s\n' 'id          "a"' "catalog     $label" 'signal      name' 'pointer     /s/name' \
        'raw         " \u202e"' 'nfc         " \u202e"' 'trim        "\u202e"' 'state       value' \
        "hash        $(h64 $'name="\xe2\x80\xae"')" 'group       who' 'identities  exact build install device' '' \
        'id           "a"' "catalog      $label" 'signal       langs' 'pointer      -' \
        'state        missing' 'hash         -' 'group        -' 'identities   -' '' \
        'id               "a"' "catalog          $label" 'signal           heap' 'pointer          /s/heap' \
        "raw              $nines... (250 bytes)" 'step(100)        1e+250' 'undefined-if(0)  1e+250' \
        'round(1)         1e+250' 'state            value' "hash             $(h64 'heap=1e+250')" \
        'group            page' 'identities       exact' '' >want
    diff -u want out
}

@test "--explain agrees with the values, states and signals of vectors on records of real browsers" {
    for kind in raw:browser fpjs:fingerprintjs thumbmark:thumbmarkjs; do
        zstd -dc "$top_srcdir/data/captures/${kind%:*}.ndjson.zst" | awk 'NR % 9 == 1' | head -n 12 >in
        "$WHORL" --catalog=${kind#*:} --reveal --select=values,states,signals in >vectors
        "$WHORL" --catalog=${kind#*:} --reveal --explain='*' in >out
        python3 - vectors out <<'END'
import json, sys
vectors = [json.loads(line) for line in open(sys.argv[1])]
lines = [json.loads(line) for line in open(sys.argv[2])]
rows = len(vectors[0]['signals'])

def paired(value):
    """VALUE with U+FFFD for each unpaired surrogate."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.encode('utf-16-le', 'surrogatepass').decode('utf-16-le', 'replace'))

assert len(lines) == rows * len(vectors) > 0, (len(lines), rows)
for number, line in enumerate(lines):
    vector, name = vectors[number // rows], line['signal']
    assert name == list(vector['signals'])[number % rows]
    assert line['hash'] == vector['signals'][name]
    last = line['steps'][-1] if line['steps'] else {}
    if line['state'] == 'value':
        assert (last['value'] if last else paired(line['raw'])) == vector['values'][name], line
    elif line['state'] in ('error', 'undefined', 'excluded') and name in vector['states']:
        text = {'error': '!' + line.get('class', ''), 'undefined': '?', 'excluded': '-'}[line['state']]
        assert text == vector['states'][name], line
    assert (line['hash'] is None) == (line['state'] in ('missing', 'excluded'))
END
    done
}

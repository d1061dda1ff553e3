# The rules of whorl-catalog(5) and whorl-vector(5), on small catalogs. xxhsum recomputes every hash.

load helper

@test "states: missing, undefined, a pointer through a scalar, array tokens" {
    catalog '@value|value' 'a|/a/value|g|build' 'b|/b/x|g|build' 'c|/c/1|g|build' \
        'd|/d/-|g|build' 'e|/e|g|build' 'f|/f/01|g|build' 'h|/h/value/x|g|build'
    run --separate-stderr whorl --select=values,states <<<'{"a":{"duration":1},"b":7,"c":[1,2],"d":[1],"f":[1,2],"h":{"y":1}}'
    expect 0 '{"values":{"c":2},"states":{"a":"?","h":"?"}}'
}

@test "states: null is a value, and a pointer through null finds nothing" {
    catalog 'a|/a|g|build' 'b|/b/c|g|build'
    run --separate-stderr whorl --select=values,states,present <<<'{"a":null,"b":null}'
    expect 0 '{"present":1,"values":{"a":null},"states":{}}'
}

@test "error markers: the first name and at most the others; a marker counts for every pointer through it" {
    catalog '@error|error|duration' 'a|/a|g|build' 'b|/b|g|build' 'c|/c/x/y|g|build' \
        'd|/c/z|g|build' 'e|/e|g|build'
    run --separate-stderr whorl --select=values,states <<<'{"a":{"error":"TypeError: no"},"b":{"duration":1,"error":"x y"},"c":{"error":"NotFound"},"e":{"error":"E","more":1}}'
    expect 0 '{"values":{"e":{"error":"E","more":1}},"states":{"a":"!TypeError","b":"!","c":"!NotFound","d":"!NotFound"}}'
}

@test "error markers: the root is never one" {
    catalog '@error|error' 'a|/error|g|build'
    run --separate-stderr whorl --select=values,states <<<'{"error":"E"}'
    expect 0 '{"values":{"a":"E"},"states":{}}'
}

@test "error markers: the class is from name, else message; 64 bytes; before a colon or the end" {
    catalog '@error|error' 'a|/a|g|build' 'b|/b|g|build' 'c|/c|g|build' 'd|/d|g|build' \
        'e|/e|g|build' 'f|/f|g|build' 'h|/h|g|build'
    n64=$(printf 'x%.0s' $(seq 64))
    run --separate-stderr whorl --select=states <<<'{"a":{"error":{"name":"A_1","message":"B: x"}},"b":{"error":{"name":1,"message":"B: x"}},"c":{"error":{}},"d":{"error":"'$n64':"},"e":{"error":"x'$n64'"},"f":{"error":"1a"},"h":{"error":7}}'
    expect 0 '{"states":{"a":"!A_1","b":"!B","c":"!","d":"!'$n64'","e":"!","f":"!","h":"!"}}'
}

@test "the first of several pointers that is not missing is used; two rows may have one pointer" {
    catalog '@error|error' 'a|/x|g|build' '|/y' '|/z' 'b|/y|g|build'
    run --separate-stderr whorl --select=values,states <<<$'{"y":{"error":"E"},"z":1}\n{"z":2}\n{"x":3,"y":4}'
    expect 0 '{"values":{},"states":{"a":"!E","b":"!E"}}
{"values":{"a":2},"states":{}}
{"values":{"a":3,"b":4},"states":{}}'
}

@test "@exclude when: excluded while the value is equal; @keep takes names back" {
    catalog '@exclude|c.|w.|when|/c/stable|false' '@keep|c.stable|c.m.' \
        'c.stable|/c/stable|g|build' 'c.m.a|/c/m/a|g|build' 'c.x|/c/x|g|build' \
        'w.y|/w/y|g|build' 'cx|/cx|g|build'
    run --separate-stderr whorl --select=present,values,states <<<$'{"c":{"stable":false,"m":{"a":1},"x":2},"cx":3}\n{"c":{"stable":true,"x":2}}\n{"c":{"stable":"false","x":2}}'
    expect 0 '{"present":3,"values":{"c.stable":false,"c.m.a":1,"cx":3},"states":{"c.x":"-","w.y":"-"}}
{"present":2,"values":{"c.stable":true,"c.x":2},"states":{}}
{"present":2,"values":{"c.stable":"false","c.x":2},"states":{}}'
}

@test "@exclude unless: excluded if the value is another, an error, or not there" {
    catalog '@error|error' '@exclude|c.|unless|/k|true' 'k|/k|g|build' 'c.x|/c/x|g|build'
    run --separate-stderr whorl --select=present,values,states <<<$'{"k":true,"c":{"x":2}}\n{"k":1,"c":{"x":2}}\n{"k":{"error":"E"},"c":{"x":2}}\n{"c":{"x":2}}'
    expect 0 '{"present":2,"values":{"k":true,"c.x":2},"states":{}}
{"present":1,"values":{"k":1},"states":{"c.x":"-"}}
{"present":1,"values":{},"states":{"k":"!E","c.x":"-"}}
{"present":0,"values":{},"states":{"c.x":"-"}}'
}

@test "@exclude unless: where one of several catalogs finds no root" {
    catalog 'a|/a|g|build'
    printf '@catalog\tother\t1\n@root\t/r\n@exclude\tb\tunless\t/b\t1\nb\t/b\tg\tbuild\n' >"$BATS_TEST_TMPDIR/other.catalog"
    run --separate-stderr whorl --catalog "$BATS_TEST_TMPDIR/other.catalog" --select=states,vector <<<'{"a":1}'
    expect 0 '{"vector":["'$(h64 'a=1')'"],"states":{}}
{"vector":[null],"states":{"b":"-"}}'
}

@test "@transient: while a signal has such an error, the identities that it enters are null" {
    catalog '@error|error' '@transient|Timeout|AbortError' 'd|/d|g|device' 'i|/i|h|install|error-if(AbortError,0)' 'v|/v|j|volatile'
    d=$(h64 'd=1') one=$(h64 'i=1') e=$(h64 'i!Timeout') a=$(h64 'i!AbortError')
    # An install signal: device stays; coverage and groups count as for any other error.
    run --separate-stderr whorl --select=ids,coverage,errors,groups <<<$'{"d":1,"i":{"error":"Timeout: 3 s"},"v":1}\n{"d":1,"i":0}'
    v=$(h64 'v=1')
    expect 0 '{"ids":{"exact":null,"build":null,"install":null,"browser":null,"device":"'$(h128_bytes $d)'"},"coverage":{"exact":2,"build":2,"install":1,"browser":0,"device":1},"errors":1,"groups":{"g":"'$(h64_bytes $d)'","h":"'$(h64_bytes $e)'","j":null}}
{"ids":{"exact":null,"build":null,"install":null,"browser":null,"device":"'$(h128_bytes $d)'"},"coverage":{"exact":2,"build":2,"install":1,"browser":0,"device":1},"errors":1,"groups":{"g":"'$(h64_bytes $d)'","h":"'$(h64_bytes $a)'","j":null}}'
    # A device signal: browser stays. One that enters no identity: all stay.
    run --separate-stderr whorl --select=ids <<<$'{"d":{"error":"Timeout"},"i":1}\n{"d":1,"v":{"error":"Timeout"}}'
    expect 0 '{"ids":{"exact":null,"build":null,"install":null,"browser":"'$(h128_bytes $one)'","device":null}}
{"ids":{"exact":"'$(h128_bytes $d)'","build":"'$(h128_bytes $d)'","install":"'$(h128_bytes $d)'","browser":null,"device":"'$(h128_bytes $d)'"}}'
    # Another class, and a class that only begins in the same way, are ordinary errors.
    run --separate-stderr whorl --select=ids <<<'{"d":1,"i":{"error":"TimeoutX: 3 s"}}'
    [[ $output == *'"install":"'$(h128_bytes $d)'"'* ]]
}

@test "an excluded signal has no hash and enters nothing" {
    catalog '@exclude|b|when|/a|1' 'a|/a|g|build' 'b|/b|g|build'
    run --separate-stderr whorl --select=coverage,groups,vector <<<'{"a":1,"b":2}'
    a=$(h64 'a=1')
    expect 0 '{"coverage":{"exact":1,"build":1,"install":0,"browser":0,"device":0},"groups":{"g":"'$(h64_bytes $a)'"},"vector":["'$a'",null]}'
}

@test "the first root that is an object is used; the id is not relative to it" {
    catalog '@id|/id' '@root|/x' '@root|/y' 'a|/a|g|build'
    run --separate-stderr whorl --select=id,values <<<$'{"id":"1","x":[],"y":{"a":2}}\n{"id":"2","x":{"a":3},"y":{"a":2}}'
    expect 0 '{"id":"1","values":{"a":2}}
{"id":"2","values":{"a":3}}'
}

@test "a record without a signal of the catalog is a reject" {
    catalog '@root|/signals' 'a|/a|g|build'
    run --separate-stderr whorl -v --select=values <<<$'{"signals":{"b":1}}\n \t{"a":1}\n{"signals":{"a":1}}'
    expect 1 '{"values":{"a":1}}' \
'whorl: -:1:1: no signals at /signals: expected a record with signals of the catalog test; /signals has "b"
whorl: -:2:3: no signals at /signals: expected a record with signals of the catalog test; the record has "a"'
    # Without @root it is the record itself.
    catalog 'a|/a|g|build'
    run --separate-stderr whorl -v --select=values <<<$'{"b":1}\n{}'
    expect 1 '' \
'whorl: -:1:1: no signals: expected a record with signals of the catalog test; the record has "b"
whorl: -:2:1: no signals: expected a record with signals of the catalog test; the record has no members'
}

@test "a record without signals, with no root to name in the message" {
    for root in '' '@root|'; do
        catalog 'a|/a|g|build' $root
        run --separate-stderr whorl --select=values <<<'{"b":1}'
        expect 1 '' 'whorl: -:1:1: no signals: expected a record with signals of the catalog test; the record has "b"'
    done
}

@test "with several catalogs, one that finds nothing writes a line of nulls" {
    catalog 'a|/a|g|build'
    printf '@catalog\tother\t1\nb\t/b\tg\tbuild\n' >"$BATS_TEST_TMPDIR/other.catalog"
    run --separate-stderr whorl --catalog "$BATS_TEST_TMPDIR/other.catalog" --select=ids,present,groups,vector <<<'{"a":1}'
    a=$(h64 'a=1') i=$(h128_bytes $(h64 'a=1'))
    expect 0 '{"ids":{"exact":"'$i'","build":"'$i'","install":null,"browser":null,"device":null},"present":1,"groups":{"g":"'$(h64_bytes $a)'"},"vector":["'$a'"]}
{"ids":{"exact":null,"build":null,"install":null,"browser":null,"device":null},"present":0,"groups":{"g":null},"vector":[null]}'
}

@test "id: a string as RFC 8785, a number byte for byte, null without one, anything else a reject" {
    catalog '@id|/id' 'a|/a|g|build'
    run --separate-stderr whorl -v --select=id <<<$'{"id":"\\u0041\\/é","a":1}\n{"id":12345678901234567890,"a":1}\n{"id":1.50,"a":1}\n{"id":null,"a":1}\n{"a":1}\n{"id":[],"a":1}\n{"id":true,"a":1}'
    expect 1 '{"id":"A/é"}
{"id":12345678901234567890}
{"id":1.50}
{"id":null}
{"id":null}' \
"whorl: -:6:7: the record's id is neither a string nor a number, at /id
whorl: -:7:7: the record's id is neither a string nor a number, at /id"
}

@test "a signal's hash is XXH3-64 of its canonical text, in each state" {
    catalog '@error|error' '@value|v' 'navigator.platform|/p|g|build' 'e|/e|g|build' 'u|/u/v|g|build' 'm|/m|g|build' 'n|/n|g|build'
    run --separate-stderr whorl --select=vector,signals <<<'{"p":"Linux x86_64","e":{"error":"NotSupportedError: no"},"u":{},"n":null}'
    p=$(h64 'navigator.platform="Linux x86_64"') e=$(h64 'e!NotSupportedError') u=$(h64 'u?') n=$(h64 'n=null')
    expect 0 '{"vector":["'$p'","'$e'","'$u'",null,"'$n'"],"signals":{"navigator.platform":"'$p'","e":"'$e'","u":"'$u'","m":null,"n":"'$n'"}}'
}

@test "identities and groups are hashes of their signals' hashes in order; volatile signals enter neither" {
    catalog 'd|/d|screen|device' 'i|/i|fonts|install' 'b|/b|math|build' 'b2|/b2|math|build' 'x|/x|page|exact' 'v|/v|math|volatile' 'w|/w|net|volatile'
    run --separate-stderr whorl --select=ids,coverage,present,groups <<<'{"d":1,"i":2,"b":3,"b2":4,"x":5,"v":6,"w":7}'
    d=$(h64 d=1) i=$(h64 i=2) b=$(h64 b=3) b2=$(h64 b2=4) x=$(h64 x=5)
    expect 0 '{"ids":{"exact":"'$(h128_bytes $d $i $b $b2 $x)'","build":"'$(h128_bytes $d $i $b $b2)'","install":"'$(h128_bytes $d $i)'","browser":"'$(h128_bytes $i)'","device":"'$(h128_bytes $d)'"},"coverage":{"exact":5,"build":4,"install":2,"browser":1,"device":1},"present":7,"groups":{"screen":"'$(h64_bytes $d)'","fonts":"'$(h64_bytes $i)'","math":"'$(h64_bytes $b $b2)'","page":"'$(h64_bytes $x)'","net":null}}'
}

@test "a missing signal does not change ids; @ids keeps new rows out of them" {
    catalog 'a|/a|g|device' 'b|/b|g|device'
    run --separate-stderr whorl --select=ids <<<'{"a":1}'
    before=$output
    catalog '@ids|1' 'a|/a|g|device' 'b|/b|g|device'
    run --separate-stderr whorl --select=ids <<<'{"a":1,"b":2}'
    expect 0 "$before"
    [[ $output == *'"device":"'$(h128_bytes $(h64 a=1))'"'* ]]
}

@test "@min: an identity of fewer signals is null, and coverage still counts them" {
    catalog '@min|device|2' 'a|/a|g|device' 'b|/b|g|device'
    run --separate-stderr whorl --select=ids,coverage <<<'{"a":1}'
    i=$(h128_bytes $(h64 a=1))
    expect 0 '{"ids":{"exact":"'$i'","build":"'$i'","install":"'$i'","browser":null,"device":null},"coverage":{"exact":1,"build":1,"install":1,"browser":0,"device":1}}'
}

@test "an error enters build and exact, not install and device" {
    catalog '@error|error' 'd|/d|g|device' 'i|/i|h|install'
    run --separate-stderr whorl --select=ids,coverage,errors,groups <<<'{"d":{"error":"E"},"i":1}'
    d=$(h64 'd!E') i=$(h64 'i=1')
    expect 0 '{"ids":{"exact":"'$(h128_bytes $d $i)'","build":"'$(h128_bytes $d $i)'","install":"'$(h128_bytes $i)'","browser":"'$(h128_bytes $i)'","device":null},"coverage":{"exact":2,"build":2,"install":1,"browser":1,"device":0},"errors":1,"groups":{"g":"'$(h64_bytes $d)'","h":"'$(h64_bytes $i)'"}}'
}

@test "an epoch renews identities, not signals and groups" {
    catalog '@epoch|258' 'a|/a|g|exact'
    run --separate-stderr whorl --select=ids,groups,vector <<<'{"a":1}'
    a=$(h64 a=1)
    expect 0 '{"ids":{"exact":"'$(h128_bytes 0000000000000102 $a)'","build":null,"install":null,"browser":null,"device":null},"groups":{"g":"'$(h64_bytes $a)'"},"vector":["'$a'"]}'
}

@test "coverage counts what contributes, present what has a hash, errors the errors" {
    catalog '@error|error' '@value|v' 'd|/d|g|device' 'e|/e|h|install' 'u|/u/v|i|build' 'x|/x|j|volatile' 'm|/m|j|exact'
    run --separate-stderr whorl --select=coverage,present,errors <<<'{"d":1,"e":{"error":"E"},"u":{},"x":2}'
    expect 0 '{"coverage":{"exact":3,"build":3,"install":1,"browser":0,"device":1},"present":4,"errors":1}'
}

@test "the digest in every record is XXH3-128 of the catalog's canonical text" {
    catalog '@id|/id' 'a|/a|g|exact|round( 2 )'
    run --separate-stderr whorl --select=catalog <<<'{"a":1}'
    d=$(h128 $'@catalog\ttest\t1\n@id\t/id\na\t/a\tg\texact\tround(2)\nunicode\t15.0.0\n')
    expect 0 '{"catalog":"test-1:'${d:0:16}'"}'
    run --separate-stderr whorl --version
    [[ $output == *"catalog test-1:${d:0:16} 1 signals"* ]]
}

@test "duplicate names are compared after unescaping, at any depth" {
    catalog 'a|/a|g|exact'
    run --separate-stderr whorl -v <<<$'{"a":1,"\\u0061":2}\n{"a":{"b":[{"c":1,"c":2}]}}'
    expect 1 '' \
'whorl: -:1:8: this object already has a member of this name: expected each name once, at /\u0061
whorl: -:2:19: this object already has a member of this name: expected each name once, at /a/b/0/c'
}

@test "an unpaired surrogate escape reads as U+FFFD" {
    catalog 'a|/a|g|exact'
    run --separate-stderr whorl --select=values,vector <<<'{"a":"x\ud83c"}'
    expect 0 '{"vector":["'$(h64 'a="x'$'\xef\xbf\xbd''"')'"],"values":{"a":"x'$'\xef\xbf\xbd''"}}'
}

@test "--select: members are written in their fixed order, whatever the order of the list" {
    catalog '@id|/id' 'a|/a|g|exact||fact'
    run --separate-stderr whorl --select=states,values,present,facts,id <<<'{"id":1,"a":2}'
    expect 0 '{"id":1,"facts":{"a":2},"present":1,"values":{"a":2},"states":{}}'
}

@test "@carry: members are written byte for byte" {
    catalog '@carry|time|/ts' '@carry|who|/u/name' 'a|/a|g|exact'
    run --separate-stderr whorl --select=carry,present <<<$'{"ts":1.0e3,"u":{"name":"\\u0041"},"a":2}\n{"a":1}'
    expect 0 '{"carry":{"time":1.0e3,"who":"\u0041"},"present":1}
{"carry":{},"present":1}'
}

@test "a private signal is hashed, and shown only with --reveal" {
    catalog '@error|error' 'a|/a|g|exact||fact private' 'b|/b|g|exact||private' 'c|/c|g|exact||fact'
    run --separate-stderr whorl --select=facts,signals,values,states <<<'{"a":1,"b":{"error":"E"},"c":2}'
    s='"signals":{"a":"'$(h64 a=1)'","b":"'$(h64 'b!E')'","c":"'$(h64 c=2)'"}'
    expect 0 '{"facts":{"c":2},'$s',"values":{"c":2},"states":{}}'
    run --separate-stderr whorl --reveal --select=facts,signals,values,states <<<'{"a":1,"b":{"error":"E"},"c":2}'
    expect 0 '{"facts":{"a":1,"c":2},'$s',"values":{"a":1,"c":2},"states":{"b":"!E"}}'
}

@test "a pointer that looks private gives a warning, and the run goes on" {
    catalog 'a|/net/ip|g|exact'
    run --separate-stderr whorl --select=present <<<'{"net":{"ip":1}}'
    expect 0 '{"present":1}' "whorl: $BATS_TEST_TMPDIR/test.catalog:2:3: warning: the pointer of a looks private: expected the flag private, which hides its values"
}

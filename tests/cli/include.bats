# @include of a catalog: what is taken, from where, the digest, and what is refused.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    mkdir sub
}

# The file $1 of the lines that follow, '|' for a tab.
file() {
    local name=$1
    shift
    printf '%s\n' "$@" | tr '|' '\t' >"$name"
}

# ./own.catalog of these lines is refused with this message.
refused() {
    local message=$1
    shift
    file own.catalog "$@"
    run --separate-stderr "$WHORL" --catalog=./own.catalog <<<'{"a":1}'
    expect 2 '' "whorl: $message"
}

@test "rows and most directives are taken, and the digest has that of the included catalog" {
    file sub/base.catalog '# Rows of others.' '@catalog|base|2' '@error|error' 'a|/a|g|device'
    file sub/own.catalog '@include|./base.catalog' '@catalog|own|1' 'b|/b|h|build|ua-os'
    base=$(printf '@catalog\tbase\t2\n@error\terror\na\t/a\tg\tdevice\nunicode\t15.0.0\n' | xxhsum -H2 | cut -d' ' -f1)
    own=$(printf '@catalog\town\t1\n@include\tbase-2\t%s\nb\t/b\th\tbuild\tua-os\nunicode\t15.0.0\ntable\tua\t1\n' "$base" |
        xxhsum -H2 | cut -c1-16)
    run --separate-stderr "$WHORL" --catalog=sub/own.catalog --select=catalog,values,states <<<'{"b":1,"a":{"error":"E"}}'
    expect 0 '{"catalog":"own-1:'"$own"'","values":{"b":1},"states":{"a":"!E"}}' ''
}

@test "another included catalog is another digest, another place of the file is not" {
    file base.catalog '@catalog|base|2' 'a|/a|g|device'
    cp base.catalog sub/same
    file one.catalog '@include|./base.catalog' '@catalog|own|1'
    file two.catalog '@include|sub/same' '@catalog|own|1'
    file three.catalog "@include|$PWD/base.catalog" '@catalog|own|1'
    one=$("$WHORL" --catalog=./one.catalog --select=catalog <<<'{"a":1}')
    [ "$("$WHORL" --catalog=./two.catalog --select=catalog <<<'{"a":1}')" = "$one" ]
    [ "$("$WHORL" --catalog=./three.catalog --select=catalog <<<'{"a":1}')" = "$one" ]
    file base.catalog '@catalog|base|2' 'a|/a|g|install'
    [ "$("$WHORL" --catalog=./one.catalog --select=catalog <<<'{"a":1}')" != "$one" ]
}

@test "a built-in catalog is included by its name and version" {
    file own.catalog '@include|browser-1' '@catalog|own|1' '@id|/n' 'mine|/mine|mine|install'
    run --separate-stderr "$WHORL" --catalog=./own.catalog --select=id,values <<<'{"n":5,"signals":{"mine":"x"}}'
    expect 0 '{"id":5,"values":{"mine":"x"}}' ''
    rows=$("$WHORL" --version | sed -n 's/^catalog browser-1.* \([0-9]*\) signals$/\1/p')
    [ "$("$WHORL" --catalog=./own.catalog --select=vector <<<'{"signals":{"mine":"x"}}' | jq '.vector | length')" = $((rows + 1)) ]
    refused "./own.catalog: @include: no built-in catalog 'browser-2': expected browser-1, fingerprintjs-1, thumbmarkjs-1, or a file, as in ./browser-2" \
        '@include|browser-2' '@catalog|own|1' 'a|/a|g|device'
    refused "./own.catalog: @include: no built-in catalog 'browser': expected browser-1, fingerprintjs-1, thumbmarkjs-1, or a file, as in ./browser" \
        '@include|browser' '@catalog|own|1' 'a|/a|g|device'
}

@test "a file that is not there, or is wrong, is named" {
    refused './none.catalog: No such file or directory' '@include|./none.catalog' '@catalog|own|1'
    file base.catalog '@catalog|base|1' 'a|/a|g|nowhere'
    refused "./base.catalog:2:8: unknown tier: expected device, install, build, exact or volatile, not 'nowhere'" \
        '@include|base.catalog' '@catalog|own|1'
    file base.catalog '@include|own.catalog' '@catalog|base|1' 'a|/a|g|device'
    refused './base.catalog:1:1: expected a catalog that includes no other, for it is included itself or built in' \
        '@include|base.catalog' '@catalog|own|1'
    truncate -s 16777217 base.catalog
    refused './base.catalog: too large: expected a catalog of at most 16777216 bytes' \
        '@include|base.catalog' '@catalog|own|1'
}

@test "@include is the first line, once, and of two cells" {
    file base.catalog '@catalog|base|1' 'a|/a|g|device'
    refused "./own.catalog:2:1: expected a catalog that includes no other, for it is included itself or built in" \
        '@catalog|own|1' '@include|base.catalog'
    refused "./own.catalog:2:1: expected as the first line only, once: '@include'" \
        '@include|base.catalog' '@include|base.catalog' '@catalog|own|1'
    refused './own.catalog:1:1: expected cells separated by one tab: @include NAME-VERSION|FILE' \
        '@include|base.catalog|x' '@catalog|own|1'
    refused "./own.catalog:1:1: expected a line '@catalog NAME VERSION'" '@include|base.catalog'
}

@test "what would change the meaning of the included rows is refused" {
    file base.catalog '@catalog|base|1' '@error|error' '@min|device|1' 'a|/a|g|device' 'v|/v|w|volatile'
    refused "./own.catalog:3:1: expected once, not again '@error'" '@include|base.catalog' '@catalog|own|1' '@error|err'
    refused "./own.catalog:3:6: expected one @min an identity, not again 'device'" \
        '@include|base.catalog' '@catalog|own|1' '@min|device|2'
    refused "./own.catalog:3:1: the name that the included catalog has: expected each name once, not 'a'" \
        '@include|base.catalog' '@catalog|own|1' 'a|/b|h|device'
    refused "./own.catalog:3:6: a group holds one tier: expected device, as in the included catalog, or another group than 'g'" \
        '@include|base.catalog' '@catalog|own|1' 'b|/b|g|build'
    refused './own.catalog:2:2: a further pointer before any row' '@include|base.catalog' '|/b' '@catalog|own|1'
    refused "./own.catalog:4:1: the name that line 3 has: expected each name once, not 'b'" \
        '@include|base.catalog' '@catalog|own|1' 'b|/b|h|build' 'b|/c|h|build'
}

@test "a row of the included file that looks private is warned of there" {
    file base.catalog '@catalog|base|1' 'a|/ip|g|device'
    file own.catalog '@include|base.catalog' '@catalog|own|1' 'b|/mac|h|device'
    run --separate-stderr "$WHORL" --catalog=./own.catalog --select=present <<<'{"ip":1}'
    expect 0 '{"present":1}' 'whorl: ./base.catalog:2:3: warning: the pointer of a looks private: expected the flag private, which hides its values
whorl: ./own.catalog:3:3: warning: the pointer of b looks private: expected the flag private, which hides its values'
}

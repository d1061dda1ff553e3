# --match: the command line.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    try="
whorl: try 'whorl --help'"
}

refused() {
    local message=$1
    shift
    run --separate-stderr "$WHORL" "$@"
    expect 2 '' "whorl: $message$try"
}

@test "options and files that do not go together with --match are refused" {
    for files in '' a 'a b c' - '- - -'; do
        refused '--match: expected KNOWN and NEW, or only NEW with --index' --match $files
    done
    for files in '' 'a b c'; do
        refused '--match: expected KNOWN and NEW, or only NEW with --index' --match --index=i $files
    done
    refused '--match: standard input cannot be both KNOWN and NEW' --match - -
    refused '--truth: expected no --index with it: an index does not have that member' --match --truth=/id --index=i a b
    refused '--format: expected ndjson or tsv with --match' --match --format=binary a b
    refused '--catalog: expected NAME without FILE with --match: it writes no vectors' --match --catalog browser=out a b
    [ ! -e out ] && [ ! -e i ]
}

@test "an option of another mode is a usage error with --match, and those of --match without it" {
    refused '--threshold: expected --diff or --match with it' --threshold=0 none
    refused '--threshold: expected --population or --match with it' --diff --threshold=0 a b
    refused '--threshold: expected no --survey with it' --survey --threshold=0 a
    for option in --index=i --truth=/id; do
        refused "${option%%=*}: expected --match with it" "$option" none
        refused "${option%%=*}: expected no --diff with it" --diff "$option" a b
        refused "${option%%=*}: expected no --survey with it" --survey "$option" a
    done
    for option in --cache-memory=8M --select=id --no-header --dictionary=x --max-record=1 --max-depth=1 --max-values=1 \
        --rejects=x --max-rejects=1 --verify --files0-from=x --no-cache --stats=x --progress=auto --line-buffered \
        --reveal --time=/t --draft=d --ignore=x --expect=x --quiet --population; do
        refused "${option%%=*}: expected no --match with it" --match "$option" a b
    done
    refused '--diff: expected no --match with it' --diff --match a b
    refused '--match: expected no --diff with it' --match --diff a b
    refused '--survey: expected no --match with it' --survey --match a b
    refused '--match: expected no --survey with it' --match --survey a b
    refused '--explain: expected no --match with it' --explain=a --match a b
    refused '--match: expected no --explain with it' --match --explain=a a b
    [ ! -e x ]
}

@test "malformed arguments of the options of --match are refused" {
    for value in '' x , 1, ,1 - + . .5 1. 1.2345 1.0000 1e3 ' 1' '1 ' 1001 -1001 1000.001 -1000.001 99999999999999999999 \
        --1 +-1 1,,2 1,2,3 0,-1 0.001,0 '1, 2' 0x1; do
        refused "--threshold: expected a number from -1000 to 1000, or two with a comma between, the lower one first, with at most three digits after the point, not '$value'" --match "--threshold=$value" a b
    done
    for value in '' -; do
        refused "--index: expected the name of a file, not '$value'" --match "--index=$value" a b
    done
    refused "--memory: expected a number of bytes from 8M to 1024G, not '7M'" --match --memory=7M a b
    refused "--map: expected the names of two catalogs, OLD=NEW, not 'x'" --match --map=x a b
    refused "--jobs: expected a whole number from 0 to 256, not '257'" --match -j 257 a b
}

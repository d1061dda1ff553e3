# Input in a format that is known and not read: a message says what it is and what to do. The file
# is not read, the others are.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
    echo '{"a":1}' >in
    one='{"values":{"a":1}}'
    not=', which whorl does not read:'
}

# The file $1 is not read; the message is $2, wherever the file is named and however it arrives.
check() {
    run --separate-stderr values --max-rejects=1% --rejects=rejects --stats=stats in "$1" in
    expect 2 "$one
$one" "whorl: $1: $2"
    [ ! -s rejects ]
    [ "$(jq -c '[.lines, .records, .rejects]' stats)" = '[2,2,0]' ]
    run --separate-stderr values -j2 <"$1"
    expect 2 '' "whorl: -: $2"
    run --separate-stderr values < <(head -c 700 "$1" | paced 1)
    expect 2 '' "whorl: -: $2"
    printf '%s\0' "$1" in >names
    run --separate-stderr values --files0-from=names
    expect 2 "$one" "whorl: $1: $2"
}

# --diff has the message $2 about the file $1 too.
check_diff() {
    run --separate-stderr "$WHORL" --diff "$1" "$1"
    expect 2 '' "whorl: $1: $2
whorl: $1: $2"
}

# The command at the end of $2 turns the file $1 into the file `in`.
works() {
    local command=${2##*: }
    command=${command//FILE/$1}
    [ "$(whorl() { cat; }; eval "${command//DATA/data}")" = "$(cat in)" ]
}

@test "I20: data compressed in another way is named" {
    python3 - <<'END'
import bz2, lzma
text = open('in', 'rb').read()
open('x.xz', 'wb').write(lzma.compress(text))
open('x.lzma', 'wb').write(lzma.compress(text, format=lzma.FORMAT_ALONE))
open('x.bz2', 'wb').write(bz2.compress(text))
END
    for kind in 'xz xz' 'lzma xz' 'bz2 bzip2'; do
        name=${kind% *} program=${kind#* }
        what="compressed by ${name/bz2/bzip2}$not $program -dc FILE | whorl"
        check x.$name "$what"
        check_diff x.$name "$what"
        if command -v $program >/dev/null; then works x.$name "$what"; fi
    done
    # Made by their programs if these are here, or else by hand from the first bytes of the format.
    command -v lz4 >/dev/null && lz4 -qc in >x.lz4 || printf '\4\42\115\30d' >x.lz4
    check x.lz4 "compressed by lz4$not lz4 -dc FILE | whorl"
    command -v lz4 >/dev/null && lz4 -qlc in >y.lz4 || printf '\2\41\114\30\n\0\0\0' >y.lz4
    check y.lz4 "compressed by lz4$not lz4 -dc FILE | whorl"
    command -v lzip >/dev/null && lzip -qc in >x.lz || printf 'LZIP\1\14' >x.lz
    check x.lz "compressed by lzip$not lzip -dc FILE | whorl"
    command -v lzop >/dev/null && lzop -qc in >x.lzo || printf '\211LZO\0\r\n\32\n' >x.lzo
    check x.lzo "compressed by lzop$not lzop -dc FILE | whorl"
    command -v compress >/dev/null && compress -fc in >x.Z || printf '\37\235\220{D' >x.Z
    check x.Z "compressed by compress$not gzip -dc FILE | whorl"
    printf '\37\36\0\0\0\10' >x.z
    check x.z "compressed by pack$not gzip -dc FILE | whorl"
    printf '\37\240\0\0\0\10' >y.z
    check y.z "compressed by lzh$not gzip -dc FILE | whorl"
    printf '\377\6\0\0sNaPpY\1\f\0\0' >x.sz
    check x.sz "compressed by snappy$not snzip -dc FILE | whorl"
    printf 'LRZI\0\6' >x.lrz
    check x.lrz "compressed by lrzip$not lrzcat FILE | whorl"
    printf '\46\265\57\375\4' >x.zst
    check x.zst "compressed by an early zstd$not zstd -dc FILE | whorl"
}

@test "I20: archives are named" {
    python3 - <<'END'
import zipfile
for name, method in ('x.zip', zipfile.ZIP_DEFLATED), ('y.zip', zipfile.ZIP_STORED), ('empty.zip', 0):
    with zipfile.ZipFile(name, 'w', method) as archive:
        if name != 'empty.zip':
            archive.write('in')
END
    what="a zip archive$not unzip -p FILE | whorl"
    for f in x.zip y.zip empty.zip; do
        check $f "$what"
    done
    if command -v unzip >/dev/null; then works x.zip "$what"; fi
    printf '7z\274\257\47\34\0\4' >x.7z
    check x.7z "a 7-Zip archive$not 7z x -so FILE | whorl"
    printf 'Rar!\32\7\1\0' >x.rar
    check x.rar "a RAR archive$not unrar p -inul FILE | whorl"
    what="a tar archive$not tar -xOf FILE | whorl"
    for format in v7 oldgnu gnu ustar pax; do
        tar -c --format=$format -f $format.tar in
        check $format.tar "$what"
        works $format.tar "$what"
    done
    check_diff v7.tar "$what"
    # A name that could begin a record, and a name of the greatest length.
    cp in '{"a":1}'
    tar -cf x.tar '{"a":1}'
    check x.tar "$what"
    name=$(printf 'n%.0s' $(seq 100))
    cp in "$name"
    tar -c --format=ustar -f y.tar "$name"
    check y.tar "$what"
}

@test "I20: table files and databases are named" {
    python3 -c 'import sqlite3; d = sqlite3.connect("x.db"); d.execute("create table t (a)"); d.commit()'
    check x.db "an SQLite database$not sqlite3 -json FILE 'SELECT ...' | jq -c '.[]' | whorl"
    printf 'PAR1\25\4\25\20\25\24' >x.parquet
    check x.parquet "a Parquet file$not duckdb -c \"COPY (FROM 'FILE') TO '/dev/stdout' (FORMAT JSON)\" | whorl"
    printf 'PARE\25\4\25\20\25\24' >y.parquet
    check y.parquet "an encrypted Parquet file$not expected lines of JSON"
    by=' expected lines of JSON, as pyarrow and pandas make them'
    printf 'ARROW1\0\0\377\377\377\377\170\0\0\0' >x.arrow
    check x.arrow "an Arrow file$not$by"
    printf '\377\377\377\377\170\0\0\0\20\0\0\0' >y.arrow
    check y.arrow "an Arrow stream$not expected lines of JSON, as pyarrow, pandas and whorl --format=ndjson make them"
    printf 'FEA1\0\0\0\0' >x.feather
    check x.feather "a Feather file$not$by"
    printf 'Obj\1\4\26avro.schema' >x.avro
    check x.avro "an Avro file$not avro-tools tojson FILE | whorl"
    printf 'ORC\55\0\0\n\6\22' >x.orc
    check x.orc "an ORC file$not orc-contents FILE | whorl"
}

@test "I20: the same formats are named within gzip and zstd data" {
    tar -cf x.tar in
    xz -c in >x.xz
    gzip -c in >x.gz
    zstd -qc in >x.zst
    for kind in gzip zstd; do
        for f in x.tar x.xz x.gz x.zst; do
            $kind -qc $f >within
            case $f in
            x.tar) what="a tar archive" command='tar -xOf -' ;;
            x.xz) what='compressed by xz' command='xz -dc' ;;
            x.gz) what='compressed by gzip' command='gzip -dc' ;;
            x.zst) what='compressed by zstd' command='zstd -dc' ;;
            esac
            what="$what within $kind data$not $kind -dc FILE | $command | whorl"
            check within "$what"
            works within "$what"
        done
        printf 'PK\3\4' | $kind -qc >within
        check within "a zip archive within $kind data$not $kind -dc FILE >DATA; unzip -p DATA | whorl"
        printf 'Obj\1\4' | $kind -qc >within
        check within "an Avro file within $kind data$not $kind -dc FILE >DATA; avro-tools tojson DATA | whorl"
        printf 'FEA1\0' | $kind -qc >within
        check within "a Feather file within $kind data$not expected lines of JSON, as pyarrow and pandas make them"
    done
}

@test "I20: binary output of whorl is named, not read" {
    catalog '@id|/id' 'a|/a|g|exact'
    echo '{"id":1,"a":1}' >first
    whorl --format=binary first >own
    what=', vectors already: expected records (see --diff)'
    check own "binary output of whorl$what"
    for kind in gzip zstd; do
        $kind -qc own >within
        check within "binary output of whorl within $kind data$what"
        run --separate-stderr "$WHORL" --diff own within
        [ "$status" = 0 ]
    done
}

@test "I20: a format is named also if it is cut off or damaged after its beginning" {
    tar -cf x.tar in
    head -c 300 x.tar >cut
    check cut "a tar archive$not tar -xOf FILE | whorl"
    gzip -c x.tar | head -c 100 >cut.gz
    [ "$(gzip -dc <cut.gz 2>/dev/null | wc -c)" -lt 512 ] || skip 'gzip gives too much of it'
    run --separate-stderr values cut.gz
    [ "$status" = 2 ]
}

@test "I20: text that only begins like one of these formats is text" {
    number=0
    for text in 'PAR1,PAR2' 'ORCID,name' 'BZh is a name' 'LZIP' 'ARROW1' 'Object' 'PK' '7z' 'FEA1'; do
        echo "$text" >in
        run --separate-stderr values in
        [ "$status" = 1 ]
        [[ $stderr == 'whorl: in:1:'* ]]
    done
    # A record that has tar's magic number at the place where tar has it.
    printf '{"a":"%0251dustar"}' 0 >in
    run --separate-stderr values in
    [ "$status" = 0 ]
    [ "$(head -c 262 in | tail -c 5)" = ustar ]
}

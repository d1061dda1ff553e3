"""compare-vectors.py READER BINARY NDJSON DIR: does READER find in BINARY what NDJSON has, record by
record and member by member? DIR is for the texts that xxhsum hashes."""
import json, os, runpy, struct, subprocess, sys

reader, binary, ndjson, directory = sys.argv[1:]
sys.argv = [reader, binary]
read = runpy.run_path(reader)
rows, header = read["rows"], read["header"]
lines = open(ndjson, encoding="utf-8").read().splitlines()
records = [json.loads(line, parse_float=str) for line in lines]


def xxhsum(option, texts):
    """The hash that xxhsum says each of TEXTS has."""
    texts = sorted(set(texts))
    names = [os.path.join(directory, str(i)) for i in range(len(texts))]
    for name, text in zip(names, texts):
        with open(name, "wb") as file:
            file.write(text)
    hashes = {}
    for i in range(0, len(names), 1000):
        said = subprocess.run(["xxhsum", option, *names[i : i + 1000]], check=True,
                              capture_output=True, text=True).stdout.split("\n")
        for line, text in zip(said, texts[i : i + 1000]):
            hashes[text] = line.split(" = ")[-1] if option == "-H3" else line.split(" ")[0]
    return hashes


def jcs(value):
    """Enough of it for the facts that are hashed: text and words."""
    assert isinstance(value, (str, bool)) or value is None, value
    return json.dumps(value, ensure_ascii=False).encode()


columns = {c["name"]: c for c in header["columns"]}
facts = [c for c in header["columns"] if c["name"].startswith("fact:")]
keys = xxhsum("-H2", [jcs(r["id"]) for r in records])
hashed = xxhsum("-H3", [jcs(r["facts"][f["name"][5:]]) for r in records for f in facts
                        if f["type"] == "xxh3" and f["name"][5:] in r["facts"]])

checks = 0


def same(what, got, expected):
    global checks
    checks += 1
    assert got == expected, f"{what}: {got!r}, expected {expected!r}"


same("rows", len(rows), len(records))
for row, record in zip(rows, records):
    label = f'{header["catalog"]}:{row["tag"].tobytes().hex()}'
    same("catalog", label, record["catalog"])
    same("key", row["key"].tobytes().hex(), keys[jcs(record["id"])])
    same("present", int(row["present"]), record["present"])
    same("errors", int(row["errors"]), record["errors"])
    for name, value in record["ids"].items():
        same(name, row["id:" + name].tobytes().hex(), value or "0" * 32)
        same(name, int(row["coverage:" + name]), record["coverage"][name])
    for fact in facts:
        name, kind, at = fact["name"], fact["type"], fact["bit"]
        bitmap = row["bitmap"].tobytes()
        present = bool(bitmap[at // 8] >> at % 8 & 1)
        value = record["facts"].get(name[5:], 0)
        if kind == "xxh3":
            same(name, present, name[5:] in record["facts"])
            same(name, int(row[name]), int(hashed[jcs(value)], 16) if present else 0)
        elif present:
            same(name, row[name].item(), float(value) if kind == "f64" else value)
        else:
            same(name, (int(row[name]), isinstance(value, int) and value != 0), (0, False))
    for member, names in (("groups", header["groups"]), ("vector", header["signals"])):
        values = record[member]
        if member == "groups":
            same("groups", list(values), names)
            values = list(values.values())
        got = ["%016x" % n if n else None for n in row[member].reshape(-1).tolist()]
        same(member, got, values)
        checks += len(got) - 1
print(len(records), "records,", checks > 1000 * len(records) and "all the same")

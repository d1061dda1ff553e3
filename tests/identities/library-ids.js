// library-ids.js DIR WHORL NUMBER: the ids that WHORL computes against those of the libraries in DIR,
// by their own code, as TAP after test NUMBER. DIR/LIBRARY.ndjson has records that are hard to read,
// DIR/LIBRARY.catalog a catalog for them; the objects below are what a browser could give, with what
// JSON loses.
"use strict";
const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");
const [directory, whorl, before] = process.argv.slice(2);

// What the libraries look for when they are loaded.
globalThis.window = globalThis;
globalThis.document = {};
if (!globalThis.navigator)
    globalThis.navigator = { userAgent: "", vendor: "", appVersion: "" };

class Odd {
    constructor() { this.own = 1; }
    get inherited() { return 2; }
    toJSON() { return { odd: true }; }
}

const TEXTS = ["", "Arial", "é", "Привет", "日本", "😀", "\ud83d", "\ude00x", "a\ud83d", "\0\x07\x1f\x7f",
    "\b\t\n\f\r", "\u2028\u2029", "\"\\/", ":|\\", "\u00a0\ufeff", "\ufffd", "\ue000", "x".repeat(15),
    "x".repeat(16), "é".repeat(16), "x".repeat(13) + "éж", "日".repeat(17)];
const NUMBERS = [0, -0, 1e21, 1e20, 123456789012345680000, 5e-324, 0.1, 0.1 + 0.2, 1e-7, 1e-6, 2 ** 53,
    2 ** 53 + 2, -1.5, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 4.35, 1 / 3];
const OTHERS = [undefined, null, true, false, [], {}, [undefined], [, 1], [[[[]]]], { a: undefined },
    { b: 1, a: { d: 1, c: undefined } }, { z: 0, "10": 1, "9": 2, a: 3 }, () => 1, Symbol("s"),
    new Date(0), new Odd(), [new Odd(), NaN, -0], new Error("no"), new Map([[1, 2]]),
    new Float32Array([0.1, 2]), { "\ud800": "\udfff" },
    { "😀": 1, "\ue000": 2, "\ud83d": 3, "": 4 }, { "a:b|c\\d": ":|\\" }];
// ThumbmarkJS writes these as objects; no browser gives them.
const BOXED = [Object(1.5), Object("text"), Object(false)];
const VALUES = [...TEXTS, ...NUMBERS, ...OTHERS];

// Objects of components by FingerprintJS: each value alone, all of them, all texts as names, errors.
function fingerprints() {
    const found = [...VALUES, ...BOXED].map(value => ({ a: { value, duration: 1 } }));
    found.push(Object.fromEntries(VALUES.map((value, i) => ["c" + i, { duration: i, value }])));
    found.push(Object.fromEntries(TEXTS.map(name => [name, { value: name }])));
    for (const error of [new Error("x"), { message: "x" }, {}, "x", 1, true, [], null, 0, -0, "", false])
        found.push({ b: { value: 1, error }, a: { error, duration: 2 }, c: { value: null } });
    found.push({}, { a: {}, b: { duration: 0 }, c: [] });
    return found;
}

function thumbmarks() {
    const found = VALUES.map(value => ({ a: value, A: [value, { value }] }));
    found.push(Object.fromEntries(VALUES.map((value, i) => ["c" + i, { z: i, a: value }])));
    found.push(Object.fromEntries(TEXTS.map(name => [name, { [name + "b"]: name, [name + "a"]: 1 }])));
    return found.concat({});
}

function logged(objects, version) {
    return objects.map(components => [components, JSON.stringify({ version, components })]);
}

// The records of LIBRARY.ndjson as of a release, with the components that are read of them.
function generated(library, version) {
    return fs.readFileSync(path.join(directory, library + ".ndjson"), "utf8").trim().split("\n")
        .map(line => [JSON.parse(line).components,
                      line.replace("{", () => `{"version":${JSON.stringify(version)},`)]);
}

let number = Number(before), failed = 0;
function report(ok, name, more) {
    number++;
    failed += !ok;
    console.log(`${ok ? "ok" : "not ok"} ${number} - ${name}`);
    if (!ok && more)
        console.log("# " + more.slice(0, 1000));
}

// Are the ids of RECORDS, pairs of an object and a text, those that HASH gives for the objects?
function compare(name, library, member, records, hash) {
    const expected = records.map(([components]) => hash(components));
    const catalog = path.join(directory, library + ".catalog");
    const input = records.map(([, text], i) => text.replace("{", () => `{"${member}":"${expected[i]}",`));
    for (const more of [[], ["--no-cache"]]) {
        const run = spawnSync(whorl, ["--catalog=" + catalog, "--select=ids." + member, "--verify",
                                      ...more], { input: input.join("\n"), maxBuffer: 1 << 30 });
        const found = run.stdout.toString().trim().split("\n")
            .map(line => line && JSON.parse(line).ids[member]);
        const wrong = expected.findIndex((id, i) => id !== found[i]);
        report(wrong < 0 && run.status === 0 && !run.stderr.length && found.length === records.length,
               `${name}: ${records.length} records${more.length ? ", " + more[0] : ""}`,
               `status ${run.status}, ${run.stderr}; ` +
               (wrong < 0 ? "" : `${expected[wrong]}, not ${found[wrong]}, of ${input[wrong]}`));
    }
}

function releases(library) {
    return fs.readdirSync(directory).filter(name => name.startsWith(`${library}-${library}-`) &&
                                                    !name.endsWith(".tgz"))
        .map(name => name.slice(2 * library.length + 2));
}

for (const version of releases("fingerprintjs")) {
    const { hashComponents } =
        require(path.join(directory, `fingerprintjs-fingerprintjs-${version}`, "dist/fp.umd.js"));
    for (const [what, records] of [["objects", logged(fingerprints(), version)],
                                   ["hard records", generated("fingerprintjs", version)]])
        compare(`FingerprintJS ${version}, ${what}`, "fingerprintjs", "visitorId", records,
                hashComponents);
}

// The functions of ThumbmarkJS that are not exported: its hash, and the text that it hashes. They are
// found by their messages, and the call by its name.
function thumbmark(version) {
    const dist = path.join(directory, `thumbmarkjs-thumbmarkjs-${version}`, "dist");
    const code = fs.readFileSync(path.join(dist, fs.readdirSync(dist)
        .find(name => /^thumbmark\.cjs(\.js)?$/.test(name))), "utf8");
    const last = (text, form) => [...code.slice(0, code.indexOf(text)).matchAll(form)].pop()[1];
    const hash = last("Expected key to be", /function (\w+)\(\w+(?:,\w+)?(?:=0)?\)\{/g);
    const sorted = code.includes("Converting circular structure");
    const text = sorted ? last("Converting circular", /function (\w+)\(\w+\)\{const/g) : "JSON.stringify";
    const module_ = { exports: {} };
    new Function("module", "exports", "require", `${code};\nmodule.found=[${hash},${text}];`)(
        module_, module_.exports, require);
    if (!sorted && !code.includes(`${hash}(JSON.stringify(`))
        throw new Error(`ThumbmarkJS ${version}: its hash was not found`);
    return components => module_.found[0](module_.found[1](components));
}

for (const version of releases("thumbmarkjs"))
    for (const [what, records] of [["objects", logged(thumbmarks(), version)],
                                   ["hard records", generated("thumbmarkjs", version)]])
        compare(`ThumbmarkJS ${version}, ${what}`, "thumbmarkjs", "thumbmark", records,
                thumbmark(version));

console.log("1.." + number);
process.exit(failed ? 1 : 0);

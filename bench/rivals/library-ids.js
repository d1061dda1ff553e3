// library-ids.js FILE: the visitorId of each record of stdin, by hashComponents() of FingerprintJS,
// whose file is FILE, a line each on stdout.
"use strict";
const readline = require("readline");
globalThis.window = globalThis;
globalThis.document = {};
const { hashComponents } = require(require("path").resolve(process.argv[2]));

let lines = [];
readline.createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (line) => {
    lines.push(hashComponents(JSON.parse(line).components) + "\n");
    if (lines.length === 1000) {
        process.stdout.write(lines.join(""));
        lines = [];
    }
}).on("close", () => process.stdout.write(lines.join("")));

// check-node.js CLASSES.tsv: does JavaScript give each text of the table by its last column? As TAP-like
// lines of the rows in which it does not; silent if it does in all.
"use strict";
const fs = require("fs");
const path = require("path");

let checked = 0;
for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n")) {
    const [name, , , , text, expression] = line.split("\t");
    if (line.startsWith("#") || !expression)
        continue;
    const file = path.join(path.dirname(process.argv[2]), name + ".ndjson");
    const r = JSON.parse(fs.readFileSync(file, "utf8"));
    const given = new Function("r", "return " + expression)(r);
    if (given !== text)
        console.log(`${name}: ${given}, expected ${text}`);
    checked++;
}
if (checked < 40)
    console.log(`only ${checked} rows have an expression`);

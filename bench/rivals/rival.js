// What whorl does, with what node has: JSON.parse, normalize("NFC"), and for want of an XXH3 a hash
// of 64 bits in plain JavaScript, two FNV-1a over UTF-16. Reads a catalog and records from stdin,
// writes a row of bytes each. Simpler than whorl: of the steps only nfc and trim, for every text.
"use strict";
const fs = require("fs");

const TIERS = { exact: 0, build: 1, install: 2, device: 3, volatile: -1 };
const ESCAPED_OR_WIDE = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/;

function pointer(cell) {
    return cell.split("/").slice(1).map((t) => t.replace(/~1/g, "/").replace(/~0/g, "~"));
}

function readCatalog(path) {
    const signals = [], groups = new Map();
    for (const line of fs.readFileSync(path, "utf8").split("\n")) {
        const cells = line.split("\t");
        if (cells.length < 2 || /^[#@]/.test(line))
            continue;
        if (cells[0] === "") {
            signals[signals.length - 1].pointers.push(pointer(cells[1]));
            continue;
        }
        if (!groups.has(cells[2]))
            groups.set(cells[2], groups.size);
        signals.push({ name: cells[0], pointers: [pointer(cells[1])], tier: TIERS[cells[3]],
                       group: groups.get(cells[2]) });
    }
    return [signals, groups.size];
}

function isMarker(value) {
    if (typeof value !== "object" || value === null || value.error === undefined)
        return false;
    return Object.keys(value).length === 1;
}

function find(value, tokens) {
    for (const token of tokens) {
        if (typeof value !== "object" || value === null)
            return undefined;
        if (isMarker(value))
            return value;
        value = value[token];
        if (value === undefined)
            return undefined;
    }
    return value;
}

function textOf(text) {
    return ESCAPED_OR_WIDE.test(text) ? JSON.stringify(text.trim().normalize("NFC"))
                                      : `"${text.trim()}"`;
}

function textOfValue(value) {
    if (typeof value === "string")
        return textOf(value);
    if (typeof value !== "object" || value === null)
        return String(value);
    if (Array.isArray(value))
        return "[" + value.map(textOfValue).join(",") + "]";
    return "{" + Object.keys(value).sort().map(
        (name) => textOf(name) + ":" + textOfValue(value[name])).join(",") + "}";
}

let high = 0, low = 0;

function hash(text) {
    let a = 0x811c9dc5, b = 0x01000193;
    for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        a = Math.imul(a ^ unit, 0x01000193);
        b = Math.imul(b ^ unit, 0x5bd1e995);
    }
    high = a >>> 0;
    low = b >>> 0;
}

const [signals, groups] = readCatalog(process.argv[2]);
const row = Buffer.alloc(8 * (1 + signals.length + 4 + groups));
const folds = new Uint32Array(2 * (4 + groups));

function fold(index) {
    folds[2 * index] = Math.imul(folds[2 * index] ^ high, 0x01000193);
    folds[2 * index + 1] = Math.imul(folds[2 * index + 1] ^ low, 0x5bd1e995);
}

function writeRecord(line) {
    const record = JSON.parse(line);
    let at = 0;
    const put = (a, b) => {
        row.writeUInt32LE(b, at);
        row.writeUInt32LE(a, at + 4);
        at += 8;
    };
    hash(textOfValue(record.event_id));
    put(high, low);
    folds.fill(0x811c9dc5);
    for (const { name, pointers, tier, group } of signals) {
        let value = find(record.signals, pointers[0]);
        for (let i = 1; value === undefined && i < pointers.length; i++)
            value = find(record.signals, pointers[i]);
        if (value === undefined) {
            put(0, 0);
            continue;
        }
        hash(isMarker(value) ? name + "!" : name + "=" + textOfValue(value));
        put(high, low);
        for (let identity = 0; identity <= tier; identity++)
            fold(identity);
        if (tier >= 0)
            fold(4 + group);
    }
    for (let i = 0; i < folds.length; i += 2)
        put(folds[i], folds[i + 1]);
    fs.writeSync(1, row);
}

const block = Buffer.alloc(1 << 20);
let rest = Buffer.alloc(0);
for (let length; (length = fs.readSync(0, block)) > 0;) {
    let data = rest.length ? Buffer.concat([rest, block.subarray(0, length)])
                           : block.subarray(0, length);
    let start = 0;
    for (let end; (end = data.indexOf(10, start)) >= 0; start = end + 1)
        writeRecord(data.toString("utf8", start, end));
    rest = Buffer.from(data.subarray(start));
}

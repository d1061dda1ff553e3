// make-generated-archive.js MODULES [VISITORS [SEED]]: an archive of records that fingerprint-generator
// makes, of visitors that return, on stdout. MODULES is the directory node_modules that has it.
//
// A line is VISITOR, a tab, CHANGE, a tab, and the record, with the members visitor and time beside
// those of the package, in the order of the times. CHANGE is what the visitor has that the one before
// did not: first, same, version (of the browser) or language. Every visit draws the battery anew.
// Random numbers come from SEED, also those of the package: the same arguments, the same bytes.
"use strict";
const path = require("path");
const [modules, visitors = "2000", seed = "1"] = process.argv.slice(2);

const DAY = 86400000;
const START = Date.UTC(2026, 0, 1);
const DAYS = 60;
// Where a version follows in the text of a user agent or of a client hint.
const BEFORE_VERSION = ["Chrome/", "CriOS/", "Edg/", "EdgA/", "EdgiOS/", "Firefox/", "FxiOS/", "Version/",
    "rv:", "v=\""];

// Mulberry32: numbers of [0, 1) from 32 bits of state.
function makeRandom(state) {
    return () => {
        state = state + 0x6d2b79f5 | 0;
        let bits = Math.imul(state ^ state >>> 15, 1 | state);
        bits = bits + Math.imul(bits ^ bits >>> 7, 61 | bits) ^ bits;
        return ((bits ^ bits >>> 14) >>> 0) / 4294967296;
    };
}

// A copy of VALUE with CHANGE(text, name) in place of each string.
function mapStrings(value, change, name = "") {
    if (typeof value === "string")
        return change(value, name);
    if (Array.isArray(value))
        return value.map(element => mapStrings(element, change, name));
    if (value === null || typeof value !== "object")
        return value;
    return Object.fromEntries(Object.entries(value).map(
        ([member, own]) => [member, mapStrings(own, change, member)]));
}

// The record after an update of the browser: its major version is one higher wherever it was. Null if
// the user agent has none.
function update(record) {
    const found = /(?:Chrome|CriOS|Firefox|FxiOS|Version)\/(\d+)/.exec(record.headers["user-agent"] ||
        record.headers["User-Agent"] || record.fingerprint.navigator.userAgent);
    if (!found)
        return null;
    const pattern = new RegExp(`(${BEFORE_VERSION.join("|")})${found[1]}\\b`, "g");
    const next = String(Number(found[1]) + 1);
    return mapStrings(record, (text, name) => /^(version|uaFullVersion)$/.test(name)
        ? text.replace(new RegExp(`^${found[1]}\\b`), next)
        : text.replace(pattern, `$1${next}`));
}

// The record after the visitor has put a language before the others.
function addLanguage(record) {
    const changed = structuredClone(record);
    const navigator = changed.fingerprint.navigator;
    const language = navigator.language.startsWith("fr") ? "it-IT" : "fr-FR";
    navigator.languages = [language, ...navigator.languages.filter(other => other !== language)];
    navigator.language = language;
    for (const header of ["accept-language", "Accept-Language"])
        if (changed.headers[header])
            changed.headers[header] = `${language},` +
                changed.headers[header].replace(/^([^,;]+)(,|$)/, "$1;q=0.9$2");
    return changed;
}

function drawBattery(record, random) {
    const battery = record.fingerprint.battery;
    if (!battery)
        return record;
    const charging = random() < 0.5;
    const drawn = { ...battery, level: Math.round(random() * 100) / 100, charging,
        chargingTime: charging ? Math.floor(random() * 9000) : null };
    return { ...record, fingerprint: { ...record.fingerprint, battery: drawn } };
}

// The visits of one visitor: 3 of 10 come once, the others 2 to 5 times.
function* visit(name, first, random) {
    let record = first;
    let time = START + random() * DAYS / 2 * DAY;
    const visits = random() < 0.3 ? 1 : 2 + Math.floor(random() * 4);
    for (let i = 0; i < visits; i++) {
        let change = i ? "same" : "first";
        const which = i ? random() : 1;
        if (which < 0.15) {
            const updated = update(record);
            change = updated ? "version" : "same";
            record = updated || record;
        } else if (which < 0.22) {
            change = "language";
            record = addLanguage(record);
        }
        yield { name, change, time: Math.round(time), record: drawBattery(record, random) };
        time += (0.01 + random() * DAYS / 8) * DAY;
    }
}

function main() {
    const random = makeRandom(Number(seed));
    Math.random = makeRandom(Number(seed) ^ 0x5eed);
    const { FingerprintGenerator } = require(path.resolve(modules, "fingerprint-generator"));
    const generator = new FingerprintGenerator({
        browsers: ["chrome", "edge", "firefox", "safari"], devices: ["desktop", "mobile"] });
    const found = [];
    for (let i = 0; i < Number(visitors); i++) {
        const { fingerprint, headers } = generator.getFingerprint();
        found.push(...visit(`v${i}`, JSON.parse(JSON.stringify({ fingerprint, headers })), random));
    }
    found.sort((a, b) => a.time - b.time);
    for (const { name, change, time, record } of found)
        process.stdout.write(`${name}\t${change}\t` + JSON.stringify(
            { visitor: name, time: new Date(time).toISOString(), ...record }) + "\n");
}

main();

// arrow.js MODULES READER: read an Arrow stream from standard input with the package READER, apache-arrow
// or nodejs-polars, of the directory node_modules MODULES. Print the metadata of the schema, of which
// Polars shows none, then each column as [name, values], a line each. Numbers are in decimal digits, bytes
// in hexadecimal ones. Polars gives no bytes to JavaScript: then the values are how many there are.
'use strict';
const path = require('path');

const [modules, reader] = process.argv.slice(2);
const load = (name) => require(path.resolve(modules, name));
const put = (line) => process.stdout.write(JSON.stringify(line) + '\n');

function plain(value) {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return Array.from(value, plain);
}

async function apache() {
    const batches = await load('apache-arrow').RecordBatchReader.from(process.stdin);
    await batches.open();
    put(Object.fromEntries(batches.schema.metadata)); // it is gone at the end of the stream
    const columns = batches.schema.fields.map((field) => [field.name, []]);
    for await (const batch of batches)
        columns.forEach(([, values], column) => {
            for (let i = 0; i < batch.numRows; i++)
                values.push(plain(batch.getChildAt(column).get(i)));
        });
    columns.forEach(put);
}

function isBinary(column) {
    try {
        return !column.dtype;
    } catch {
        return true;
    }
}

async function polars() {
    const pl = load('nodejs-polars');
    const frame = pl.readIPCStream(require('fs').readFileSync(0));
    put({});
    for (const name of frame.columns) {
        const column = frame.getColumn(name);
        if (isBinary(column))
            put([name, { distinct: column.nUnique(), nulls: column.nullCount() }]);
        else if (/^DataType\(U?Int/.test(String(column.dtype)))
            put([name, column.cast(pl.Utf8).toArray()]);
        else
            put([name, column.toArray().map(plain)]);
    }
}

(reader === 'apache-arrow' ? apache : polars)().catch((error) => {
    console.error(`Error: ${error.message}`);
    process.exit(1);
});

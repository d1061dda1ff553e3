// run.js MODULES DATABASE FILE...: run the SQL of each FILE in the file DATABASE of DuckDB, and print the rows
// of the last statement as TSV, with a line of names. Statements that read standard input may do so. MODULES
// is the directory node_modules that has @duckdb/node-api.
'use strict';
const fs = require('fs');
const path = require('path');

const [modules, database, ...files] = process.argv.slice(2);
const { DuckDBInstance } = require(path.resolve(modules, '@duckdb/node-api'));

function print(result) {
    const rows = [result.deduplicatedColumnNames(), ...result.getRows()];
    for (const row of rows)
        process.stdout.write(row.map((cell) => cell === null ? '\\N' : String(cell)).join('\t') + '\n');
}

async function main() {
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    let result;
    for (const file of files)
        for (const statement of fs.readFileSync(file, 'utf8').split(/;\n/))
            if (statement.replace(/^--.*$/gm, '').trim())
                result = await connection.runAndReadAll(statement);
    if (result.columnCount > 1)
        print(result);
}

main().catch((error) => {
    console.error(`Error: ${error.message}`);
    process.exit(1);
});

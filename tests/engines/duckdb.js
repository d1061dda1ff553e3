// duckdb.js MODULES LAYOUT: run the statements of the file LAYOUT in DuckDB, from the directory
// node_modules MODULES; they read standard input. Print each row of the table `vectors` as JSON.
'use strict';
const fs = require('fs');
const path = require('path');

const [modules, layout] = process.argv.slice(2);
const { DuckDBInstance } = require(path.resolve(modules, '@duckdb/node-api'));

async function main() {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    for (const statement of fs.readFileSync(layout, 'utf8').split(';\n'))
        if (statement.trim())
            await connection.run(statement);
    const rows = await connection.runAndReadAll('SELECT * FROM vectors');
    for (const row of rows.getRowObjectsJson())
        process.stdout.write(JSON.stringify(row) + '\n');
}

main().catch((error) => {
    console.error(`Error: ${error.message}`);
    process.exit(1);
});

// survey-duckdb.js DIR: the different values of each member of the records on standard input, as DuckDB
// in DIR estimates them, in one thread.
"use strict";
const path = require("path");
const { DuckDBInstance } = require(path.join(process.argv[2], "node_modules", "@duckdb", "node-api"));

const QUERY = `SELECT approx_count_distinct(COLUMNS(*)) FROM (
    SELECT unnest(signals, recursive := true)
    FROM read_json('/dev/stdin', format = 'newline_delimited', maximum_object_size = 16777216,
                   maximum_depth = -1, sample_size = -1))`;

async function main() {
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(QUERY)).getRows();
    console.log(rows[0].length);
}

main().catch(error => {
    console.error(error.message);
    process.exit(1);
});

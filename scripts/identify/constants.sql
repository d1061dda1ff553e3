-- The numbers that identification depends on, the same for DuckDB and ClickHouse; whorl-identify(7) explains
-- them. Bits are in thousandths, so that all numbers are integers and both engines give the same answers.

CREATE VIEW constants AS SELECT
    1000 AS accept,     -- a match agrees by chance with half a known record at most: one bit more than log2(N)
    -3000 AS reject,    -- below this the nearest one agrees with 8 known records by chance, and the record is new
    2000 AS differs,    -- what a group that differs takes: after a change, one group in four is another one
    2 AS apart,         -- bits of the sketch by which the second nearest one must be farther than the nearest
    16384 AS sampled;   -- records of which the weights are made

-- What candidates have in common, and how many known records may have the same value of it. Only those of the
-- first step that gives any are compared. Steps 1 and 2 look for an id that is nearly unique. Step 3 looks
-- for devices that are alike; its bound keeps a new record from being compared with all known ones.
CREATE VIEW kinds AS
    SELECT 'install' AS kind, 1 AS step, 8 AS most
    UNION ALL SELECT 'browser' AS kind, 2 AS step, 8 AS most
    UNION ALL SELECT 'device' AS kind, 3 AS step, 10000 AS most
    UNION ALL SELECT 'drawing' AS kind, 3 AS step, 10000 AS most
    UNION ALL SELECT 'place' AS kind, 3 AS step, 10000 AS most;

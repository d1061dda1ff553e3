-- What is counted over the known records: run after records.sql in the schema `known`.

-- How many there are, N, and log2(N).
CREATE OR REPLACE TABLE total AS
SELECT count(*) AS records, CAST(round(1000 * log2(greatest(count(*), 1))) AS BIGINT) AS bits
FROM records;

-- Keys that too many records have find no candidates.
CREATE OR REPLACE TABLE keys AS
SELECT keys.*
FROM keys
JOIN (SELECT kind, key, count(*) AS records FROM keys GROUP BY ALL) USING (kind, key)
JOIN kinds USING (kind)
WHERE records <= most;

-- The surprisal of each value of each group: log2(N / count).
CREATE OR REPLACE TABLE surprisals AS
SELECT number, value, CAST(round(1000 * log2((SELECT records FROM total) / count(*))) AS BIGINT) AS bits
FROM (SELECT number, groups[number] AS value FROM records, range(1, 15) AS numbers(number))
WHERE value <> 0
GROUP BY number, value;

-- The weight of a group, in thousandths, if another one agrees that says more: the part of its entropy that is
-- left when the other one is known. Pairs of one group with itself give its own entropy.
CREATE OR REPLACE TEMP TABLE sample AS
SELECT groups FROM records ORDER BY id LIMIT (SELECT sampled FROM constants);

CREATE OR REPLACE TEMP TABLE entropies AS
SELECT a, b, sum(records * CAST(round(1000 * log2((SELECT count(*) FROM sample) / records)) AS BIGINT))
    AS entropy
FROM (SELECT a, b, count(*) AS records
    FROM sample, range(1, 15) AS one(a), range(1, 15) AS other(b)
    WHERE a <= b
    GROUP BY a, b, groups[a], groups[b])
GROUP BY a, b;

CREATE OR REPLACE TABLE weights AS
SELECT mine.a AS number, other.a AS given,
    CAST(1000 * least(greatest(pair.entropy - other.entropy, 0), mine.entropy) // mine.entropy AS BIGINT)
        AS weight
FROM entropies AS mine, entropies AS other, entropies AS pair
WHERE mine.a = mine.b AND other.a = other.b
    AND pair.a = least(mine.a, other.a) AND pair.b = greatest(mine.a, other.a)
    AND mine.entropy > 0
    AND (other.entropy > mine.entropy OR other.entropy = mine.entropy AND other.a < mine.a)
-- Alone, a group has its whole weight.
UNION ALL SELECT number, 0, 1000 FROM range(1, 15) AS numbers(number);

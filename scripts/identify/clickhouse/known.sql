-- What is counted over the known records: run after records.sql in the database `known`.

-- How many there are, N, and log2(N).
DROP TABLE IF EXISTS total;
CREATE TABLE total ENGINE = TinyLog AS
SELECT count() AS records, toInt64(round(1000 * log2(greatest(count(), 1)))) AS bits
FROM records;

-- Keys that too many records have find no candidates.
DROP TABLE IF EXISTS rare_keys;
CREATE TABLE rare_keys ENGINE = MergeTree ORDER BY (kind, key) AS
SELECT kind, key, id, family, system, version, words, step
FROM keys
ANY INNER JOIN (
    SELECT kind, key, step
    FROM (SELECT kind, key, count() AS records FROM keys GROUP BY kind, key)
    ANY INNER JOIN kinds USING (kind)
    WHERE records <= most
) USING (kind, key);
DROP TABLE keys;
RENAME TABLE rare_keys TO keys;

-- The surprisal of each value of each group: log2(N / count).
DROP TABLE IF EXISTS surprisals;
CREATE TABLE surprisals ENGINE = MergeTree ORDER BY (number, value) AS
SELECT number, value, toInt64(round(1000 * log2((SELECT records FROM total) / count()))) AS bits
FROM (SELECT number, value FROM records ARRAY JOIN groups AS value, arrayEnumerate(groups) AS number)
WHERE value != 0
GROUP BY number, value;

-- The weight of a group, in thousandths, if another one agrees that says more: the part of its entropy that is
-- left when the other one is known. Pairs of one group with itself give its own entropy.
DROP TABLE IF EXISTS sample;
CREATE TABLE sample ENGINE = Memory AS
SELECT groups
FROM (SELECT groups, rowNumberInAllBlocks() AS row FROM (SELECT groups FROM records ORDER BY id))
WHERE row < (SELECT sampled FROM constants);

DROP TABLE IF EXISTS entropies;
CREATE TABLE entropies ENGINE = Memory AS
SELECT a, b, sum(records * toInt64(round(1000 * log2((SELECT count() FROM sample) / records)))) AS entropy
FROM (
    SELECT a, b, count() AS records
    FROM (
        SELECT a, b, one, groups[b] AS other
        FROM (SELECT groups, a, one FROM sample ARRAY JOIN arrayEnumerate(groups) AS a, groups AS one)
        ARRAY JOIN arrayEnumerate(groups) AS b
        WHERE a <= b
    )
    GROUP BY a, b, one, other
)
GROUP BY a, b;

DROP TABLE IF EXISTS weights;
CREATE TABLE weights ENGINE = MergeTree ORDER BY number AS
SELECT number, given, toInt64(intDiv(1000 * least(greatest(both - other, 0), mine), mine)) AS weight
FROM (
    SELECT number, given, both, mine, other
    FROM (
        SELECT number, given, both, mine
        FROM (
            SELECT a AS number, b AS given, entropy AS both FROM entropies WHERE a != b
            UNION ALL SELECT b AS number, a AS given, entropy AS both FROM entropies WHERE a != b
        )
        ANY INNER JOIN (SELECT a AS number, entropy AS mine FROM entropies WHERE a = b) USING (number)
    )
    ANY INNER JOIN (SELECT a AS given, entropy AS other FROM entropies WHERE a = b) USING (given)
)
WHERE mine > 0 AND (other > mine OR other = mine AND given < number)
-- Alone, a group has its whole weight.
UNION ALL SELECT number, toUInt32(0) AS given, toInt64(1000) AS weight
FROM (SELECT toUInt32(number + 1) AS number FROM system.numbers LIMIT 14);

DROP TABLE sample;
DROP TABLE entropies;

-- A line for each record of the database `visits`: is it one of the database `known`? A subquery on the right of
-- a JOIN is held in memory.

-- Steps (a) and (b): known records that have a key in common with a new one, and that the facts allow. Distance
-- is the number of bits of the sketches that differ: ones are counted in parts of 2, 4 and 8 bits, and modulo
-- 255 adds 8 parts.
DROP TABLE IF EXISTS candidates;
CREATE TABLE candidates ENGINE = MergeTree ORDER BY (visit, step) AS
SELECT DISTINCT visit, known, step,
    arraySum(arrayMap(x -> toUInt16(x % 255),
        arrayMap(x -> bitAnd(x, 0x0f0f0f0f0f0f0f0f) + bitAnd(bitShiftRight(x, 4), 0x0f0f0f0f0f0f0f0f),
        arrayMap(x -> bitAnd(x, 0x3333333333333333) + bitAnd(bitShiftRight(x, 2), 0x3333333333333333),
        arrayMap(x -> bitAnd(x, 0x5555555555555555) + bitAnd(bitShiftRight(x, 1), 0x5555555555555555),
        arrayMap((x, y) -> bitXor(x, y), words, visit_words)))))) AS distance
FROM (SELECT kind, key, id AS known, family, system, version, words, step FROM known.keys)
ALL INNER JOIN (
    SELECT kind, key, id AS visit, family AS visit_family, system AS visit_system, version AS visit_version,
        words AS visit_words
    FROM visits.keys
) USING (kind, key)
WHERE visit_family = family AND visit_system = system
    AND (visit_version = -1 OR version = -1 OR visit_version >= version);

-- The nearest one, and how much farther the second nearest is; -1 without a second.
DROP TABLE IF EXISTS nearest;
CREATE TABLE nearest ENGINE = MergeTree ORDER BY visit AS
SELECT visit, ids[1] AS known, steps[1] AS step, distances[1] AS distance,
    if(length(ids) = 2 AND steps[1] = steps[2], toInt32(distances[2]) - toInt32(distances[1]), -1) AS margin
FROM (
    SELECT visit, groupArray(known) AS ids, groupArray(step) AS steps, groupArray(distance) AS distances
    FROM (SELECT * FROM candidates ORDER BY visit, step, distance, known LIMIT 2 BY visit)
    GROUP BY visit
);

-- Step (c): the surprisal of the groups that agree, each as far as no other one that agrees has it too.
DROP TABLE IF EXISTS compared;
CREATE TABLE compared ENGINE = MergeTree ORDER BY visit AS
SELECT visit, number, value, value = other AS agrees
FROM (
    SELECT visit, known_groups, groups
    FROM (SELECT known, visit, groups AS known_groups
        FROM (SELECT id AS known, groups FROM known.records)
        ALL INNER JOIN (SELECT known, visit FROM nearest) USING (known))
    ANY INNER JOIN (SELECT id AS visit, groups FROM visits.records) USING (visit)
)
ARRAY JOIN arrayEnumerate(groups) AS number, groups AS value, known_groups AS other
WHERE value != 0 OR other != 0;

DROP TABLE IF EXISTS scores;
CREATE TABLE scores ENGINE = MergeTree ORDER BY visit AS
SELECT visit, sum(points) - (SELECT bits FROM known.total) AS score
FROM (
    SELECT visit, number, intDiv(any(bits) * min(weight), 1000) AS points
    FROM (
        SELECT visit, number, bits, weight, given
        FROM (
            SELECT visit, number, bits
            FROM (SELECT visit, number, value FROM compared WHERE agrees)
            ANY INNER JOIN (SELECT number, value, bits FROM known.surprisals) USING (number, value)
        )
        ALL INNER JOIN (SELECT number, given, weight FROM known.weights) USING (number)
    )
    ANY LEFT JOIN (SELECT visit, number AS given, 1 AS given_agrees FROM compared WHERE agrees)
        USING (visit, given)
    WHERE given = 0 OR given_agrees = 1
    GROUP BY visit, number
    UNION ALL
    SELECT visit, number, -(SELECT differs FROM known.constants) AS points FROM compared WHERE NOT agrees
)
GROUP BY visit;

-- Step (d): a tie is ambiguous.
SELECT id, decision,
    if(decision = 'new', NULL, nearest_id) AS known,
    if(number = 0, NULL, ['install', 'browser', 'sketch'][number]) AS step,
    if(number = 0, NULL, points) AS score,
    if(number = 0, NULL, bits) AS distance,
    if(farther = -1, NULL, farther) AS margin
FROM (
    SELECT id, nearest_id, number, points, bits, if(number = 0, -1, gap) AS farther,
        multiIf(number = 0 OR points < (SELECT reject FROM known.constants), 'new',
            points >= (SELECT accept FROM known.constants)
                AND (farther = -1 OR farther >= (SELECT apart FROM known.constants)), 'match',
            'ambiguous') AS decision
    FROM (
        SELECT id, nearest_id, number, bits, gap
        FROM (SELECT id FROM visits.records)
        ANY LEFT JOIN (
            SELECT visit AS id, known AS nearest_id, step AS number, distance AS bits, margin AS gap FROM nearest
        ) USING (id)
    )
    ANY LEFT JOIN (SELECT visit AS id, score AS points FROM scores) USING (id)
)
ORDER BY id
FORMAT TabSeparatedWithNames;

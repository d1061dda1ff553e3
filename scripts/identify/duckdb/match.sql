-- A line for each record of the schema `visits`: is it one of the schema `known`?

-- Steps (a) and (b): known records that have a key in common with a new one, and that the facts allow. Distance
-- is the number of bits of the sketches that differ.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT DISTINCT visit.id AS visit, known.id AS known, step,
    bit_count(xor(visit.words[1], known.words[1]))::INTEGER + bit_count(xor(visit.words[2], known.words[2])) +
        bit_count(xor(visit.words[3], known.words[3])) + bit_count(xor(visit.words[4], known.words[4]))
        AS distance
FROM visits.keys AS visit
JOIN known.keys AS known USING (kind, key)
JOIN known.kinds USING (kind)
WHERE visit.family = known.family AND visit.system = known.system
    AND coalesce(visit.version >= known.version, true);

-- The nearest one, and how much farther the second nearest is.
CREATE OR REPLACE TEMP TABLE nearest AS
SELECT visit, near[1].known AS known, near[1].distance AS distance, near[1].step AS step,
    CASE WHEN near[2].step = near[1].step THEN near[2].distance - near[1].distance END AS margin
FROM (SELECT visit, min({step: step, distance: distance, known: known}, 2) AS near
    FROM candidates
    GROUP BY visit);

-- Step (c): the surprisal of the groups that agree, each as far as no other one that agrees has it too.
CREATE OR REPLACE TEMP TABLE compared AS
SELECT visit, number, visit.groups[number] AS value, visit.groups[number] = known.groups[number] AS agrees
FROM nearest
JOIN visits.records AS visit ON visit.id = nearest.visit
JOIN known.records AS known ON known.id = nearest.known,
range(1, 15) AS numbers(number)
WHERE visit.groups[number] <> 0 OR known.groups[number] <> 0;

CREATE OR REPLACE TEMP TABLE scores AS
SELECT visit, CAST(sum(bits) AS BIGINT) - (SELECT bits FROM known.total) AS score
FROM (
    SELECT mine.visit, mine.number, any_value(bits) * min(weight) // 1000 AS bits
    FROM compared AS mine
    JOIN known.surprisals USING (number, value)
    JOIN known.weights USING (number)
    LEFT JOIN compared AS other ON other.visit = mine.visit AND other.number = given AND other.agrees
    WHERE mine.agrees AND (given = 0 OR other.number IS NOT NULL)
    GROUP BY mine.visit, mine.number
    UNION ALL
    SELECT visit, number, -(SELECT differs FROM known.constants) FROM compared WHERE NOT agrees)
GROUP BY visit;

-- Step (d): a tie is ambiguous.
SELECT id, decision, CASE WHEN decision <> 'new' THEN known END AS known,
    CASE step WHEN 1 THEN 'install' WHEN 2 THEN 'browser' WHEN 3 THEN 'sketch' END AS step, score, distance, margin
FROM (
    SELECT records.id, known, step, score, distance, margin,
        CASE WHEN score IS NULL OR score < reject THEN 'new'
            WHEN score >= accept AND coalesce(margin >= apart, true) THEN 'match'
            ELSE 'ambiguous' END AS decision
    FROM visits.records
    LEFT JOIN nearest ON nearest.visit = records.id
    LEFT JOIN scores ON scores.visit = records.id,
    known.constants)
ORDER BY id;

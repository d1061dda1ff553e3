-- The table `records`, from the table `vectors` of the same database: what identification reads of each record.
-- Records that are the same count once. Those without an id, and different ones with one id, are not used. And
-- the table `keys`, by which candidates are found. No column is Nullable: '', 0 and a version of -1 are none.

DROP TABLE IF EXISTS every_record;
CREATE TABLE every_record ENGINE = MergeTree ORDER BY id AS
SELECT DISTINCT assumeNotNull(id) AS id,
    ifNull(toString(`ids.install`), '') AS install,
    ifNull(toString(`ids.browser`), '') AS browser,
    ifNull(toString(`ids.device`), '') AS device,
    ifNull(`facts.browser.family`, '') AS family,
    ifNull(`facts.os.family`, '') AS system,
    if(match(ifNull(`facts.browser.major`, ''), '^[0-9]{1,9}$'), toInt32OrZero(ifNull(`facts.browser.major`, '')), -1)
        AS version,
    -- The groups whose signals are of the tiers device and install.
    arrayMap(digits -> reinterpretAsUInt64(reverse(unhex(ifNull(toString(digits), '')))),
        [`groups.hardware`, `groups.languages`, `groups.memory`, `groups.keyboard`,
        `groups.clienthints`, `groups.fonts`, `groups.canvas`, `groups.webgl`, `groups.webgl2`,
        `groups.webgpu`, `groups.audio`, `groups.timezone`, `groups.phone`, `groups.phone.install`]) AS groups,
    -- The four words of the sketch.
    arrayMap(digits -> reinterpretAsUInt64(reverse(unhex(digits))), splitByChar(',', sketch)) AS words
FROM (SELECT * FROM vectors WHERE isNotNull(id));

DROP TABLE IF EXISTS records;
CREATE TABLE records ENGINE = MergeTree ORDER BY id AS
SELECT * FROM every_record
WHERE id NOT IN (SELECT id FROM every_record GROUP BY id HAVING count() > 1);
DROP TABLE every_record;

-- Each key of a record, with what of the record is compared first. A sketch of zeros is as near to all that have
-- few bits, so it gives no key of step 3.
DROP TABLE IF EXISTS keys;
CREATE TABLE keys ENGINE = MergeTree ORDER BY (kind, key) AS
SELECT kind, key, id, family, system, version, words
FROM (
    SELECT id, family, system, version, words, kind, key
    FROM records
    ARRAY JOIN ['install', 'browser', 'device', 'drawing', 'place'] AS kind,
        [install, browser,
            if(arrayExists(word -> word != 0, words), device, ''),
            if(arrayExists(word -> word != 0, words) AND groups[1] != 0 AND groups[8] != 0,
                concat(toString(groups[1]), ' ', toString(groups[8])), ''),
            if(arrayExists(word -> word != 0, words) AND groups[12] != 0 AND groups[2] != 0,
                concat(toString(groups[12]), ' ', toString(groups[2])), '')] AS key
)
WHERE key != '';

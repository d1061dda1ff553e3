-- The table `records`, from the table `vectors` of the same schema: what identification reads of each record.
-- Records that are the same count once. Those without an id, and different ones with one id, are not used. And
-- the table `keys`, by which candidates are found.

CREATE OR REPLACE TABLE records AS
SELECT DISTINCT id,
    "ids.install" AS install, "ids.browser" AS browser, "ids.device" AS device,
    coalesce("facts.browser.family", '') AS family,
    coalesce("facts.os.family", '') AS system,
    CASE WHEN regexp_full_match("facts.browser.major", '[0-9]{1,9}') THEN CAST("facts.browser.major" AS INTEGER) END
        AS version,
    -- The groups whose signals are of the tiers device and install; 0 is none.
    list_transform(["groups.hardware", "groups.languages", "groups.memory", "groups.keyboard",
        "groups.clienthints", "groups.fonts", "groups.canvas", "groups.webgl", "groups.webgl2",
        "groups.webgpu", "groups.audio", "groups.timezone", "groups.phone", "groups.phone.install"],
        lambda digits: coalesce(CAST('0x' || digits AS UBIGINT), 0)) AS groups,
    -- The four words of the sketch.
    list_transform(string_split(sketch, ','), lambda digits: CAST('0x' || digits AS UBIGINT)) AS words
FROM vectors
WHERE id IS NOT NULL;

DELETE FROM records WHERE id IN (SELECT id FROM records GROUP BY id HAVING count(*) > 1);

-- Each key of a record, with what of the record is compared first. A sketch of zeros is as near to all that have
-- few bits, so it gives no key of step 3.
CREATE OR REPLACE TABLE keys AS
SELECT kind, key, id, family, system, version, words
FROM (
    SELECT *, unnest(['install', 'browser', 'device', 'drawing', 'place']) AS kind,
        unnest([install, browser,
            CASE WHEN list_sum(words) <> 0 THEN device END,
            CASE WHEN list_sum(words) <> 0 AND groups[1] <> 0 AND groups[8] <> 0
                THEN groups[1] || ' ' || groups[8] END,
            CASE WHEN list_sum(words) <> 0 AND groups[12] <> 0 AND groups[2] <> 0
                THEN groups[12] || ' ' || groups[2] END]) AS key
    FROM records)
WHERE key IS NOT NULL;

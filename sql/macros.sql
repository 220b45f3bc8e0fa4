-- What models call by name: said once, expanded where it is called (by DuckDB when it binds, for Spark by sql/macros.py).
-- Here belong the shape of a fact and the limits of national law that rules name in their own text (docs/policy.md, "What stays in
-- SQL"): no place may set them, so they are no policy figures. Not here: macros that need the installation's key (connection.py).

-- Months from one date to another by the calendar, days left out of account.
CREATE OR REPLACE TEMP MACRO calendar_months(a, b) AS 12 * (year(b) - year(a)) + month(b) - month(a);

-- Full years of life on a day. 29 February counts on 1 March: on 28 February 228 < 229, so the year is not yet full.
CREATE OR REPLACE TEMP MACRO age_on(birth, day) AS CAST(year(day) - year(birth)
    - CASE WHEN 100 * month(day) + day(day) < 100 * month(birth) + day(birth) THEN 1 ELSE 0 END AS INTEGER);

-- A minor is under 18, an adult is not: Civil Code (民法典) art. 17.
CREATE OR REPLACE TEMP MACRO is_minor(birth, day) AS age_on(birth, day) < 18;
CREATE OR REPLACE TEMP MACRO is_adult(birth, day) AS age_on(birth, day) >= 18;

-- An elder is 60 or older: Law on the Protection of the Rights of the Elderly (老年人权益保障法) art. 2.
CREATE OR REPLACE TEMP MACRO is_elder(birth, day) AS age_on(birth, day) >= 60;

-- Age groups in which error rates and fairness are published: minors, adults, elders, and those of 80 and older (高龄).
CREATE OR REPLACE TEMP MACRO age_group(birth, day) AS CASE
    WHEN birth IS NULL THEN 'unknown'
    WHEN is_minor(birth, day) THEN '0-17'
    WHEN NOT is_elder(birth, day) THEN '18-59'
    WHEN age_on(birth, day) < 80 THEN '60-79'
    ELSE '80+'
END;

-- Of working age: 16 is the earliest age of work (Labour Law, 劳动法 art. 15), 60 that of an elder.
CREATE OR REPLACE TEMP MACRO is_of_working_age(birth, day) AS age_on(birth, day) BETWEEN 16 AND 59;

-- An infant is under 3: who cares for one cannot work meanwhile (国办发〔2019〕15号, care of infants under 3).
CREATE OR REPLACE TEMP MACRO is_infant(birth, day) AS age_on(birth, day) < 3;

-- Half or more of a dwelling, in percent: it is the household's (rules.md 6).
CREATE OR REPLACE TEMP MACRO is_held(percent) AS percent >= 50;

-- How far an amount is over its line, in bands: a finding is the same finding while its amount stays in one.
CREATE OR REPLACE TEMP MACRO band_over(amount, line) AS CASE
    WHEN amount <= 1.2 * line THEN '0-20'
    WHEN amount <= 1.5 * line THEN '20-50'
    WHEN amount <= 2 * line THEN '50-100'
    ELSE '100+'
END;

-- Of the columns asked for, those that were delivered in a row and could not be read: null there is not "none" (rules.md 6).
CREATE OR REPLACE TEMP MACRO unread_of(unreadable, asked) AS CASE
    WHEN len(unreadable) > 0 THEN list_filter(asked, lambda named: list_contains(unreadable, named))
    ELSE CAST([] AS VARCHAR [])
END;

-- A fact: one delivered row as a ground rests on it. `what` says what of the row counts, `day` when it was, `can_end` whether a later
-- delivery could say that it holds no more. `by_number` is null for the person's own row, which is surer than any link: where a link
-- decides, coalesce it to FALSE. `unread` names the columns that would have said whether it holds, and could not be read: no ground that
-- rests on it is red.
CREATE OR REPLACE TEMP MACRO fact_of(
    source, record_no, snapshot_date, decision, by_number, probability, what, day, amount := NULL, detail := NULL, can_end := FALSE,
    unread := []
) AS {
    'source': source,
    'record_no': record_no,
    'snapshot_date': snapshot_date,
    'on': day,
    'amount': CAST(amount AS DECIMAL(14, 2)),
    'what': what,
    'detail': CAST(detail AS VARCHAR),
    'decision': decision,
    'by_number': by_number,
    'probability': probability,
    'can_end': can_end,
    'unread': CAST(unread AS VARCHAR [])
};

-- A small reading of rules.md on true people. Tables of the truth are views; `night` is a variable.
CREATE MACRO months(a, b) AS 12 * (year(b) - year(a)) + month(b) - month(a);
CREATE MACRO age_on(birth, day) AS
  year(day) - year(birth) - CASE WHEN (month(day), day(day)) < (month(birth), day(birth)) THEN 1 ELSE 0 END;
CREATE TEMP TABLE n AS
SELECT
  getvariable('night') AS night,
  date_trunc('month', getvariable('night'))::DATE AS this_month,
  (date_trunc('month', getvariable('night')) - INTERVAL 12 MONTH)::DATE AS m1,
  (date_trunc('month', getvariable('night')) - INTERVAL 3 MONTH)::DATE AS m10,
  (getvariable('night') - INTERVAL 1 YEAR)::DATE AS year_ago;

CREATE TEMP TABLE dead AS
SELECT pid, coalesce(min(died_on) FILTER (own), min(died_on)) AS died_on
FROM (
  SELECT pid, died_on, TRUE AS own FROM deaths
  UNION ALL
  SELECT pid, status_date, FALSE FROM household_registry WHERE status = 'death_cancelled'
)
GROUP BY pid;

-- One row a person: the booklet he is in first.
CREATE TEMP TABLE reg AS
SELECT
  r.pid, r.birth_date, r.household_no, r.relation, r.marital_status, r.hukou_type, r.status,
  r.status = 'normal' AND d.pid IS NULL AS present,
  age_on(r.birth_date, n.night) AS age,
  age_on(strptime(substr(p.id_number, 7, 8), '%Y%m%d')::DATE, n.night) AS number_age,
  age_on(r.birth_date, n.this_month - 1) AS age_before
FROM household_registry AS r
CROSS JOIN n
INNER JOIN persons AS p USING (pid)
LEFT JOIN dead AS d ON d.pid = r.pid
QUALIFY row_number() OVER (PARTITION BY r.pid ORDER BY r.status <> 'normal', r.relation = '90', r.record_no) = 1;

CREATE TEMP TABLE custody AS
SELECT pid, min(from_date) AS from_date, max(to_date) AS to_date
FROM inmates CROSS JOIN n
WHERE from_date <= night AND (to_date IS NULL OR to_date >= night)
GROUP BY pid;

CREATE TEMP TABLE cert AS
SELECT
  c.pid,
  bool_or(valid AND level <= 2) AS grave,
  bool_or(valid AND (level <= 2 OR level = 3 AND class IN ('5', '6'))) AS severe,
  bool_or(valid AND (level <= 2 OR class IN ('5', '6'))) AS unable,
  bool_or(valid) AS valid,
  min(issued_on) FILTER (valid AND level <= 2) AS grave_since
FROM (
  SELECT
    pid, issued_on, disability_class AS class, disability_level::INTEGER AS level,
    status = 'valid' AND issued_on <= night AND (expires_on IS NULL OR expires_on >= night) AS valid
  FROM disability_certificates CROSS JOIN n
) AS c
GROUP BY c.pid;

CREATE TEMP TABLE roll AS
SELECT
  a.*, a.status IN ('applying', 'active', 'tapering', 'suspended') AS open,
  a.covered AND a.role <> 'supporter' AND a.status IN ('active', 'tapering') AS paid,
  a.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure') AS household
FROM assistance_roll AS a;

CREATE TEMP TABLE allowed AS
SELECT DISTINCT pid
FROM roll CROSS JOIN n
WHERE household AND open AND authorized_on <= night AND (authorized_until IS NULL OR authorized_until >= night);

-- Couples: of one booklet, or whose newest event is one wedding.
CREATE TEMP TABLE event AS
SELECT * FROM (
  SELECT pid, pid2 AS other, event, event_date FROM marriages
  UNION ALL
  SELECT pid2, pid, event, event_date FROM marriages
)
QUALIFY row_number() OVER (PARTITION BY pid ORDER BY event_date DESC, event DESC) = 1;

CREATE TEMP TABLE spouse AS
SELECT DISTINCT s.pid, s.other
FROM (
  SELECT e.pid, e.other FROM event AS e
  INNER JOIN event AS o ON o.pid = e.other AND o.other = e.pid
  WHERE e.event = 'marriage' AND o.event = 'marriage'
  UNION ALL
  SELECT a.pid, b.pid FROM reg AS a
  INNER JOIN reg AS b ON b.household_no = a.household_no
  WHERE
    (a.relation, b.relation) IN (('01', '10'), ('10', '01'))
    AND a.marital_status NOT IN ('divorced', 'widowed') AND b.marital_status NOT IN ('divorced', 'widowed')
    AND a.pid NOT IN (SELECT pid FROM event WHERE event = 'divorce')
    AND b.pid NOT IN (SELECT pid FROM event WHERE event = 'divorce')
) AS s
WHERE s.pid NOT IN (SELECT pid FROM dead) AND s.other NOT IN (SELECT pid FROM dead);

-- Case households.
CREATE TEMP TABLE kase AS
SELECT
  case_no, program, min(start_date) AS start_date, bool_or(paid) AS paid, sum(monthly_amount) FILTER (paid) AS total,
  count(DISTINCT pid) FILTER (covered) AS covered_people, min(pid) FILTER (covered) AS one,
  sum(declared_monthly_income) AS declared
FROM roll
WHERE household AND open AND role <> 'supporter'
GROUP BY ALL;

CREATE TEMP TABLE one_person AS
SELECT k.case_no, k.one AS pid FROM kase AS k
INNER JOIN cert AS c ON c.pid = k.one AND c.severe
WHERE k.program = 'dibao' AND k.covered_people = 1;

CREATE TEMP TABLE on_case AS
SELECT DISTINCT r.case_no, r.pid, r.covered, r.covered OR r.role = 'applicant' AS asks, TRUE AS declared
FROM roll AS r WHERE household AND open AND role <> 'supporter';

CREATE TEMP TABLE member AS
SELECT case_no, pid, bool_or(declared) AS declared, bool_or(covered) AS covered
FROM (
  SELECT case_no, pid, covered, declared FROM on_case
  UNION ALL
  SELECT o.case_no, s.other, FALSE, FALSE FROM on_case AS o
  INNER JOIN spouse AS s ON s.pid = o.pid
  WHERE o.case_no NOT IN (SELECT case_no FROM one_person) AND o.asks
  UNION ALL
  SELECT o.case_no, c.pid, FALSE, FALSE FROM on_case AS o
  INNER JOIN reg AS h ON h.pid = o.pid AND h.relation IN ('01', '10')
  INNER JOIN reg AS c ON c.household_no = h.household_no AND c.relation IN ('20', '30') AND c.age < 18 AND c.present
  WHERE o.case_no NOT IN (SELECT case_no FROM one_person)
)
GROUP BY ALL;

-- Units: cases and booklets.
CREATE TEMP TABLE unit AS
SELECT m.case_no AS unit, m.case_no, k.program, m.pid, m.declared,
  m.pid NOT IN (SELECT pid FROM dead) AND m.pid NOT IN (SELECT pid FROM custody) AS counted
FROM member AS m INNER JOIN kase AS k USING (case_no)
WHERE m.case_no NOT IN (SELECT case_no FROM one_person)
UNION ALL
SELECT o.case_no, o.case_no, 'dibao', r.pid, TRUE, r.present
FROM one_person AS o INNER JOIN reg AS me ON me.pid = o.pid
INNER JOIN reg AS r ON r.household_no = me.household_no AND r.present
UNION ALL
SELECT r.household_no, NULL, NULL, r.pid, TRUE, r.present AND r.pid NOT IN (SELECT pid FROM custody)
FROM reg AS r WHERE r.pid NOT IN (SELECT pid FROM member);

-- The ledger.
CREATE TEMP TABLE month AS
SELECT (m1 + to_months(k::INTEGER))::DATE AS month FROM n, range(12) AS t(k);
CREATE TEMP TABLE ledger AS
SELECT t.pid, t.period AS month, 'low' AS est,
  CASE WHEN income_item IN ('wages', 'labour', 'royalties') THEN (gross_amount - coalesce(tax_amount, 0)) * 0.9
  ELSE gross_amount END AS amount, income_item IN ('wages', 'labour', 'royalties') AS wage
FROM tax_income AS t CROSS JOIN n
WHERE income_item NOT IN ('transfer', 'incidental') AND period >= m1 AND period < this_month AND pid IN (SELECT pid FROM allowed)
UNION ALL
SELECT s.pid, m.month, 'low',
  CASE WHEN scheme = 'resident_pension' THEN greatest(0, monthly_amount - 150) ELSE monthly_amount END, FALSE
FROM social_insurance AS s
INNER JOIN month AS m ON s.from_month <= m.month AND (s.to_month IS NULL OR s.to_month >= m.month)
WHERE scheme IN ('employee_pension', 'resident_pension', 'unemployment_benefit');
INSERT INTO ledger
SELECT p.pid, m.month, 'likely', p.monthly_salary, FALSE
FROM public_payroll AS p INNER JOIN month AS m ON date_trunc('month', p.from_date) <= m.month
WHERE p.status = 'in_post' AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.wage AND l.pid = p.pid AND l.month = m.month);
-- What legal supporters could pay stands on the applicant.
CREATE TEMP TABLE support AS
SELECT r.case_no, r.pid, greatest(0, coalesce(l.amount, 0) / 12 - 1500) * 0.2 AS amount
FROM roll AS r
INNER JOIN reg AS g ON g.pid = r.pid AND g.age < 60
LEFT JOIN (SELECT pid, sum(amount) AS amount FROM ledger GROUP BY pid) AS l ON l.pid = r.pid
WHERE r.open AND r.household AND r.role = 'supporter' AND r.pid NOT IN (
  SELECT pid FROM roll WHERE open AND role <> 'supporter' AND program IN ('dibao', 'tekun', 'marginal')
);
INSERT INTO ledger
SELECT r.pid, m.month, 'likely', s.amount, FALSE
FROM support AS s INNER JOIN roll AS r ON r.case_no = s.case_no AND r.role = 'applicant' CROSS JOIN month AS m
WHERE s.amount > 0;
INSERT INTO ledger
SELECT s.pid, m.month, 'high', s.monthly_amount, FALSE
FROM social_insurance AS s
INNER JOIN month AS m ON s.from_month <= m.month AND (s.to_month IS NULL OR s.to_month >= m.month)
WHERE scheme = 'employee_contribution' AND employer_name IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.wage AND l.pid = s.pid AND l.month = m.month);

CREATE TEMP TABLE first_wage AS
SELECT pid, min(period) AS first_month FROM tax_income
WHERE income_item IN ('wages', 'labour', 'royalties') AND pid IN (SELECT pid FROM allowed) GROUP BY pid;

CREATE TEMP TABLE income AS
SELECT
  u.unit, u.case_no, u.program, count(DISTINCT u.pid) AS heads,
  coalesce(sum(amount) FILTER (est = 'low'), 0) / 12 AS low12,
  coalesce(sum(amount) FILTER (est = 'low' AND month >= m10), 0) / 3 AS low3,
  coalesce(sum(amount) FILTER (est IN ('low', 'likely')), 0) / 12 AS likely12,
  coalesce(sum(amount) FILTER (est IN ('low', 'likely') AND month >= m10), 0) / 3 AS likely3,
  coalesce(sum(amount), 0) / 12 AS high12,
  coalesce(sum(amount) FILTER (est = 'low' AND NOT (wage AND w.first_month > (this_month - INTERVAL 7 MONTH))), 0) / 12 AS old12,
  coalesce(sum(amount) FILTER (est = 'low' AND month >= m10 AND NOT (wage AND w.first_month > (this_month - INTERVAL 7 MONTH))), 0) / 3 AS old3
FROM unit AS u CROSS JOIN n
LEFT JOIN ledger AS l ON l.pid = u.pid
LEFT JOIN first_wage AS w ON w.pid = u.pid
WHERE u.counted
GROUP BY ALL;

CREATE TEMP TABLE dwelling AS
SELECT u.unit, e.place, sum(e.share) AS share, bool_or(e.unknown) AS unknown
FROM unit AS u
INNER JOIN (
  SELECT pid, coalesce(share_percent, 0) AS share, share_percent IS NULL AS unknown, address AS place
  FROM real_estate WHERE usage IN ('residential', 'homestead') AND cancelled_on IS NULL
) AS e ON e.pid = u.pid
WHERE u.counted
GROUP BY ALL;

CREATE TEMP TABLE car AS
SELECT u.unit, v.*, count(*) FILTER (v.usage = 'commercial') OVER (PARTITION BY u.unit) AS trade
FROM vehicles AS v INNER JOIN unit AS u ON u.pid = v.pid AND u.counted
WHERE v.status = 'normal' AND v.vehicle_class IN ('car', 'truck', 'bus');

CREATE TEMP TABLE means AS
SELECT DISTINCT unit FROM car
UNION
SELECT unit FROM dwelling WHERE share >= 50 GROUP BY unit HAVING count(*) > 1
UNION
SELECT u.unit FROM unit AS u INNER JOIN business_registrations AS b ON b.pid = u.pid
WHERE b.status = 'operating' AND b.entity_type <> 'cooperative'
  AND (b.role IN ('legal_representative', 'operator') OR b.subscribed_capital >= 100000)
UNION
SELECT u.unit FROM unit AS u INNER JOIN public_payroll AS p ON p.pid = u.pid WHERE p.status = 'in_post';

CREATE TEMP TABLE bills AS
SELECT u.unit, u.case_no, sum(m.self_paid_in_scope) AS paid
FROM unit AS u INNER JOIN medical_settlements AS m ON m.pid = u.pid CROSS JOIN n
WHERE m.settled_on > year_ago AND m.settled_on <= night
GROUP BY ALL;

CREATE TEMP TABLE applied AS SELECT DISTINCT pid, program FROM roll WHERE open AND role <> 'supporter';
CREATE TEMP TABLE paid AS SELECT DISTINCT pid, program FROM roll WHERE paid;

CREATE TEMP TABLE found (rule_id VARCHAR, case_no VARCHAR, pid BIGINT, severity VARCHAR);


-- X01 to X20 on the tables of oracle.sql: who should not be on it.
CREATE TEMP TABLE life AS
SELECT pid, settled_on AS day FROM medical_settlements
UNION ALL SELECT pid, period FROM tax_income WHERE income_item = 'wages' AND pid IN (SELECT pid FROM allowed)
UNION ALL SELECT pid, first_registered_on FROM vehicles
UNION ALL SELECT pid, registered_on FROM business_registrations
UNION ALL SELECT pid, registered_on FROM real_estate WHERE usage IN ('residential', 'homestead');
-- X01
INSERT INTO found
SELECT 'X01', r.case_no, r.pid,
  CASE
    WHEN EXISTS (SELECT 1 FROM life AS m WHERE m.pid = r.pid AND m.day > d.died_on + 30)
      OR r.program IN ('marginal', 'rigid_expenditure') THEN 'yellow'
    WHEN r.program = 'dibao' AND months(d.died_on, n.night) <= 3 AND EXISTS (
      SELECT 1 FROM roll AS o WHERE o.case_no = r.case_no AND o.paid AND o.pid NOT IN (SELECT pid FROM dead)
    ) THEN 'yellow'
    ELSE 'red'
  END
FROM roll AS r INNER JOIN dead AS d ON d.pid = r.pid CROSS JOIN n
WHERE r.paid AND r.program NOT IN ('temporary_relief', 'medical_assistance') AND months(d.died_on, n.night) >= 1;
-- X02
INSERT INTO found
SELECT 'X02', r.case_no, r.pid, CASE r.program WHEN 'tekun' THEN 'red' ELSE 'yellow' END
FROM roll AS r SEMI JOIN custody AS c ON c.pid = r.pid
WHERE r.paid AND r.program IN ('tekun', 'dibao', 'marginal', 'rigid_expenditure', 'disability_living', 'disability_nursing');
-- X03
INSERT INTO found
SELECT 'X03', case_no, NULL,
  CASE
    WHEN low12 > 1.1 * line AND low3 > 1.1 * line
      AND NOT (old12 <= line AND old3 <= line) THEN 'red'
    ELSE 'yellow'
  END
FROM (
  SELECT
    i.case_no, low12 / heads AS low12, low3 / heads AS low3, likely12 / heads AS likely12, likely3 / heads AS likely3,
    old12 / heads AS old12, old3 / heads AS old3,
    CASE
      WHEN i.program = 'marginal' OR i.case_no IN (SELECT case_no FROM one_person) THEN 1125
      WHEN i.program = 'rigid_expenditure' THEN 3000
      ELSE 750
    END AS line
  FROM income AS i INNER JOIN kase AS k ON k.case_no = i.case_no AND k.paid
)
WHERE greatest(low12, low3, likely12, likely3) > line;
-- X04, a foreign balance at seven yuan
INSERT INTO found
SELECT 'X04', case_no, NULL, CASE WHEN now > line AND mean > line THEN 'red' ELSE 'yellow' END
FROM (
  SELECT
    u.case_no, 18000 * count(DISTINCT u.pid) AS line,
    coalesce(sum(a.balance) FILTER (home), 0) AS now,
    coalesce(sum(coalesce(a.mean, a.balance)) FILTER (home), 0) AS mean,
    7 * coalesce(sum(a.balance) FILTER (NOT home), 0) AS abroad,
    coalesce(bool_or(a.over_limit), FALSE) AS flag
  FROM unit AS u
  INNER JOIN kase AS k ON k.case_no = u.case_no AND k.paid
  LEFT JOIN (
    SELECT pid, balance, average_balance_12m AS mean, over_limit, coalesce(currency, 'CNY') = 'CNY' AS home
    FROM bank_accounts
    UNION ALL
    SELECT pid, market_value, NULL, NULL, TRUE FROM financial_products
  ) AS a ON a.pid = u.pid AND u.pid IN (SELECT pid FROM allowed)
  WHERE u.counted
  GROUP BY u.case_no
)
WHERE now > line OR mean > line OR flag OR abroad > 0 AND greatest(now, mean) + abroad > line;
-- X05
INSERT INTO found
SELECT 'X05', c.unit, NULL,
  max(CASE
    WHEN c.purchase_price >= 50000 AND c.first_registered_on > night - INTERVAL 10 YEAR
      AND NOT (c.usage = 'commercial' AND c.trade = 1) THEN 'y_red'
    ELSE 'x_yellow'
  END)[3:]
FROM car AS c INNER JOIN kase AS k ON k.case_no = c.unit CROSS JOIN n
WHERE k.paid AND k.program IN ('dibao', 'tekun', 'marginal')
GROUP BY c.unit;
-- X06
INSERT INTO found
SELECT 'X06', d.unit, NULL, CASE WHEN count(*) FILTER (share >= 50) > 2 THEN 'red' ELSE 'yellow' END
FROM dwelling AS d INNER JOIN kase AS k ON k.case_no = d.unit
WHERE k.paid AND k.program IN ('dibao', 'tekun', 'marginal') AND (share >= 50 OR unknown)
GROUP BY d.unit HAVING count(*) > 1;
-- X07, X08
CREATE TEMP TABLE held AS
SELECT u.case_no, k.start_date, e.usage = 'commercial' AS shop,
  CASE WHEN e.usage = 'commercial' THEN e.certificate_no ELSE e.address END AS place, sum(e.share_percent) AS share,
  max(e.registered_on) FILTER (e.transaction_amount IS NOT NULL) AS bought
FROM unit AS u
INNER JOIN kase AS k ON k.case_no = u.case_no AND k.paid AND k.program IN ('dibao', 'tekun')
INNER JOIN real_estate AS e ON e.pid = u.pid AND e.cancelled_on IS NULL
WHERE u.counted AND e.usage IN ('commercial', 'residential', 'homestead')
GROUP BY 1, 2, 3, 4 HAVING sum(e.share_percent) >= 50;
INSERT INTO found SELECT DISTINCT 'X07', case_no, NULL::BIGINT, 'yellow' FROM held WHERE shop;
INSERT INTO found
SELECT DISTINCT 'X08', case_no, NULL::BIGINT, 'yellow' FROM held WHERE NOT shop AND bought > start_date - INTERVAL 12 MONTH;
-- X09
INSERT INTO found
SELECT DISTINCT 'X09', u.case_no, NULL::BIGINT, 'yellow'
FROM unit AS u
INNER JOIN kase AS k ON k.case_no = u.case_no AND k.paid AND k.program IN ('dibao', 'tekun', 'marginal')
INNER JOIN business_registrations AS b ON b.pid = u.pid
WHERE u.counted AND b.status = 'operating' AND b.entity_type <> 'cooperative'
  AND (b.role IN ('legal_representative', 'operator') OR b.subscribed_capital >= 100000);
-- X10
INSERT INTO found
SELECT 'X10', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN public_payroll AS p ON p.pid = r.pid
WHERE r.paid AND r.program IN ('dibao', 'tekun') AND p.status = 'in_post'
  AND coalesce(p.post_type, '') NOT IN ('public_welfare', 'retired');
-- X11
INSERT INTO found
SELECT DISTINCT 'X11', r.case_no, r.pid, 'yellow'
FROM roll AS r INNER JOIN kase AS k ON k.case_no = r.case_no AND k.paid
WHERE r.open AND r.role <> 'supporter' AND r.program IN ('dibao', 'marginal')
  AND r.pid IN (
    SELECT s.pid FROM social_insurance AS s
    INNER JOIN month AS m ON s.from_month <= m.month AND (s.to_month IS NULL OR s.to_month >= m.month)
    WHERE s.scheme = 'employee_contribution' AND s.employer_name IS NOT NULL
    GROUP BY s.pid HAVING count(DISTINCT m.month) >= 3
  )
  AND NOT EXISTS (SELECT 1 FROM roll AS o WHERE o.pid = r.pid AND o.open AND o.declared_monthly_income > 0)
  AND r.pid NOT IN (SELECT pid FROM public_payroll WHERE status = 'in_post' AND post_type = 'public_welfare');
-- X12
INSERT INTO found
SELECT 'X12', b.case_no, a.pid,
  CASE WHEN 'tapering' IN (a.status, b.status) OR months(b.start_date, night) <= 1 THEN 'yellow' ELSE 'red' END
FROM roll AS a
INNER JOIN roll AS b ON b.pid = a.pid AND (b.start_date, b.case_no) > (a.start_date, a.case_no) CROSS JOIN n
WHERE a.paid AND b.paid AND a.case_no <> b.case_no
  AND a.program NOT IN ('temporary_relief', 'medical_assistance')
  AND (
    a.program = b.program
    OR (least(a.program, b.program), greatest(a.program, b.program)) IN (
      ('dibao', 'tekun'), ('dibao', 'marginal'), ('orphan', 'tekun'), ('tekun', 'unsupported_child'),
      ('orphan', 'unsupported_child'), ('disability_living', 'tekun'), ('disability_nursing', 'tekun'),
      ('disability_living', 'orphan')
    )
  );
-- X13
INSERT INTO found
SELECT 'X13', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.paid AND r.program NOT IN ('temporary_relief', 'medical_assistance')
  AND g.status IN ('moved_out', 'other_cancelled');
-- X14
INSERT INTO found
SELECT DISTINCT 'X14', k.case_no, NULL::BIGINT, 'yellow'
FROM kase AS k
INNER JOIN roll AS r ON r.case_no = k.case_no AND r.open AND r.role <> 'supporter' AND (r.covered OR r.role = 'applicant')
INNER JOIN spouse AS s ON s.pid = r.pid
WHERE k.paid AND k.program IN ('dibao', 'marginal') AND k.case_no NOT IN (SELECT case_no FROM one_person)
  AND s.other NOT IN (SELECT o.pid FROM on_case AS o WHERE o.case_no = k.case_no)
  AND s.other NOT IN (SELECT pid FROM custody);
-- X15
INSERT INTO found
SELECT DISTINCT 'X15', s.case_no, NULL::BIGINT, 'yellow'
FROM support AS s INNER JOIN kase AS k ON k.case_no = s.case_no AND k.paid AND k.program = 'tekun' WHERE s.amount > 0;
-- X16
INSERT INTO found
SELECT DISTINCT 'X16', case_no, NULL::BIGINT, 'yellow' FROM roll CROSS JOIN n
WHERE paid AND program = 'dibao' AND status = 'tapering' AND months(status_since, night) > 6;
-- X17
INSERT INTO found
SELECT 'X17', r.case_no, r.pid, CASE WHEN g.number_age >= 80 THEN 'yellow' ELSE 'red' END
FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.paid AND r.program = 'elder_allowance' AND g.age < 80;
-- X18
INSERT INTO found
SELECT 'X18', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.paid AND r.program IN ('orphan', 'unsupported_child') AND g.age_before >= 18
  AND r.pid NOT IN (SELECT pid FROM students WHERE status = 'enrolled');
-- X19
CREATE TEMP TABLE only_cancelled AS
SELECT pid FROM disability_certificates GROUP BY pid HAVING count(*) = 1 AND bool_and(status = 'cancelled');
INSERT INTO found
SELECT 'X19', r.case_no, r.pid,
  CASE WHEN r.pid IN (SELECT pid FROM only_cancelled) THEN 'red' ELSE 'yellow' END
FROM roll AS r LEFT JOIN cert AS c ON c.pid = r.pid
WHERE r.paid AND (r.program = 'disability_living' AND NOT coalesce(c.valid, FALSE)
  OR r.program = 'disability_nursing' AND NOT coalesce(c.severe, FALSE));
-- X20
INSERT INTO found
SELECT 'X20', case_no, NULL, 'yellow'
FROM (
  SELECT k.case_no, k.total, greatest(0, 750 * i.heads - i.likely12) AS due
  FROM kase AS k INNER JOIN income AS i ON i.case_no = k.case_no
  WHERE k.program = 'dibao' AND k.paid AND k.case_no NOT IN (SELECT case_no FROM one_person)
    AND k.case_no NOT IN (SELECT case_no FROM found WHERE rule_id = 'X03')
    AND NOT EXISTS (
      SELECT 1 FROM unit AS u LEFT JOIN reg AS g ON g.pid = u.pid
      WHERE u.unit = k.case_no
        AND (NOT u.declared OR u.counted AND coalesce(g.age, 99) >= 18 AND u.pid NOT IN (SELECT pid FROM allowed))
    )
)
WHERE due - total > greatest(100, 0.2 * due) OR total - 1.3 * due > greatest(100, 0.2 * 1.3 * due);

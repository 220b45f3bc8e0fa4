"""What a report says: everything the night found, with what would make it green, and nothing of anybody else."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from exports.report import Objection, Report, assets, income, texts, words
from exports.report.facts import facts_of
from exports.report.model import Card, Pairs, Table
from findings.explain import GONE
from tests.report.conftest import Night

Reported = Callable[[str], Report]
FULL_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{15,17}[0-9Xx]?(?![0-9A-Za-z])")
CODE = re.compile(r"(?<![A-Za-z])[a-z]+_[a-z_]+(?![A-Za-z.])")
HARSH = (
    "疑似",
    "疑点",
    "骗",
    "违规",
    "冒领",
    "隐瞒",
    "作弊",
    "死亡后仍领取",
    "未申报就业",
    "服刑",
    "强戒",
    "戒毒",
    "刑期",
)


def said(report: Report) -> str:
    return "\n".join(texts(report))


def chapter(report: Report, title: str) -> str:
    (section,) = (section for section in report.sections if section.title.endswith(title))
    return "\n".join(texts(Report("", "", "", "", (), section.blocks, ())))


def cards(report: Report) -> list[Card]:
    return [block for section in report.sections for block in section.blocks if isinstance(block, Card)]


def test_every_finding_has_a_card_with_what_would_make_it_green(
    night: Night, by_rule: dict[str, str], reported: Reported
) -> None:
    assert len(by_rule) > 20
    for household in set(by_rule.values()):
        found = night.rows(
            "SELECT rule_id, title_zh, green_if_zh, severity FROM out.finding WHERE household_id = ?",
            household,
        )
        told = cards(reported(household))
        assert len(told) == len(found)
        for rule, title, green, severity in found:
            (card, *_) = (each for each in told if each.title == words.title(rule, title))
            assert f"{words.softer(green).rstrip('。')}。" in [text for _, text in card.rows]
            assert card.colour == (severity or "none")


def test_every_finding_of_the_night_has_all_its_parts(night: Night) -> None:
    explained = night.rows("SELECT rule_id, explanation FROM out.finding WHERE status <> 'cleared'")
    for rule, parts in explained:
        wanted = ("compared", "sources", "line", "basis", "identity", "missing", "green")
        assert [name for name in wanted if not parts[name]] == [], rule


def test_colours_are_the_night_s_own(night: Night, by_rule: dict[str, str], reported: Reported) -> None:
    for household in sorted(set(by_rule.values()))[:12]:
        flags = night.rows(
            "SELECT risk_flag, omission_flag, care_flag FROM out.household_flag WHERE household_id = ?",
            household,
        )
        assert tuple(tile.colour for tile in reported(household).tiles) == flags[0]


def test_words_are_a_family_s(by_rule: dict[str, str], reported: Reported) -> None:
    for household in set(by_rule.values()):
        text = said(reported(household))
        assert not any(word in text for word in HARSH), household
        assert not CODE.findall(re.sub(r"\S+\.(csv|txt|tsv|jsonl|xlsx)(\.gz)?", "", text)), household
        assert "None" not in text


def explained(compared: str, sources: dict[str, str], line: str) -> dict[str, object]:
    """The parts of an explanation as `out.finding.explanation` holds them."""
    cited = [{"source": source, "said": text} for source, text in sources.items()]
    rest = {
        "basis": "某办法第七条",
        "identity": "以号码为证",
        "missing": "所需数据均按期收到",
        "lowered": None,
        "green": "核实",
    }
    return {"compared": compared, "sources": cited, "line": line, **rest}


def test_custody_is_said_without_its_name(copy: Night, by_rule: dict[str, str]) -> None:
    household = by_rule["X05"]
    copy.change(
        "UPDATE out.finding SET rule_id = 'X02', explanation = ?, green_if_zh = '刑期或强戒期已满，或核实不是同一人' "
        "WHERE household_id = ? AND rule_id = 'X05'",
        explained(
            "甲每月100.00元；司法数据显示自2021年5月5日起不在家中（服刑），核对日仍在其间。",
            {
                "assistance_roll": "民政救助台账（2021年12月31日数据）：在享",
                "inmates": "服刑强戒信息（2021年12月28日数据）：服刑，2021年5月5日；强制隔离戒毒，2021年6月1日",
            },
            "核对日不在服刑或强制隔离戒毒期间",
        ),
        household,
    )
    text = said(copy.report(household))
    assert not any(word in text for word in HARSH)
    assert "司法部门信息（2021年12月28日数据）：不在家中生活，2021年5月5日" in text


def test_every_rule_has_a_title_that_accuses_nobody(night: Night) -> None:
    for rule, title in night.rows("SELECT rule_id, title_zh FROM out.rule WHERE rule_id <> 'P07'"):
        assert rule in words.TITLES, title
        assert not any(word in words.TITLES[rule] for word in (*HARSH, "未申报", "超标", "超限"))


def test_no_full_number_and_no_whole_plate_or_certificate(
    night: Night, by_rule: dict[str, str], reported: Reported
) -> None:
    hidden = night.rows(
        "SELECT plate_no FROM core.vehicles UNION SELECT certificate_no FROM core.real_estate WHERE certificate_no <> ''"
    )
    for household in set(by_rule.values()):
        text = said(reported(household))
        assert not FULL_NUMBER.search(text)
        assert not [plate for (plate,) in hidden if plate in text]


def test_a_number_hidden_in_delivered_text_is_masked(copy: Night, by_rule: dict[str, str]) -> None:
    household = by_rule["X05"]
    copy.change(
        "UPDATE core.person SET name = '张三３２０６８２１９５００１０１１２３X' WHERE household_id = ?",
        household,
    )
    assert "320682********123X" in said(copy.report(household))
    assert "19500101" not in said(copy.report(household))


def test_of_a_supporter_only_the_computed_sum_is_said(copy: Night) -> None:
    """A stranger signs for a tekun case: his wages lie in the file, for the computed support alone."""
    ((person, name, payer, gross, record),) = copy.rows(
        "SELECT person.person_id, person.name, tax.payer_name, tax.gross_amount, tax.record_no FROM core.tax_income AS tax "
        "JOIN core.person AS person ON tax.person_id = person.person_id "
        "JOIN core.household AS unit ON person.household_id = unit.household_id AND unit.program <> 'tekun' "
        "WHERE tax.payer_name IS NOT NULL ORDER BY tax.gross_amount DESC, tax.record_no LIMIT 1"
    )
    ((household, case_no, applicant),) = copy.rows(
        "SELECT household_id, case_no, person_id FROM core.household_member WHERE program = 'tekun' AND counted "
        "ORDER BY household_id LIMIT 1"
    )
    copy.change(
        "INSERT INTO core.case_member BY NAME SELECT * REPLACE (? AS person_id, 'supporter' AS role, 'made' AS record_no) "
        "FROM core.case_member WHERE case_no = ? AND role = 'applicant' LIMIT 1", person, case_no,
    )  # fmt: skip
    copy.change(
        "INSERT INTO core.income_month (person_id, month, item, estimate, amount, source, record_no, serves, snapshot_date) "
        "VALUES (?, DATE '2021-11-01', 'support', 'likely', 321.09, 'assistance_roll', 'made', 'household', NULL)", applicant,
    )  # fmt: skip
    # What a label looks like may stand in any text: it decides nothing.
    template = "某人享受特困，登记的一名法定义务人近12个月月均收入{}，高于1,500.00元。来源：见下。"
    sources = {
        "assistance_roll": "民政救助台账（2021年12月31日数据）：登记为法定赡养抚养扶养义务人",
        "tax_income": f"税务个人所得信息（2021年11月30日数据）：工资，{gross:,.2f}元。标准：合计{gross:,.2f}元",
    }
    line = "法定义务人月均收入不超过1,500.00元"
    evidence = f'[{{"source":"tax_income","record_no":"{record}","decision":"linked"}}]'
    for rule in ("X15", "X03"):  # the second as any other rule that would name his rows
        copy.change(
            "INSERT INTO out.finding BY NAME SELECT * REPLACE (? AS finding_id, ? AS rule_id, ? AS household_id, "
            "? AS explanation, ? AS evidence, NULL AS person_id) FROM out.finding ORDER BY finding_id LIMIT 1",
            f"F{rule}", rule, household,
            explained(template.format("约77,777.00元" if rule == "X15" else ""), sources, line), evidence,
        )  # fmt: skip
    text = said(copy.report(household))
    assert "案中登记有不同住的法定义务人" in text
    assert "每月应承担赡养费321.09元" in text
    assert "税务个人所得信息：其他人员或归属待确认的记录，内容不列出" in text
    for secret in (name, payer, "77,777.00", f"{gross:,.2f}"):
        assert secret not in text


def test_outside_every_case_what_may_only_silence_is_not_shown(night: Night) -> None:
    households = night.rows(
        "SELECT person.household_id, min(vehicle.plate_no), min(house.certificate_no) FROM core.person AS person "
        "JOIN core.household AS unit ON person.household_id = unit.household_id AND unit.kind = 'registry' "
        "JOIN core.vehicles AS vehicle ON person.person_id = vehicle.person_id "
        "JOIN core.real_estate AS house ON person.person_id = house.person_id "
        "GROUP BY person.household_id ORDER BY person.household_id LIMIT 3"
    )
    assert households
    for household, plate, certificate in households:
        report = night.report(household)
        assert words.tail(plate) not in said(report)
        assert words.tail(certificate) not in said(report)
        assert "依法不查询" in chapter(report, "查询了哪些来源，各自怎么回答")


def test_a_salary_that_may_only_silence_is_not_to_be_reckoned_from_a_figure(night: Night) -> None:
    posts = night.rows(
        "SELECT person.household_id, post.monthly_salary FROM core.public_payroll AS post "
        "JOIN core.person AS person ON post.person_id = person.person_id "
        "JOIN core.household AS unit ON person.household_id = unit.household_id AND unit.kind = 'registry' "
        "WHERE post.status = 'in_post' AND unit.income_likely_12 > unit.income_low_12 ORDER BY ALL LIMIT 2"
    )
    assert posts
    for household, salary in posts:
        likely = night.rows("SELECT income_likely_12 FROM core.household WHERE household_id = ?", household)
        report = night.report(household)
        assert f"月工资{salary:,.2f}" not in said(report)
        assert f"{likely[0][0]:,.2f}" not in chapter(report, "收入")
        assert income.HIDDEN in chapter(report, "收入")


def test_rows_in_review_are_counted_and_not_told(copy: Night, by_rule: dict[str, str]) -> None:
    household = by_rule["X05"]
    ((person, record, plate),) = copy.rows(
        "SELECT car.person_id, car.record_no, car.plate_no FROM core.vehicles AS car JOIN core.household_member AS member "
        "ON car.person_id = member.person_id WHERE member.household_id = ? AND car.status = 'normal' LIMIT 1",
        household,
    )
    assert words.tail(plate) in chapter(copy.report(household), "财产")
    copy.change(
        "UPDATE core.person_link SET decision = 'review', candidate_person_id = ?, person_id = NULL "
        "WHERE source = 'vehicles' AND record_no = ?",
        person,
        record,
    )
    report = copy.report(household)
    assert words.tail(plate) not in chapter(report, "财产")
    assert "1条记录是否属于本户待人工确认" in chapter(report, "查询了哪些来源，各自怎么回答")
    assert "车辆登记信息1条，可能属于本人" in chapter(report, "怎样认定记录属于本人")


def test_without_authorization_gated_rows_are_not_asked(night: Night, by_rule: dict[str, str]) -> None:
    report = night.report(by_rule["P01"])
    ((name,),) = night.rows(
        "SELECT person.name FROM out.finding AS finding JOIN core.person AS person USING (person_id) "
        "WHERE finding.rule_id = 'P01' AND finding.household_id = ? LIMIT 1",
        by_rule["P01"],
    )
    assert "没有有效授权，未查询" in chapter(report, "查询了哪些来源，各自怎么回答")
    assert f"{name}没有有效授权" in chapter(report, "没有查到或没有查询的信息")


SIGNED = (
    "SELECT unit.household_id, row.person_id, person.name FROM core.household AS unit JOIN core.case_member AS row"
    " ON unit.case_no = row.case_no AND unit.program = row.program JOIN core.person AS person USING (person_id)"
    " WHERE row.authorized_as_member AND row.role = 'applicant' AND NOT person.is_dead ORDER BY ALL LIMIT 1"
)


def signed(report: Report, name: str) -> str:
    """What the chapter on authorizations says of one member."""
    (section,) = (section for section in report.sections if section.title.endswith("核对授权"))
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    (own,) = (row for row in table.rows if row[0] == name)
    return " ".join(own)


@pytest.mark.parametrize(
    ("unreadable", "on", "told"),
    [
        (["authorized_until"], "2019-01-01", "2019年1月1日 无法识别 否，台账上的授权日期无法识别"),
        (["authorized_on"], None, "台账上的签署情况无法识别 无法识别 至退出救助为止 否，台账上的授权日期无法识别"),
        (["authorized_on", "authorized_until"], None, "台账上的签署情况无法识别 无法识别 无法识别 否，台账上的授权日期无法识别"),
        (["end_date"], None, "没有签署授权书   否"),
    ],
)  # fmt: skip
def test_an_authorization_that_could_not_be_read_is_not_said_to_have_no_end(
    copy: Night, unreadable: list[str], on: str | None, told: str
) -> None:
    ((household, person, name),) = copy.rows(SIGNED)
    copy.change(
        "UPDATE core.case_member SET authorized = FALSE, authorized_as_member = FALSE, authorized_on = ?,"
        " authorized_until = NULL, unreadable = ? WHERE person_id = ?",
        on,
        unreadable,
        person,
    )
    assert told in signed(copy.report(household), name)


def test_of_several_authorizations_the_one_is_shown_that_tells_most(copy: Night) -> None:
    """In force: the one that could be read. Not in force: the one that might be, had it been readable."""
    ((household, person, name),) = copy.rows(SIGNED)
    copy.change(
        "INSERT INTO core.case_member BY NAME SELECT * REPLACE ('other' AS case_no, 'other' AS record_no, NULL AS"
        " authorized_until, ['authorized_until'] AS unreadable) FROM core.case_member WHERE person_id = ?",
        person,
    )
    copy.change(
        "UPDATE core.case_member SET authorized_until = DATE '2031-05-01' WHERE person_id = ? AND case_no <> 'other'",
        person,
    )
    assert signed(copy.report(household), name).endswith("2031年5月1日 是")
    copy.change(
        "UPDATE core.case_member SET authorized = FALSE, authorized_as_member = FALSE, authorized_until = CASE WHEN"
        " case_no = 'other' THEN NULL ELSE DATE '2020-05-01' END WHERE person_id = ?",
        person,
    )
    assert "无法识别 否，台账上的授权日期无法识别" in signed(copy.report(household), name)


def test_lines_are_those_of_the_findings(night: Night) -> None:
    found = night.rows(
        "SELECT household_id, rule_id, line FROM out.finding WHERE rule_id IN ('X03', 'X04') AND line IS NOT NULL"
    )
    assert found
    for household, rule, line in found:
        facts = facts_of(night.database, household)
        mine = income.line_of(facts)[0] if rule == "X03" else assets.limit_of(facts)
        assert mine == line


def test_the_ledger_adds_up_to_the_night_s_figures(night: Night) -> None:
    households = night.rows(
        "SELECT household_id, counted_members, income_low_12, income_likely_12, income_high_12 FROM core.household "
        "WHERE kind = 'case' AND income_high_12 > 0 ORDER BY household_id LIMIT 15"
    )
    for household, counted, *published in households:
        (section,) = (each for each in night.report(household).sections if each.title.endswith("收入"))
        sums = [block for block in section.blocks if isinstance(block, Table)][-1].rows[-1][-3:]
        for total, figure in zip(sums, published, strict=True):
            amount = Decimal(total.replace(",", "").replace("—", "0"))
            assert abs(amount / 12 / counted - figure) < Decimal("0.05")


def test_a_stale_source_is_said_to_be_late(copy: Night, by_rule: dict[str, str]) -> None:
    copy.change("UPDATE audit.source SET state = 'stale' WHERE source = 'vehicles'")
    copy.change(
        "UPDATE audit.source SET state = 'absent', snapshot_date = NULL, age_days = NULL WHERE source = 'students'"
    )
    report = copy.report(by_rule["X05"])
    assert "车辆登记信息：已逾期" in chapter(report, "没有查到或没有查询的信息")
    assert "学籍信息：没有收到" in chapter(report, "没有查到或没有查询的信息")
    assert "不能作任何判断" in chapter(report, "查询了哪些来源，各自怎么回答")


def test_the_deadline_is_the_office_s_or_left_open_and_never_invented(
    copy: Night, by_rule: dict[str, str]
) -> None:
    household = by_rule["X05"]
    copy.change("DELETE FROM audit.policy WHERE name = 'objection_days'")
    assert "之日起＿＿日内" in chapter(copy.report(household), "如有不同意见")
    told = chapter(copy.report(household, Objection("县民政局一楼，电话另告", 7)), "如有不同意见")
    assert "之日起7日内" in told
    assert "县民政局一楼" in told
    copy.change(
        "INSERT INTO audit.policy (name, key, unit, value, effective_from, in_force, reference, illustrative, unconfirmed) "
        "VALUES ('objection_days', NULL, 'days', '5', DATE '2000-01-01', TRUE, '某办法', TRUE, FALSE)"
    )
    assert "之日起5日内提出（按日历日计算；某办法，示例值）" in chapter(
        copy.report(household), "如有不同意见"
    )


def test_the_manifest_names_the_versions_and_no_clock(night: Night, by_rule: dict[str, str]) -> None:
    report = night.report(by_rule["X05"])
    told = chapter(report, "本次核对的依据版本")
    ((digest, policy, started),) = night.rows("SELECT digest, policy_digest, started FROM audit.run")
    assert digest[:12] in told
    assert policy[:12] in told
    assert digest not in told
    assert str(started.year) not in told.replace("2021", "")


def test_the_first_page_fits_its_promise(by_rule: dict[str, str], reported: Reported) -> None:
    for rule in ("X03", "X05", "O04", "C02"):
        report = reported(by_rule[rule])
        opening = [block for block in report.opening if isinstance(block, Card)]
        assert opening
        assert all(card.rows[0][0] == "为什么" and card.rows[1][1] for card in opening)
        assert not any(isinstance(block, Table | Pairs) for block in report.opening)


def test_a_contested_finding_is_yellow_and_a_refuted_one_colours_nothing(copy: Night) -> None:
    ((red, household),) = copy.rows(
        "SELECT finding_id, household_id FROM out.finding WHERE severity = 'red' AND rule_id = 'X05' ORDER BY 1 LIMIT 1"
    )
    for status, colour in (
        ("contested", "yellow"),
        ("refuted", "none"),
        ("cleared", "none"),
        ("open", "red"),
    ):
        copy.change("UPDATE out.finding SET status = ? WHERE finding_id = ?", status, red)
        (card,) = (each for each in cards(copy.report(household)) if each.title == words.TITLES["X05"])
        assert card.colour == colour


def test_where_nobody_counts_nothing_is_said_to_be_missing(copy: Night, by_rule: dict[str, str]) -> None:
    household = by_rule["X05"]
    copy.change(
        "UPDATE core.household SET counted_members = 0, income_low_12 = NULL, income_low_3 = NULL, income_likely_12 = NULL, "
        "income_likely_3 = NULL, income_high_12 = NULL, income_high_3 = NULL, income_assessable = FALSE, "
        "assets_assessable = FALSE WHERE household_id = ?", household,
    )  # fmt: skip
    copy.change(
        "UPDATE core.household SET sources_missing = ['bank_accounts', 'tax_income'] WHERE household_id = ?",
        household,
    )
    copy.change("UPDATE core.household_member SET counted = FALSE WHERE household_id = ?", household)
    report = copy.report(household)
    assert "没有计入人均的成员" in chapter(report, "收入")
    told = chapter(report, "没有查到或没有查询的信息")
    assert "没有计入人均的成员，没有需要计算的收入和财产，不作比较。" in told
    assert "还没有覆盖" not in told
    assert "所需信息不齐全" not in said(report)


def test_an_unsigned_adult_of_the_booklet_is_told_as_that_and_not_named(copy: Night) -> None:
    """Of a one-person cover the booklet's adults sign too; for want of it no source is said to be short."""
    ((household, person, name),) = copy.rows(
        "SELECT unit.household_id, beside.person_id, beside.name FROM core.household AS unit "
        "JOIN core.household_member AS member ON unit.household_id = member.household_id "
        "JOIN core.person AS own ON member.person_id = own.person_id "
        "JOIN core.person AS beside ON own.household_no = beside.household_no AND beside.registry_status = 'normal' "
        "WHERE unit.kind = 'case' AND unit.counted_members = 1 AND own.person_id <> beside.person_id "
        "AND NOT beside.is_dead AND beside.birth_date < DATE '2000-01-01' AND NOT EXISTS "
        "(FROM core.household_member AS each WHERE each.person_id = beside.person_id AND each.household_id = unit.household_id) "
        "AND NOT EXISTS (FROM core.case_member AS row WHERE row.person_id = beside.person_id) "
        "ORDER BY ALL LIMIT 1"
    )
    copy.change(
        "UPDATE core.household SET one_person_cover = TRUE, counted_members = 2, income_assessable = FALSE, "
        "assets_assessable = FALSE, sources_missing = ['bank_accounts', 'tax_income'] WHERE household_id = ?",
        household,
    )
    copy.change("UPDATE core.household_member SET covered = TRUE WHERE household_id = ?", household)
    told = chapter(copy.report(household), "没有查到或没有查询的信息")
    assert re.search("同户家人中，另有[1-9]名成年人没有有效授权", told)
    assert name not in told
    assert "还没有覆盖" not in told
    copy.change(
        "INSERT INTO core.case_member BY NAME SELECT * REPLACE (person.person_id AS person_id, 'made' || person.person_id AS "
        "record_no, TRUE AS authorized_as_member) FROM (FROM core.case_member ORDER BY ALL LIMIT 1) AS row, "
        "(SELECT person_id FROM core.person WHERE household_no = (SELECT household_no FROM core.person WHERE person_id = ?) "
        "OR person_id IN (SELECT person_id FROM core.household_member WHERE household_id = ?)) AS person",
        person,
        household,
    )
    told = chapter(copy.report(household), "没有查到或没有查询的信息")
    assert "没有有效授权" not in told
    assert "税务个人所得信息：按时收到，但还没有覆盖近12个月的每一个月。" in told


def test_a_household_s_finding_names_the_member_whose_rows_it_rests_on(night: Night) -> None:
    cars = night.rows(
        "SELECT finding.household_id, person.name FROM out.finding AS finding "
        "JOIN core.household_member AS member ON finding.household_id = member.household_id "
        "JOIN core.vehicles AS car ON member.person_id = car.person_id AND finding.evidence LIKE '%' || car.record_no || '%' "
        "JOIN core.person AS person ON member.person_id = person.person_id "
        "WHERE finding.rule_id = 'X05' AND (SELECT count(*) FROM core.household_member AS each "
        "WHERE each.household_id = finding.household_id) > 1 ORDER BY ALL"
    )
    assert cars
    for household, name in cars:
        (card,) = (each for each in cards(night.report(household)) if each.title == words.TITLES["X05"])
        assert name in dict(card.rows)["记录在谁名下"]


def test_money_of_another_country_is_not_called_yuan(copy: Night) -> None:
    ((household, record),) = copy.rows(
        "SELECT member.household_id, account.record_no FROM core.bank_accounts AS account JOIN core.household_member AS member "
        "ON account.person_id = member.person_id JOIN core.household USING (household_id) "
        "WHERE core.household.kind = 'case' AND account.balance > 0 ORDER BY ALL LIMIT 1"
    )
    copy.change(
        "UPDATE core.bank_accounts SET currency = 'USD', balance = 4321.5 WHERE record_no = ?", record
    )
    assert "4,321.50（美元）" in chapter(copy.report(household), "财产")


def test_an_objection_promises_nothing_that_the_office_has_not_said(
    night: Night, by_rule: dict[str, str]
) -> None:
    told = said(night.report(by_rule["X05"]))
    assert "没有人只因为这份报告而享受或失去救助" in told
    assert "逾期提出的，请向受理单位说明原因" in told
    assert not any(
        word in told for word in ("也会作为线索", "没有也受理", "不需要自己举证", "不因此停发", "书面告知")
    )


def test_what_is_held_is_said_so_on_the_first_page_and_stands_apart(copy: Night) -> None:
    ((held, household),) = copy.rows(
        "SELECT min(finding_id), household_id FROM out.finding WHERE rule_id = 'X05' AND household_id IN "
        "(SELECT household_id FROM out.finding GROUP BY ALL HAVING count(*) = 1) GROUP BY household_id ORDER BY ALL LIMIT 1"
    )
    copy.change("UPDATE out.finding SET held_why = 'source:vehicles' WHERE finding_id = ?", held)
    copy.change(
        "UPDATE out.household_flag SET risk_flag = 'green', risk_reasons = [] WHERE household_id = ?",
        household,
    )
    report = copy.report(household)
    first = "\n".join(texts(Report("", "", "", "", report.tiles, report.opening, ())))
    assert "有1项因数据突变暂缓使用，见“核对发现”。" in first
    assert "没有需要核实" not in first
    assert "没有发现遗漏的帮助" in first  # of the other colours nothing is held
    told = chapter(report, "核对发现")
    assert "因数据突变暂缓使用的事项（1项）" in told
    assert "需要核实的事项（" not in told
    assert [card.word for card in cards(report)] == ["暂缓使用"]
    assert "上门核实" not in told


def test_what_is_settled_or_only_recorded_is_not_called_something_to_verify(copy: Night) -> None:
    ((found, household),) = copy.rows(
        "SELECT min(finding_id), household_id FROM out.finding WHERE rule_id = 'X05' AND household_id IN "
        "(SELECT household_id FROM out.finding GROUP BY ALL HAVING count(*) = 1) GROUP BY household_id ORDER BY ALL LIMIT 1"
    )
    for change, heading in (
        ("status = 'refuted'", "已经了结的事项（1项）"),
        ("status = 'open', severity = NULL", "只作备案的情况（1项）"),
    ):
        copy.change(f"UPDATE out.finding SET {change} WHERE finding_id = ?", found)
        told = chapter(copy.report(household), "核对发现")
        assert heading in told
        assert "需要核实的事项（" not in told


def test_a_jump_is_told_in_words_that_can_be_read() -> None:
    told = words.softer(GONE["kept"]["zh"])
    assert "数据量或发现项数突变" in told
    assert "需要核实的事项数" not in told


def test_a_finding_that_rests_on_a_row_in_review_is_told_with_the_records_that_wait(copy: Night) -> None:
    """The row may be of nobody's link (a number under another name): then only the finding tells of it."""
    ((found, household),) = copy.rows(
        "SELECT min(finding_id), household_id FROM out.finding WHERE rule_id = 'X05' AND household_id NOT IN "
        "(SELECT household_id FROM out.finding WHERE evidence LIKE '%\"review\"%') GROUP BY household_id ORDER BY ALL LIMIT 1"
    )
    title = "怎样认定记录属于本人"
    assert "没有待人工确认的记录。" in chapter(copy.report(household), title)
    copy.change(
        "UPDATE out.finding SET evidence = replace(evidence, '\"linked\"', '\"review\"') WHERE finding_id = ?",
        found,
    )
    told = chapter(copy.report(household), title)
    assert "没有待人工确认的记录。" not in told
    assert "“核对发现”中有1项依据的记录，归属尚待人工确认。" in told


def test_of_the_dead_it_is_not_said_that_they_did_not_sign(copy: Night) -> None:
    """Whoever died within the year may have signed, and his rows lie in the file: they are not counted, that is all."""
    ((household,),) = copy.rows(
        "SELECT min(household_id) FROM core.household WHERE kind = 'case' AND household_id IN (SELECT household_id FROM "
        "core.household_member AS member JOIN core.case_member AS row ON member.person_id = row.person_id "
        "WHERE row.authorized_as_member)"
    )
    copy.change(
        "UPDATE core.person SET is_dead = TRUE WHERE person_id IN "
        "(SELECT person_id FROM core.household_member WHERE household_id = ?)",
        household,
    )
    report = copy.report(household)
    told = chapter(report, "查询了哪些来源，各自怎么回答")
    assert "没有有效授权" not in told
    assert "成员登记为已去世，不计入核对，内容不列出" in told
    assert "登记为已去世，不计入核对" in chapter(report, "核对授权")
    assert "不查询" not in said(report)


def test_a_source_that_is_short_is_not_called_missing_or_unsigned(copy: Night) -> None:
    """Why figures cannot be judged is told in one place; the other chapters point there."""
    ((household,),) = copy.rows(
        "SELECT min(household_id) FROM core.household WHERE kind = 'case' AND income_assessable AND assets_assessable"
    )
    assert "所需信息不齐全" not in said(copy.report(household))
    copy.change(
        "UPDATE core.household SET income_assessable = FALSE, assets_assessable = FALSE, sources_missing = ['tax_income'] "
        "WHERE household_id = ?",
        household,
    )
    report = copy.report(household)
    for title in ("收入", "财产"):
        told = chapter(report, title)
        assert "所需信息不齐全（见“没有查到或没有查询的信息”）" in told
        assert "没有收到或" not in told

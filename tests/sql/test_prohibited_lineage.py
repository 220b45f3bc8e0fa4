"""No rule, score, list or sampling weight rests on a prohibited feature, under whatever name it comes (rules.md 1)."""

import ast
from pathlib import Path

import pytest

import matching
from matching.identities import OPTIONAL
from matching.people import PERSON
from matching.persons import COLUMNS
from policy import catalogue
from sources import CONTRACTS
from sql.models import SqlModel, lineage, models
from tests.sql.column_lineage import Found, follow, model_of

FEATURES = {*catalogue()["prohibited_features"].words, "native_place", "birth_place", "faith"}
JUDGING = ("rule", "out", "draw", "lists", "fact", "means", "carry", "change")
DELIVERED = {
    "link.person",
    *(
        f"{layer}.{contract.name}"
        for layer in ("raw", "core")
        for contract in CONTRACTS.values()
        if FEATURES & contract.column.keys()
    ),
}
MAY_USE = {"fairness.subject", "audit.fairness", "analyst.fairness", "audit.link_quality"}
"""Reports: what they make is read by people, never by a rule. That is proved below."""


@pytest.fixture(scope="module")
def found() -> Found:
    return follow(models(), FEATURES, DELIVERED)


def planted(*more: SqlModel) -> Found:
    """Follow the features through the models that people and a rule rest on, and those planted."""
    own = {name: models()[name] for name in ("core.person", "means.death")}
    return follow({**own, **{model.name: model for model in more}}, FEATURES, DELIVERED)


def test_the_registry_is_where_features_come_from() -> None:
    assert {"link.person", "core.household_registry", "raw.household_registry"} == DELIVERED
    assert FEATURES & set(COLUMNS) == {"ethnicity"}


def test_nothing_uses_a_feature_but_the_reports(found: Found) -> None:
    assert set(found.uses) == MAY_USE


def test_only_the_table_of_people_carries_one_on(found: Found) -> None:
    carrying = {table for table, columns in found.carried.items() if columns}
    assert carrying - MAY_USE == {"core.person"}
    assert found.carried["core.person"] == {"ethnicity"}


def test_no_rule_list_or_draw_rests_on_a_report() -> None:
    judging = [name for name, model in models().items() if model.schema in JUDGING]
    assert len(judging) > 100
    resting = {above.name for name in judging for above in lineage(name)}
    assert resting & MAY_USE == set()
    assert {"core.person", "rule.x03", "draw.visit"} <= resting


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("rule.x98", "SELECT person_id FROM core.person WHERE ethnicity <> '汉族'"),
        ("rule.x98", "SELECT person_id FROM core.person AS p WHERE p.ethnicity IS NOT NULL"),
        ("rule.x98", "SELECT person_id, CASE ethnicity WHEN 'x' THEN 1 END AS weight FROM core.person"),
        ("rule.x98", "SELECT p.person_id FROM core.person AS p JOIN core.person AS q ON p.ethnicity = q.ethnicity"),
        ("rule.x98", "SELECT p.person_id FROM core.person AS p JOIN core.person AS q USING (ethnicity)"),
        ("rule.x98", "WITH a AS (SELECT person_id, ethnicity AS e FROM core.person) SELECT person_id FROM a WHERE e = 'x'"),
        ("rule.x98", "SELECT person_id, row_number() OVER (ORDER BY ethnicity) AS place FROM core.person"),
        ("rule.x98", "SELECT person_id FROM core.person ORDER BY ethnicity LIMIT 5"),
        ("rule.x98", "SELECT min(person_id) AS person_id FROM core.person GROUP BY ethnicity"),
        ("rule.x98", "SELECT min(person_id) AS person_id, ethnicity AS e FROM core.person GROUP BY ALL"),
        ("rule.x98", "SELECT DISTINCT household_id AS person_id, ethnicity AS e FROM core.person"),
        ("rule.x98", "SELECT person_id, to_json(p) AS particulars FROM core.person AS p"),
        ("rule.x98", "SELECT person_id, hash(core.person.ethnicity) AS weight FROM core.person"),
        ("rule.x98", "SELECT person_id FROM core.person AS p WHERE EXISTS (SELECT 1 FROM core.deaths WHERE p.ethnicity = 'x')"),
        ("rule.x98", "SELECT person_id FROM (SELECT person_id, ethnicity AS e FROM core.person) AS s"
                     " QUALIFY count(*) OVER (PARTITION BY e) > 1"),
        ("draw.x98", "SELECT person_id FROM core.household_registry WHERE native_place = 'x'"),
        ("rule.x98", "SELECT person_id, ethnicity AS e, e = 'x' AS is_so FROM core.person"),
        ("rule.x98", "SELECT person_id, a.b = 'x' AS is_so FROM (SELECT person_id, {'b': ethnicity} AS a FROM core.person) AS s"),
    ],
)  # fmt: skip
def test_a_planted_rule_is_seen(name: str, query: str) -> None:
    assert name in planted(model_of(name, query)).uses


def test_a_feature_is_seen_through_tables_and_names() -> None:
    step = model_of("fact.group", "SELECT person_id, ethnicity AS category FROM core.person")
    union = model_of(
        "fact.both",
        "SELECT person_id, NULL AS c FROM core.deaths UNION ALL SELECT person_id, category FROM fact.group",
    )
    rule = model_of("rule.x98", "SELECT person_id FROM fact.both AS b WHERE b.c = 'x'")
    found = planted(step, union, rule)
    assert (found.carried["fact.group"], found.carried["fact.both"]) == ({"category"}, {"c"})
    assert list(found.uses) == ["rule.x98"]


def test_what_only_looks_like_it_is_no_use() -> None:
    innocent = model_of(
        "rule.x98",
        "WITH a AS (SELECT person_id, hukou_type AS e FROM core.person), b AS (SELECT person_id, ethnicity FROM core.person)"
        " SELECT a.person_id FROM a INNER JOIN b ON a.person_id = b.person_id WHERE a.e = 'rural'",
    )
    assert planted(innocent).uses == {}


def test_nothing_compared_by_the_matcher_is_a_feature() -> None:
    compared = {*matching.shipped().comparisons, *PERSON, *OPTIONAL}
    assert {"number", "name", "birth_date"} <= compared
    assert compared & FEATURES == set()


def test_the_matcher_only_lists_a_feature_among_what_it_passes_on() -> None:
    """A feature stands in a list of columns (a tuple of names), never alone: nothing selects or compares it."""
    for file in sorted(Path(matching.__file__).parent.rglob("*.py")):
        assert _alone(file.read_text(encoding="utf-8")) == [], file


def test_a_feature_that_the_matcher_compares_would_be_seen() -> None:
    assert _alone("x = pl.col('ethnicity') == 'x'") and _alone("x = row['ethnicity']")
    assert _alone("x = ('id_number', 'ethnicity')") == []


def _alone(source: str) -> list[int]:
    """Return the lines in which a feature is named outside a tuple."""
    tree = ast.parse(source)
    listed = {id(item) for node in ast.walk(tree) if isinstance(node, ast.Tuple) for item in node.elts}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in FEATURES and id(node) not in listed
    ]

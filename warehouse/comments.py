"""The comment of every published table and column, from the one place that says what it means.

A model's header, a contract's fields, or the common meanings (sql/columns.yaml). Not here: the meanings.
"""

from collections.abc import Iterable, Iterator, Mapping

from sources import CONTRACTS, Contract
from sql.columns import comment, meaning
from sql.masks import Shown
from sql.models import models
from sql.tables import chinese_name, heading

BY_HAND: Mapping[str, str] = {
    "core.division": "One row per division of the place, province to village, as the landing area's reference says.",
    "core.person_event": "One row per event in the life of a person id.",
    "core.person_same_as": "One row per pair of people suspected to be one.",
    "out.finding": "One row per rule that fired for a household or person, with its explanation.",
    "out.rule": "One row per rule of the catalogue.",
    "audit.step": "One row per step of the night, with its seconds.",
    "audit.run": "One row: what this night was a function of, and the digest of its results.",
}


def comments_of(schema: str, table: str, columns: Iterable[Shown]) -> Iterator[str]:
    """Yield the statements that comment ``published.<schema>.<table>``, whose columns are ``columns``.

    A masked column says what is left of it, in Chinese beside its name and in English after its meaning.
    """
    name = f"{schema}.{table}"
    description, own = _meaning(schema, table)
    yield f"COMMENT ON TABLE published.{name} IS {_quoted(description)}"
    for each in columns:
        in_contract = schema == "core" and table in CONTRACTS and each.column in own
        text = (own[each.column] if in_contract else comment(each.column, own)) or ""
        if each.zh:
            title, _, whole = text.partition(": ")
            text = f"{title}（{each.zh}）: {whole.rstrip('.')}; {each.en}"
        yield f'COMMENT ON COLUMN published.{name}."{each.name}" IS {_quoted(text)}'


def comments_of_view(schema: str, table: str, columns: Iterable[Shown]) -> Iterator[str]:
    """Yield the statements that comment the view of a table in schema `zh`: what its English twin says."""
    view, qualified = chinese_name(f"{schema}.{table}"), f"{schema}.{table}"
    description, own = _meaning(schema, table)
    yield f'COMMENT ON VIEW zh."{view}" IS {_quoted(f"{qualified}: {description}")}'
    for each in columns:
        text = _quoted(
            f"{qualified}.{each.name}: {own.get(each.column) or meaning(each.column).get('en', '')}"
        )
        yield f'COMMENT ON COLUMN zh."{view}"."{heading(qualified, each.column)}" IS {text}'


def _meaning(schema: str, table: str) -> tuple[str, Mapping[str, str]]:
    """Return a table's description and its own column meanings."""
    model = models().get(f"{schema}.{table}")
    if model is not None:
        return model.description, model.columns
    if schema == "core" and table in CONTRACTS:
        return CONTRACTS[table].grain, _of_contract(CONTRACTS[table])
    return BY_HAND[f"{schema}.{table}"], {}


def _of_contract(contract: Contract) -> dict[str, str]:
    """Return a contract's column meanings: Chinese title, then the meaning."""
    return {column.name: f"{column.title_zh}: {column.meaning}" for column in contract.columns}


def _quoted(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"

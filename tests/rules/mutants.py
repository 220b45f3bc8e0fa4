"""Models with one thing wrong, to see whether a case notices.

Here belongs how a model is broken: a condition left out, a comparison moved to the other side of its boundary, a code
taken out of a list, a number one off. Not here: which cases notice (tests/rules/noticing.py).

What a ground says beside its colour (evidence key, particulars, figures, facts) is left alone: explanations have tests
of their own. So is the order in which rows are preferred.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import sqlglot
from sqlglot import exp

from sql.macros import expanded
from sql.models import SqlModel

SAID: Final = frozenset({
    "evidence_key", "particulars", "figures", "facts", "fact", "keys", "what", "detail", "reasons", "why", "values",
    "standard_figure", "unit_key", "asset_key", "certificate_key", "band",
})  # fmt: skip
COUNTING: Final = frozenset({"age_on", "calendar_months", "unread_of"})
"""Macros that are left whole: how a year is counted, or a list cut short, is no condition of a rule, and has tests of its own."""
OTHER_SIDE: Final[dict[type[exp.Expression], type[exp.Expression]]] = {
    exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A model's query with one thing wrong, and what that is in words."""

    model: str
    change: str
    query: str


def spoken(node: exp.Expression) -> bool:
    """Return whether a node is part of what a ground says, or of an order, and no part of a condition."""
    walk: exp.Expression | None = node
    while walk is not None:
        if isinstance(walk, exp.Struct | exp.Order | exp.Ordered):
            return True
        if isinstance(walk, exp.Alias) and walk.alias in SAID:
            return True
        walk = walk.parent
    return False


def is_key(node: exp.Expression) -> bool:
    """Return whether a condition only joins two tables on their keys."""
    return (
        isinstance(node, exp.EQ | exp.NullSafeEQ)
        and isinstance(node.left, exp.Column)
        and isinstance(node.right, exp.Column)
        and node.find_ancestor(exp.Join) is not None
        and node.left.table != node.right.table
    )


def parts(node: exp.Expression, kind: type[exp.Connector]) -> Iterator[exp.Expression]:
    """Yield the parts of a chain of AND or OR."""
    if isinstance(node, kind):
        yield from parts(node.left, kind)
        yield from parts(node.right, kind)
    elif isinstance(node, exp.Paren) and isinstance(node.this, kind):
        yield from parts(node.this, kind)
    else:
        yield node


def loose(tree: exp.Expression) -> Iterator[tuple[exp.Expression, exp.Expression, str]]:
    """Yield (node, its stand-in, words) for every condition left out."""
    for found in tree.find_all(exp.And, exp.Or):
        if isinstance(found.parent, exp.And | exp.Or) and type(found.parent) is type(found):
            continue
        kind = exp.And if isinstance(found, exp.And) else exp.Or
        for part in parts(found, kind):
            if not is_key(part):
                yield part, exp.Boolean(this=kind is exp.And), "without"
    for found in tree.find_all(exp.Where, exp.Having, exp.Qualify):
        if not isinstance(found.this, exp.And | exp.Or) and not isinstance(found, exp.Qualify):
            yield found.this, exp.true(), "without"
    for branch in tree.find_all(exp.If):
        if not isinstance(branch.this, exp.And | exp.Or) and not isinstance(branch.parent, exp.Filter):
            yield branch.this, exp.false(), "never"


def shifted(tree: exp.Expression) -> Iterator[tuple[exp.Expression, exp.Expression, str]]:
    """Yield (node, its stand-in, words) for every boundary moved: the other side, one more, one fewer."""
    for kind, other in OTHER_SIDE.items():
        for found in tree.find_all(kind):
            yield found, other(this=found.this.copy(), expression=found.expression.copy()), "other side of"
    for found in tree.find_all(exp.Between):
        low, high = found.args["low"], found.args["high"]
        this = found.this
        for left, right in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            narrower = exp.and_(
                left(this=this.copy(), expression=low.copy()), right(this=this.copy(), expression=high.copy())
            )
            yield found, exp.Paren(this=narrower), f"{left.key} and {right.key} in"
    for found in tree.find_all(exp.Literal):
        if not found.is_int or not isinstance(
            found.parent,
            exp.LT | exp.LTE | exp.GT | exp.GTE | exp.EQ | exp.Between | exp.Add | exp.Sub | exp.Mul,
        ):
            continue
        for step in (1, -1):
            yield (
                found,
                exp.Literal.number(int(found.this) + step),
                f"{step:+d} in {found.parent.sql('duckdb')}:",
            )


def shorter(tree: exp.Expression) -> Iterator[tuple[exp.Expression, exp.Expression, str]]:
    """Yield (node, its stand-in, words) for every code taken out of a list of codes, and every join that only asks."""
    for found in tree.find_all(exp.In):
        for code in found.expressions:
            rest = [each.copy() for each in found.expressions if each is not code]
            stand_in = exp.In(this=found.this.copy(), expressions=rest) if rest else exp.false()
            yield found, stand_in, f"{code.sql('duckdb')} out of"


def unasked(tree: exp.Expression) -> Iterator[exp.Join]:
    """Yield the joins that only ask whether a row is there, or is not."""
    for join in tree.find_all(exp.Join):
        if (join.args.get("kind") or "").upper() in ("SEMI", "ANTI"):
            yield join


def mutants(model: SqlModel) -> list[Mutant]:
    """Return every mutant of a model, in the order of its text; texts that come out alike count once."""
    tree = expanded(sqlglot.parse_one(model.query, read="duckdb"), keep=COUNTING)
    found: dict[str, Mutant] = {}
    plain = tree.sql("duckdb")
    for way in (loose, shifted, shorter):
        for node, stand_in, words in list(way(tree)):
            if spoken(node):
                continue
            text = node.sql("duckdb")
            node.replace(stand_in)
            query = tree.sql("duckdb")
            stand_in.replace(node)
            if query != plain:
                found.setdefault(query, Mutant(model.name, f"{words} {text}", query))
    for join in list(unasked(tree)):
        text = join.sql("duckdb")
        select = join.parent
        assert isinstance(select, exp.Select)
        joins = select.args["joins"]
        place = joins.index(join)
        joins.pop(place)
        query = tree.sql("duckdb")
        joins.insert(place, join)
        found.setdefault(query, Mutant(model.name, f"without {text}", query))
    assert tree.sql("duckdb") == plain
    return numbered(list(found.values()))


def numbered(found: list[Mutant]) -> list[Mutant]:
    """Tell apart mutants that read alike: the second of a name is called (2)."""
    seen: Counter[str] = Counter()
    named = []
    for each in found:
        seen[each.change] += 1
        again = f" ({seen[each.change]})" if seen[each.change] > 1 else ""
        named.append(replace(each, change=" ".join(f"{each.change}{again}".split())))
    return named

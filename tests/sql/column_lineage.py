"""Which models carry a column on under whatever name, and which make use of it: column lineage by SQLGlot.

A model *carries* a feature if a column of its result is the feature's, renamed or not. It *uses* it if the feature stands
in a condition, a join, a group, an order or a computed column: then the rows or the figures depend on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from sql.models import SqlModel, in_order


@dataclass
class Found:
    """What is known of the features: table to the columns that hold one, and the uses of them, a sentence each.

    ``delivered`` are the tables that no model makes and that have a feature among their columns.
    """

    features: frozenset[str]
    delivered: frozenset[str]
    carried: dict[str, set[str]] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)

    def of_table(self, table: str) -> set[str]:
        """Return the columns of a table that hold a feature; of a table no model makes, those of its name."""
        return self.carried.get(table, set(self.features))

    def of_row(self, table: str) -> bool:
        """Whether a whole row of a table holds a feature; of tables no model makes, those that are said to."""
        return bool(self.carried[table]) if table in self.carried else table in self.delivered


def follow(models: Mapping[str, SqlModel], features: Iterable[str], delivered: Iterable[str]) -> Found:
    """Return where features go through ``models``, from the tables that no model makes on."""
    found = Found(frozenset(features), frozenset(delivered))
    for model in in_order(dict(models)):
        reader = _Reader(model.name, found)
        for scope in traverse_scope(sqlglot.parse_one(model.query, read="duckdb")):
            reader.read(scope)
        found.carried[model.name] = reader.outputs
        if reader.uses:
            found.uses[model.name] = reader.uses
    return found


class _Reader:
    """Reads one model, scope by scope, the innermost first."""

    def __init__(self, model: str, found: Found) -> None:
        self.model = model
        self.found = found
        self.made: dict[int, list[tuple[str, bool]]] = {}
        self.outputs: set[str] = set()
        self.uses: list[str] = []

    def read(self, scope: Scope) -> None:
        if scope.set_operation_scopes:
            sides = [self.made[id(side)] for side in scope.set_operation_scopes]
            names = [name for name, _ in sides[0]]
            self.made[id(scope)] = [
                (name, any(side[place][1] for side in sides if place < len(side)))
                for place, name in enumerate(names)
            ]
        elif isinstance(scope.expression, exp.Select):
            self._select(scope, scope.expression)
        else:
            self.made[id(scope)] = []
            self._uses_all(scope, scope.expression)
        self.outputs = {name for name, held in self.made[id(scope)] if held}

    def _select(self, scope: Scope, select: exp.Select) -> None:
        made: list[tuple[str, bool]] = []
        self.made[id(scope)] = made
        for shown in select.selects:
            inner = shown.this if isinstance(shown, exp.Alias) else shown
            held = [column for column in _columns(inner) if self._holds(scope, column)]
            if held and not isinstance(inner, exp.Column):
                self._use(inner)
            if isinstance(inner, exp.Star):
                made += [(name, True) for one in scope.sources.values() for name in self._of(one)]
            made.append((shown.alias_or_name, bool(held)))
        for part, value in select.args.items():
            if part not in ("expressions", "with", "with_"):
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, exp.Expr):
                        self._uses_all(scope, one)
        if any(held for _, held in made) and (select.args.get("distinct") or _groups_all(select)):
            self._use(select)

    def _uses_all(self, scope: Scope, tree: exp.Expr) -> None:
        for column in _columns(tree):
            if self._holds(scope, column):
                self._use(tree)
        for join in tree.find_all(exp.Join):
            for name in join.args.get("using") or []:
                if self._holds(scope, exp.column(name.name)):
                    self._use(join)

    def _holds(self, scope: Scope | None, column: exp.Column) -> bool:
        """Whether a column, a whole row or a field of a struct may be a feature; sought outwards too."""
        name, row = column.name, column.table
        while scope is not None:
            if row and row in scope.sources:
                held = self._of(scope.sources[row])
                return self._of_row(scope.sources[row]) if isinstance(column.this, exp.Star) else name in held
            told = row or name  # of an unknown row the first part is a column, and the second its field
            if told in scope.sources and not row:
                return self._of_row(scope.sources[told])
            own = self.made.get(id(scope), [])
            if any(told in self._of(source) for source in scope.sources.values()) or (told, True) in own:
                return True
            scope = scope.parent
        return False

    def _of(self, source: Scope | exp.Expr) -> set[str]:
        if isinstance(source, Scope):
            return {name for name, held in self.made.get(id(source), []) if held}
        return self.found.of_table(f"{source.db}.{source.name}") if isinstance(source, exp.Table) else set()

    def _of_row(self, source: Scope | exp.Expr) -> bool:
        return (
            self.found.of_row(f"{source.db}.{source.name}")
            if isinstance(source, exp.Table)
            else bool(self._of(source))
        )

    def _use(self, tree: exp.Expr) -> None:
        self.uses.append(f"{self.model}: {tree.sql('duckdb')[:80]}")


def _columns(tree: exp.Expr) -> list[exp.Column]:
    """Return the columns of an expression, those of subqueries left to their own scopes."""
    inside = (exp.Subquery, exp.CTE)
    return [
        column
        for column in tree.find_all(exp.Column)
        if not any(isinstance(above, inside) for above in _between(column, tree))
    ]


def _between(node: exp.Expr, top: exp.Expr) -> Iterable[exp.Expr]:
    above = node
    while above is not top and above.parent is not None:
        above = above.parent
        yield above


def _groups_all(select: exp.Select) -> bool:
    group = select.args.get("group")
    return bool(group and group.args.get("all"))


def model_of(name: str, query: str) -> SqlModel:
    """Return a model made by hand, as a test plants it."""
    schema, _, table = name.partition(".")
    tree = sqlglot.parse_one(query, read="duckdb")
    reads = frozenset(f"{one.db}.{one.name}" for one in tree.find_all(exp.Table) if one.db)
    return SqlModel(schema, table, Path(name).name, ("person_id",), {}, query, reads)

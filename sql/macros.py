"""The macros of sql/macros.sql: made in a connection, or expanded in a query for an engine that knows none of them.

Not here: macros that need the installation's key (connection.py), what calls them (the models).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import sqlglot
from sqlglot import exp

FILE: Final = Path(__file__).with_name("macros.sql")
MACRO: Final = re.compile(r"MACRO\s+(?P<name>\w+)\((?P<given>[^)]*)\)\s+AS\s+(?P<body>.*)", re.DOTALL)
COMMENT: Final = re.compile(r"^--.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: the statement that makes it, its parameters with their defaults (None: must be given), its expression."""

    statement: str
    name: str
    defaults: dict[str, exp.Expr | None]
    body: exp.Expr


@cache
def macros() -> dict[str, Macro]:
    """Return every macro by name, in the order of the file: each calls earlier ones alone."""
    statements = COMMENT.sub("", FILE.read_text(encoding="utf-8")).split(";")
    read = [_read(statement.strip()) for statement in statements if statement.strip()]
    return {macro.name: macro for macro in read}


def called(query: str) -> list[Macro]:
    """Return the macros that a query calls, and those that these call, in the order of the file."""
    found: list[Macro] = []
    for macro in reversed(macros().values()):
        texts = [query, *(each.statement.partition(" AS ")[2] for each in found)]
        if any(re.search(rf"\b{macro.name}\(", text) for text in texts):
            found.append(macro)
    return found[::-1]


def expanded(query: exp.Expr, keep: frozenset[str] = frozenset()) -> exp.Expr:
    """Return a query without a call of ours, but for those to keep: what the SQL of another engine is made of."""
    whole, ours = query.copy(), macros().keys() - keep
    while calls := [call for call in whole.find_all(exp.Anonymous) if str(call.this).lower() in ours]:
        call = calls[-1]  # the innermost last: an argument may be a call itself
        done = _filled(macros()[str(call.this).lower()], call.expressions)
        call.replace(done if isinstance(done, exp.Struct | exp.Case) else exp.paren(done, copy=False))
    return whole


def _read(statement: str) -> Macro:
    found = MACRO.search(statement)
    assert found is not None, f"sql/macros.sql: no macro: {statement[:60]}"  # noqa: S101 - our own file
    defaults: dict[str, exp.Expr | None] = {}
    for part in found["given"].split(","):
        name, _, default = part.partition(":=")
        defaults[name.strip()] = _parsed(default) if default else None
    return Macro(statement, found["name"], defaults, _parsed(found["body"]))


def _filled(macro: Macro, arguments: list[exp.Expr]) -> exp.Expr:
    """Return the macro's expression with its parameters replaced by what is given."""
    given = dict(macro.defaults)
    names = list(given)
    for place, argument in enumerate(arguments):
        named = isinstance(argument, exp.PropertyEQ)
        given[argument.this.name if named else names[place]] = argument.expression if named else argument

    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and (value := given.get(node.name)) is not None:
            return exp.paren(value.copy()) if isinstance(value, exp.Binary) else value.copy()
        return node

    return macro.body.copy().transform(replaced)


def _parsed(expression: str) -> exp.Expr:
    return sqlglot.parse_one(expression, read="duckdb")

"""Reads the SQL models: header, grain, dependencies, version. One file, one table, one asset.

Here belongs what a model says of itself and how it is run on a connection.
Not here: when it runs (assets), what its figures are (policy).
"""

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

import duckdb
import sqlglot
import yaml
from sqlglot import exp

from sql.macros import called

ROOT: Final = Path(__file__).parent
HEADER: Final = re.compile(r"\A/\*(?P<header>.*?)\*/(?P<query>.*)\Z", re.DOTALL)


class ModelError(ValueError):
    """A model file breaks a promise; the message names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class SqlModel:
    """One SELECT and what it promises.

    ``reads`` are the schema-qualified tables of the query, but for those of another database, and ``selects`` its columns
    in order: parsed and never written down twice.
    """

    schema: str
    table: str
    description: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    query: str
    reads: frozenset[str]
    selects: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The qualified table name, which is also the path and the asset key."""
        return f"{self.schema}.{self.table}"

    @property
    def version(self) -> str:
        """A digest of the query and of the macros that it calls: another text is another version."""
        return _version(self.query)


@functools.cache
def _version(query: str) -> str:
    text = "\n".join([query, *(macro.statement for macro in called(query))])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_model(path: Path) -> SqlModel:
    """Read ``sql/<schema>/<table>.sql``.

    Raises:
        ModelError: no header, a missing promise, or a query SQLGlot cannot parse.
    """
    found = HEADER.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise ModelError(f"{path}: open the file with a /* ... */ header (description, grain).")
    try:
        header = yaml.safe_load(found["header"])
    except yaml.YAMLError as error:
        raise ModelError(
            f"{path}: the header is no YAML ({error}). Quote a text that holds a colon."
        ) from error
    missing = {"description", "grain"} - set(header)
    if missing:
        raise ModelError(f"{path}: the header lacks {', '.join(sorted(missing))}.")
    query = found["query"].strip().rstrip(";")
    if "every" in header:
        query = _of_every(query, path, str(header["every"]))
    tree = parsed(query, path)
    return SqlModel(
        schema=path.parent.name,
        table=path.stem,
        description=" ".join(str(header["description"]).split()),
        grain=tuple(header["grain"]),
        columns={name: " ".join(str(text).split()) for name, text in (header.get("columns") or {}).items()},
        query=query,
        # What is read of another database (a what-if reads the published one) is there already.
        reads=frozenset(
            f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db and not table.catalog
        ),
        selects=tuple(tree.named_selects),
    )


def _of_every(query: str, path: Path, pattern: str) -> str:
    """Return a query that is written once for the tables of many models, as the union of it over them.

    Args:
        query: reads the table ``every`` of its own schema.
        path: of its file; the models are its neighbours.
        pattern: of their file names (header `every`), so that whoever adds one need not add it here too.

    Raises:
        ModelError: no model is called so.
    """
    schema = path.parent.name
    names = sorted(each.stem for each in path.parent.glob(pattern))
    if not names or f"{schema}.every" not in query:
        raise ModelError(f"{path}: read {schema}.every, and let the header's `every` name files beside it.")
    return "\nUNION ALL\n".join(query.replace(f"{schema}.every", f"{schema}.{name}") for name in names)


def parsed(query: str, path: Path) -> exp.Query:
    """Return the tree of a model's query.

    Raises:
        ModelError: SQLGlot cannot parse it, or it is no SELECT.
    """
    try:
        tree = sqlglot.parse_one(query, read="duckdb")
    except sqlglot.errors.ParseError as error:
        raise ModelError(
            f"{path}: SQLGlot cannot parse the query: {error.errors[0]['description']}"
        ) from error
    if not isinstance(tree, exp.Query):
        raise ModelError(f"{path}: the query is no SELECT.")
    return tree


@functools.cache
def models() -> dict[str, SqlModel]:
    """Return every model by qualified name."""
    found = [read_model(path) for path in sorted(ROOT.glob("*/*.sql"))]
    return {model.name: model for model in found}


def lineage(name: str) -> list[SqlModel]:
    """Return the models that ``name`` rests on, itself among them, by name."""
    found: dict[str, SqlModel] = {}
    waiting = [name]
    while waiting:
        model = models().get(waiting.pop())
        if model is not None and model.name not in found:
            found[model.name] = model
            waiting.extend(model.reads)
    return [found[each] for each in sorted(found)]


class Reading(Protocol):
    """What makes a table of others: a model, or a step of judging."""

    @property
    def name(self) -> str:
        """The table's qualified name."""

    @property
    def reads(self) -> frozenset[str]:
        """The tables that it rests on."""


Ordered = TypeVar("Ordered", bound=Reading)


def in_order(wanted: Mapping[str, Ordered]) -> list[Ordered]:
    """Return what makes tables so that each follows what it reads (tables that nothing here makes are taken as given)."""
    done: dict[str, Ordered] = {}

    def visit(model: Ordered, path: tuple[str, ...]) -> None:
        if model.name in path:
            raise ModelError(f"Models read each other in a circle: {' -> '.join((*path, model.name))}")
        for name in sorted(model.reads & wanted.keys()):
            if name not in done:
                visit(wanted[name], (*path, model.name))
        done[model.name] = model

    for name in sorted(wanted):
        if name not in done:
            visit(wanted[name], ())
    return list(done.values())


def build(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> tuple[int, int]:
    """Fill the model's table and return (rows, distinct keys of the grain); unequal means a broken grain."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {model.schema}")
    connection.execute(f"CREATE OR REPLACE TABLE {model.name} AS {model.query}")
    keys = ", ".join(model.grain)
    ((rows, distinct),) = connection.execute(
        f"SELECT count(*), count(DISTINCT hash({keys})) FROM {model.name}"  # noqa: S608 - a model's own names
    ).fetchall()
    if rows != distinct:  # two keys with one hash are possible: look at the keys themselves
        exact = f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {model.name})"  # noqa: S608 - as above
        ((distinct,),) = connection.execute(exact).fetchall()
    return rows, distinct

"""What Dagster shows of a table beside its lineage: its columns with their meanings, and whose extract it is.

Definitions only, nothing of a night: the same words that comment the published tables (comments.py), so that a column is
explained once. Not here: counts of a night (each asset), the meanings (sql/columns.yaml, headers, contracts).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import dagster as dg

from linking.seats import LINK, STANDING, link_column
from sources import Contract
from sql.columns import comment
from sql.models import SqlModel

UNKNOWN: Final = (
    "?"  # the type of a column is what the query makes it; Dagster's own sign for not knowing yet
)
TYPES: Final = {
    "money": "DECIMAL(14, 2)",
    "number": "DECIMAL(14, 4)",
    "bool": "BOOLEAN",
    "date": "DATE",
    "month": "DATE",
}
Metadata = dict[str, object]


def of_model(model: SqlModel) -> Metadata:
    """Return the columns of a model's table."""
    return _columns(dict.fromkeys(model.selects, UNKNOWN), model.columns)


def of_table(columns: Mapping[str, object] | Iterable[str]) -> Metadata:
    """Return the columns of a table made by hand, with their types where they are given."""
    typed = columns if isinstance(columns, Mapping) else dict.fromkeys(columns, UNKNOWN)
    return _columns({name: str(kind) for name, kind in typed.items()}, {})


def of_delivery(contract: Contract) -> Metadata:
    """Return the columns of `raw.<source>`, and what its department promises."""
    return _columns(_delivered(contract), _meanings(contract)) | {
        "department": contract.department_zh,
        "title": contract.title_zh,
        "legal_basis": contract.legal_basis,
        "fresh_for_days": contract.fresh_for_days,
    }


def of_source(contract: Contract) -> Metadata:
    """Return the columns of `core.<source>`: the contract's, the numbers as delivered, the person each seat is linked to."""
    named = {column.name: TYPES.get(column.kind, "VARCHAR") for column in contract.columns}
    linked = [link_column(seat, column) for seat in contract.seats for column in (*LINK, STANDING)]
    return _columns(named | _delivered(contract) | dict.fromkeys(linked, UNKNOWN), _meanings(contract))


def _delivered(contract: Contract) -> dict[str, str]:
    """Return names and types of a source's rows as they are taken in."""
    kinds = {column.name: TYPES.get(column.kind, "VARCHAR") for column in contract.columns}
    return {name: kinds.get(name, UNKNOWN) for name in contract.accepted_schema}


def _meanings(contract: Contract) -> dict[str, str]:
    """Return the meanings of a contract's own columns."""
    return {column.name: f"{column.title_zh}: {column.meaning}" for column in contract.columns}


def _columns(types: Mapping[str, str], own: Mapping[str, str]) -> Metadata:
    """Return a table's schema as Dagster's metadata; a column of which nobody has said more keeps its name alone."""
    columns = [dg.TableColumn(name, kind, _said(name, own)) for name, kind in types.items()]
    return {"dagster/column_schema": dg.TableSchema(columns)}


def _said(name: str, own: Mapping[str, str]) -> str | None:
    """Return a column's meaning; a contract's own says it in Chinese and English already."""
    said = own.get(name)
    return said if said is not None and not said.isascii() else comment(name, own)

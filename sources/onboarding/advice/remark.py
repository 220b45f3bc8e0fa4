"""A remark on a layout: what kind, where, what was found, what to do."""

from dataclasses import asdict, dataclass
from typing import Literal

Weight = Literal["refuse", "lose", "look"]
"""`refuse`: the snapshot would be refused; `lose`: rows or cells would be lost; `look`: a person should look."""

Kind = Literal[
    "form", "encoding", "delimiter", "titles", "totals", "header_unused", "header_missing", "code_unmapped",
    "code_unseen", "unreadable", "unit", "serial_date", "no_file",
]  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """One thing that the author of a layout should know.

    Attributes:
        column: canonical column, or the delivered header where no canonical one is concerned.
        rows: how many rows it concerns, where that is known.
        advice: what to write in the layout, where that can be said.
    """

    source: str
    file: str
    kind: Kind
    weight: Weight
    found: str
    column: str | None = None
    rows: int | None = None
    advice: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The remark for a scheduler."""
        return asdict(self)

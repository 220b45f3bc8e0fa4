"""Sources: what each department promises (contracts) and how it arrives (layouts, readers).

The public surface of the package. It knows no Dagster and no database: accepted rows go to a `Sink`.
"""

from sources.account import Intake
from sources.content import content, looked_at, stamp
from sources.contract import Column, Contract, Seat
from sources.contracts import CONTRACTS
from sources.errors import LandingError, LayoutError
from sources.intake import beside, take_in
from sources.landing import check_landing, divisions, snapshots
from sources.layout import Layout, SourceLayout
from sources.layout_files import known_layouts, load_layout
from sources.sink import Sink

__all__ = [
    "CONTRACTS",
    "Column",
    "Contract",
    "Intake",
    "LandingError",
    "Layout",
    "LayoutError",
    "Seat",
    "Sink",
    "SourceLayout",
    "beside",
    "check_landing",
    "content",
    "divisions",
    "known_layouts",
    "load_layout",
    "looked_at",
    "snapshots",
    "stamp",
    "take_in",
]

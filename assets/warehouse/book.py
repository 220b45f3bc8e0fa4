"""The ledger of a warehouse: never an older or another one than its nights have read.

A ledger that is gone, that `HEDUI_LEDGER` no longer names, or that an older backup was put in place of would forget what
people decided, and nobody would notice: families put right once would be accused again. Every manifest names how far its
night had read. Not here: how a ledger is kept (ledger).
"""

from assets.warehouse.manifest import ledger_seq
from assets.warehouse.paths import WarehousePaths
from ledger import Ledger


def open_ledger(paths: WarehousePaths) -> Ledger:
    """Open the ledger; it is created only for a warehouse none of whose nights has read an entry.

    Raises:
        LedgerError: it cannot be opened, or ends before what a published night has read.
    """
    return Ledger.open(paths.ledger, at_least=ledger_seq(paths))


def check_ledger(paths: WarehousePaths) -> None:
    """Raise `LedgerError` where `open_ledger` would for want of entries; no ledger is created."""
    if ledger_seq(paths):
        open_ledger(paths).close()

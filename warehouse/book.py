"""The ledger of a warehouse: never an older or another one than its nights have read.

A ledger that is gone, that `HEDUI_LEDGER` no longer names, or that an older backup was put in place of would forget what
people decided, and nobody would notice: families put right once would be accused again. Every manifest names how far its
night had read. Not here: how a ledger is kept (ledger).
"""

from ledger import Ledger, LedgerError
from warehouse.errors import WarehouseError
from warehouse.manifest import ledger_read
from warehouse.paths import WarehousePaths


def open_ledger(paths: WarehousePaths) -> Ledger:
    """Open the ledger; it is created only for a warehouse none of whose nights has read an entry.

    Raises:
        LedgerError: it cannot be opened, ends before what a published night has read, is another one, or the newest manifest
            cannot say how far it was read.
    """
    seq, digest = _read(paths)
    book = Ledger.open(paths.ledger, at_least=seq)
    if digest is not None and book.digest(seq) != digest:
        book.close()
        raise LedgerError(
            f"The ledger holds other entries up to number {seq} than a published night has read there: another ledger is meant"
            " (is HEDUI_LEDGER set as it was?), or this one was begun anew. Name the right one, or restore its backup. Nothing"
            " was written."
        )
    return book


def check_ledger(paths: WarehousePaths) -> None:
    """Raise `LedgerError` where `open_ledger` would for want of entries; no ledger is created."""
    if _read(paths)[0]:
        open_ledger(paths).close()


def _read(paths: WarehousePaths) -> tuple[int, str | None]:
    try:
        return ledger_read(paths)
    except WarehouseError as error:
        raise LedgerError(str(error)) from error

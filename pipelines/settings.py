"""What a night is told by its caller, checked before anything runs.

Here belong the arguments of a night and the sentences for what is wrong with them (exit 2).
Not here: what a department delivered, which is data and never a wrong argument.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.night import NightInputs
from ledger import LedgerError
from matching import ModelError
from matching.model_file import read_model
from policy import PolicyError, load_profile, night_tables
from sources import LayoutError, load_layout
from warehouse import key as installation_key
from warehouse.book import check_ledger
from warehouse.errors import WarehouseError
from warehouse.inspection import inspect
from warehouse.manifest import fingerprint_of
from warehouse.paths import WarehousePaths


class SettingsError(ValueError):
    """An argument or a configuration cannot be used; nothing has run."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a night needs to know, as given; ``model`` None: the matching model that is shipped."""

    night: date
    landing: Path
    warehouse: Path
    place: str
    layout: str
    threads: int | None = None
    memory_limit: str = "8GB"
    use_cache: bool = True
    model: Path | None = None


def check(settings: Settings) -> NightInputs:
    """Read and check the settings.

    Raises:
        SettingsError: with one sentence that says what is wrong and what to do.
    """
    _check_landing(settings.landing)
    _check_warehouse(settings.warehouse)
    memory, kept = memory_bytes(settings.memory_limit), keep_days()
    try:
        model = read_model(settings.model)
        profile = load_profile(settings.place)
        figures = night_tables(profile, settings.night)
        layout = load_layout(settings.layout)
        key, made = installation_key.load()
    except (ModelError, PolicyError, LayoutError, installation_key.KeyError_) as error:
        raise SettingsError(str(error)) from error
    paths = WarehousePaths(settings.warehouse.resolve())
    known = _inspected(paths, settings.night)
    if known is not None and known != installation_key.fingerprint(key):
        raise SettingsError(installation_key.another(settings.warehouse))
    try:
        check_ledger(paths)
    except LedgerError as error:
        raise SettingsError(str(error)) from error
    _make_warehouse(paths)
    return NightInputs(
        date=settings.night,
        landing=settings.landing,
        paths=paths,
        profile=profile,
        figures=figures,
        layout=layout,
        model=model,
        key=key,
        key_made=made,
        memory=memory,
        threads=settings.threads,
        use_cache=settings.use_cache,
        keep_days=kept,
    )


def from_environment(night: date) -> Settings:
    """Return what a scheduled night is told; `HEDUI_*` name its inputs (`hedui serve` sets them)."""
    return Settings(
        night=night,
        landing=Path(os.environ.get("HEDUI_LANDING", "landing")),
        warehouse=Path(os.environ.get("HEDUI_WAREHOUSE", "demo/warehouse")),
        place=os.environ.get("HEDUI_PLACE", "rugao"),
        layout=os.environ.get("HEDUI_LAYOUT", "jiangsu"),
        threads=int(os.environ.get("HEDUI_THREADS", "0")) or None,
        memory_limit=os.environ.get("HEDUI_MEMORY_LIMIT", "8GB"),
        model=Path(told) if (told := os.environ.get("HEDUI_MODEL", "")) else None,
    )


def _inspected(paths: WarehousePaths, night: date) -> str | None:
    """Return the fingerprint of the key that a warehouse was made with, once its own files were looked at."""
    try:
        inspect(paths, night)
        return fingerprint_of(paths)
    except WarehouseError as error:
        raise SettingsError(str(error)) from error


def _make_warehouse(paths: WarehousePaths) -> None:
    """Make the warehouse's folders that a night needs first; the last of the checks."""
    try:
        paths.lock.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"--warehouse {paths.root} cannot be written: {error.strerror}.") from error
    if not os.access(paths.lock.parent, os.W_OK | os.X_OK):
        raise SettingsError(f"--warehouse {paths.root}: {paths.lock.parent} cannot be written by this user.")


def memory_bytes(text: str) -> int:
    """Return the bytes of a memory limit such as ``8GB``, ``512MB`` or ``4GiB``.

    Raises:
        SettingsError: the text is no amount of memory, or less than 256 MB.
    """
    units = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
    stripped = text.strip().upper()
    for unit, factor in units.items():
        number = stripped.removesuffix(unit).strip()
        if (
            stripped.endswith(unit)
            and number.replace(".", "", 1).isascii()
            and number.replace(".", "", 1).isdigit()
        ):
            found = int(float(number) * factor)
            if found < 256 * 10**6:
                raise SettingsError(f"--memory-limit {text} is too little; a night needs at least 256MB.")
            return found
    raise SettingsError(f"--memory-limit {text!r} is no amount of memory; write it as 8GB or 512MB.")


def keep_days() -> int:
    """Return for how many days nights stay (`HEDUI_KEEP_DAYS`, 400; 0 keeps all).

    Raises:
        SettingsError: it is no number of days.
    """
    told = os.environ.get("HEDUI_KEEP_DAYS", "400").strip()
    if not (told.isascii() and told.isdigit()):
        raise SettingsError(
            f"HEDUI_KEEP_DAYS={told!r} is no number of days; write 400, or 0 to keep every night."
        )
    return int(told)


def _check_landing(landing: Path) -> None:
    """Raise unless the landing area is a folder that can be read."""
    if not landing.is_dir():
        raise SettingsError(
            f"--landing {landing}: there is no such folder. It must hold <source>/<YYYY-MM-DD>/ as departments deliver."
        )
    if not os.access(landing, os.R_OK | os.X_OK):
        raise SettingsError(f"--landing {landing} cannot be read by this user. Give it read permission.")


def _check_warehouse(warehouse: Path) -> None:
    """Raise unless the warehouse is, or can become, a folder that can be written."""
    if warehouse.exists() and not warehouse.is_dir():
        raise SettingsError(f"--warehouse {warehouse} is a file; it must be a folder.")
    if (warehouse / "__init__.py").exists():
        raise SettingsError(
            f"--warehouse {warehouse} is a folder of the program itself. Name one for its results alone."
        )
    place = warehouse if warehouse.exists() else warehouse.absolute().parent
    if not place.is_dir():
        raise SettingsError(
            f"--warehouse {warehouse}: the folder above it, {place}, does not exist. Make it first."
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise SettingsError(f"--warehouse {warehouse}: {place} cannot be written by this user.")

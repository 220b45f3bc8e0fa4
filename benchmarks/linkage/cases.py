"""Which cities and departments are measured, and making them where they are not there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.linkage.cities import Prepared, prepare
from benchmarks.linkage.departments import LEVELS, prepare_departments
from synth import make_city
from synth.city import Damage

SEEDS: Final = (1, 2, 3, 4, 5)
DEPARTMENT_SEEDS: Final = (301, 302, 303, 304)
LARGE: Final = 1_000_000
MIDDLE: Final = 100_000
QUICK: Final = 20_000


@dataclass(frozen=True)
class Case:
    """One city.

    Attributes:
        group: cities that differ by seed alone, as tables name them.
        city: its folder.
        residents, seed, damage: how `synth` makes it; None: it lies there.
    """

    group: str
    city: Path
    seed: int
    residents: int | None = None
    damage: Damage = "base"

    @property
    def is_large(self) -> bool:
        """Whether Splink's slower settings are left out: they take five times as long."""
        return self.residents == LARGE

    @property
    def name(self) -> str:
        """A name for folders."""
        return self.city.name

    def make(self) -> None:
        """Make the city unless it is there."""
        if self.residents and not (self.city / "truth" / "city.json").exists():
            make_city(self.city, self.residents, self.seed, damage=self.damage)

    def frames(self, folder: Path) -> Prepared:
        """Return its frames, made where they are not there."""
        self.make()
        return prepare(self.city, folder / self.name, self.seed)


@dataclass(frozen=True)
class Departments:
    """Two departments of one city, badly kept (`departments`).

    Attributes:
        group: those that differ by seed alone, as tables name them.
        birth_dates: whether they deliver birth date and sex beside the number.
    """

    level: str
    seed: int
    birth_dates: bool

    @property
    def group(self) -> str:
        """As tables name it."""
        return f"departments {self.level}, {'with' if self.birth_dates else 'without'} birth dates"

    @property
    def is_large(self) -> bool:
        """Never: see `Case`."""
        return False

    @property
    def name(self) -> str:
        """A name for folders."""
        return f"departments-{self.seed}-{self.level}-{'born' if self.birth_dates else 'plain'}"

    def frames(self, folder: Path) -> Prepared:
        """Return its frames, made where they are not there."""
        return prepare_departments(folder / self.name, self.seed, self.level, birth_dates=self.birth_dates)


def _made(folder: Path, residents: int, seed: int, damage: Damage) -> Case:
    city = folder / f"city-{residents}-{seed}-{damage}"
    return Case(f"{residents:,} {damage}", city, seed, residents, damage)


def cases(folder: Path, shared: Path, *, quick: bool) -> list[Case | Departments]:
    """Return the sample, where it lies beside the checkout, the made cities, and departments with and without birth dates."""
    sample = Case("sample", shared / "sample_city", 1)
    found: list[Case | Departments] = [sample] if sample.city.is_dir() else []
    levels: tuple[Damage, ...] = ("base", "hard")
    if quick:
        return [*found, *(_made(folder, QUICK, 1, damage) for damage in levels)]
    found += [_made(folder, MIDDLE, seed, damage) for damage in levels for seed in SEEDS]
    found += [
        Departments(level, seed, born)
        for level in LEVELS
        for born in (True, False)
        for seed in DEPARTMENT_SEEDS
    ]
    return found + [_made(folder, LARGE, 1, damage) for damage in levels]

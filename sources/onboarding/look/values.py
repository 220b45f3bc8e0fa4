"""What the values of one column seem to be: shares of cells that look like numbers of people, dates, amounts, codes.

Here belongs looking at values without keeping them: what leaves this module are shares, counts, formats and patterns,
and the distinct values of columns with few of them (codes). Not here: what the column is called.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from sources.contract import MONEY
from sources.values.amounts import parse_decimals
from sources.values.dates import parse_dates, parse_months
from sources.values.identity_number import birth_and_sex
from sources.values.text import trimmed

DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S",
        "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S", "%d/%m/%Y", "%m/%d/%Y",
        "%d-%m-%Y", "%d.%m.%Y", "epoch_ms", "epoch_s", "excel")  # fmt: skip
MONTHS = ("%Y-%m", "%Y%m", "%Y/%m", "%Y.%m", "%Y年%m月")
FEW = 60
"""Most different values that a column of codes has."""
_SAMPLE = 4000
NOTHING = r"^(?i:\\?n|null|nil|none|n/a|nan|-+|—+|/+|无|空|不详|未知|暂无|至今|长期)$"
"""Words with which departments say that there is nothing to say."""
_PATTERNS = {
    "id_like": r"^[1-9][0-9]{14}$|^[0-9*＊]{17}[0-9Xx*＊]$|^[0-9]{4,6}[*＊]{2,12}[0-9Xx]{2,4}$",
    "han_name": r"^[\p{Han}]{1,4}([·•・.．]?[\p{Han}]{1,8}){0,3}$",
    "division": r"^[1-9][0-9]{5}([0-9]{3}|[0-9]{6})?$",
    "credit_code": r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$",
    "plate": r"^\p{Han}[A-Z]·?[A-Z0-9\p{Han}]{5,6}$",
    "phone": r"^1[3-9][0-9*]{9}$|^0[0-9]{2,3}-?[0-9]{7,8}$",
    "disease": r"^[A-Z][0-9]{2}(\.[0-9x]{1,3})?",
    "address": r"[省市县区乡镇村路街号组室幢栋]",
    "masked": r"\*",
    "currency": r"^(CNY|USD|HKD|EUR|RMB|人民币|156)$",
    "ethnicity": r"^(汉|满|回|苗|维吾尔|藏|壮|土家|彝|蒙古|布依|侗|瑶|白|哈尼|傣|黎|傈僳|畲|朝鲜|哈萨克|\p{Han}{1,5}族)族?$",
    "organisation": r"(公司|厂|店|部|所|院|校|学|局|中心|社|银行|证券|保险|园|委员会|政府|站|集团|基金)$",
}


@dataclass(frozen=True)
class Seen:
    """What was seen of a column.

    Attributes:
        n: cells looked at; `filled` of them are not blank.
        distinct: different values among all cells; `codes` are they with their counts where they are few.
        unique: different values among filled cells of one file, as a share: a serial number comes again in the next delivery.
        shares: share of the sampled cells that fit each of `_PATTERNS`, by name.
    """

    text: pl.Series
    n: int
    filled: int
    distinct: int
    unique: float
    shares: dict[str, float]

    @cached_property
    def codes(self) -> dict[str, int]:
        """Different values, the most frequent first; empty if there are too many for codes."""
        if self.distinct > FEW:
            return {}
        counted = self.text.drop_nulls().value_counts(name="n")
        return dict(counted.sort("n", self.text.name, descending=[True, False]).iter_rows())

    @cached_property
    def sample(self) -> pl.Series:
        """Some cells that say something, spread over the file."""
        return _sampled(self.text)

    @cached_property
    def nothing(self) -> list[str]:
        """The words for nothing that stand in the column."""
        return self.text.filter(self.text.str.contains(NOTHING)).unique().sort().to_list()

    @cached_property
    def days(self) -> dict[str, float]:
        """Share of sampled cells that are a plausible day, by format, the best first."""
        return _by_share({form: _plausible(self.sample, form) for form in DAYS})

    @cached_property
    def months(self) -> dict[str, float]:
        """Share of sampled cells that are a plausible month, by format, the best first."""
        return _by_share({form: _plausible(self.sample, form, month=True) for form in MONTHS})

    @cached_property
    def numeric(self) -> float:
        """Share of sampled cells that are numbers."""
        read = parse_decimals(self.sample.str.strip_suffix("%"), MONEY)
        return read.count() / max(1, len(self.sample))

    @cached_property
    def median(self) -> float | None:
        """Median of the numbers that are not zero; to judge a unit, never to be shown."""
        read = parse_decimals(self.sample, MONEY)
        found = read.filter(read != 0).cast(pl.Float64).median()
        return found if isinstance(found, float) else None

    @cached_property
    def is_flag(self) -> bool:
        """Whether nothing but 0 and 1 stands in the column: yes and no, no measure."""
        return bool(self.codes) and set(self.codes) <= {"0", "1"}

    @cached_property
    def valid_ids(self) -> float:
        """Share of sampled cells that are identity numbers with a right check digit."""
        return birth_and_sex(self.sample)["birth_date"].count() / max(1, len(self.sample))


def column_seen(cells: pl.Series, files: Sequence[int] = ()) -> Seen:
    """Look at a text column; `files` are the rows that it has of each file, if there are several."""
    text = trimmed(cells)
    filled = text.count()
    sample = _sampled(text)
    shares = {
        name: float(sample.str.contains(pattern).sum()) / max(1, len(sample))
        for name, pattern in _PATTERNS.items()
    }
    return Seen(text, len(text), filled, text.drop_nulls().n_unique(), _unique(text, files), shares)


def _unique(text: pl.Series, files: Sequence[int]) -> float:
    heights = files or (len(text),)
    parts = [text.slice(sum(heights[:at]), height).drop_nulls() for at, height in enumerate(heights)]
    return sum(part.n_unique() for part in parts) / max(1, sum(map(len, parts)))


def _sampled(text: pl.Series) -> pl.Series:
    said = text.drop_nulls().filter(~text.drop_nulls().str.contains(NOTHING))
    return said.gather_every(max(1, len(said) // _SAMPLE))


def pattern_of(text: pl.Series) -> pl.Series:
    """The shape of each value: digits become 9, letters A, Chinese characters 汉; never the value."""
    shaped = text.str.replace_all(r"[0-9０-９]", "9").str.replace_all(r"\p{Han}", "汉")
    return shaped.str.replace_all(r"[A-Za-zＡ-Ｚａ-ｚ\p{Cyrillic}\p{Greek}]", "A").str.slice(0, 24)


def shape_of(value: str) -> str:
    """The shape of one value."""
    return str(pattern_of(pl.Series([value]))[0])


def _by_share(shares: dict[str, float]) -> dict[str, float]:
    # Sorting is stable, so of two formats that read as many the usual one comes first.
    return dict(sorted(((f, s) for f, s in shares.items() if s > 0), key=lambda pair: -pair[1]))


def _plausible(text: pl.Series, form: str, *, month: bool = False) -> float:
    """Share of cells that `form` reads as a day between 1900 and 2100 (of bare numbers: 1971 and 2060)."""
    if not len(text):
        return 0.0
    read = (parse_months if month else parse_dates)(text, (form,), native=False)
    bare = "%" not in form
    first, last = (date(1971, 1, 1), date(2060, 1, 1)) if bare else (date(1900, 1, 1), date(2100, 1, 1))
    return float(read.is_between(first, last).sum()) / len(text)

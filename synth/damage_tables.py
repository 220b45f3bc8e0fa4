"""What happens to identities on the way, and how often. Our own tables.

Here: shares of the kinds, rates of the sources, characters that are mistaken for each other. Not here: doing
it (damage.py).
"""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin

from synth import name_lists

RATES = {"none": 0.0, "base": 0.042, "hard": 0.128}
"""Share of rows whose identity is damaged."""

SOURCE_FACTOR = {
    "assistance_roll": 0.25, "household_registry": 0.09, "deaths": 2.2, "disability_certificates": 1.9,
    "inmates": 2.0, "poverty_monitoring": 1.6, "children_care": 1.2, "public_payroll": 0.8, "tax_income": 0.8,
}  # fmt: skip

KINDS: dict[str, tuple[float, float]] = {
    "id_digit": (15, 13), "id_transpose": (8, 8), "id_15": (9, 8), "id_mask": (7, 9), "id_missing": (4.5, 7),
    "id_space": (6.5, 4), "id_fullwidth": (3.5, 3), "id_lower_x": (2.5, 2), "id_excel": (3, 4.5),
    "id_month_day": (2, 2.5), "id_relative": (0.7, 1.4), "id_digit+nm_homophone": (1.8, 4.5),
    "nm_homophone": (10, 9), "nm_lookalike": (6, 6), "nm_trad": (5.5, 4), "nm_star": (4, 5), "nm_space": (6, 4),
    "nm_swap": (3, 3), "nm_pinyin": (2.5, 3), "nm_missing": (2, 2.5),
}  # fmt: skip
"""Weight of each kind in the base and in the hard table."""

SOFT = (
    "id_space",
    "id_fullwidth",
    "id_lower_x",
    "id_15",
    "nm_homophone",
    "nm_lookalike",
    "nm_trad",
    "nm_space",
)
"""The kinds that clerks of the roll and the registry produce: a number is there, and repairs itself."""

REPAIRABLE = ("id_digit", "id_transpose", "nm_homophone", "nm_trad", "id_space")
"""The kinds a planted key row may have: by number, after one repair."""

OWN_SHARES = {"nm_dot": (0.12, 0.3), "nm_rare": (0.35, 0.7), "nm_former": (0.07, 0.15)}
"""Share of rows of people with a dotted name, a rare character, a former name; base and hard."""

UNRECOVERABLE = (
    "id_missing", "id_excel", "id_relative", "id_digit+nm_homophone", "nm_missing", "second_number",
    "shared_number", "stranger_with_resident_number",
)  # fmt: skip
WITHOUT_NUMBER = ("id_missing", "id_excel")

LOOKALIKE = dict(
    zip(
        "杨王李刘陈孙田白马余未末已己士土贝见天夫日曰人入",
        "扬玉季浏阵孔由自乌佘末未己已土士见贝夫天曰日入人",
        strict=True,
    )
) | dict(
    zip(
        "晨明浩洁芳萍桂梅海涛俊伟英兰军平永宁清强建春子宇",
        "震朋洁诘芬苹挂悔侮铸悛伤莫三车乎水宇请犟健舂孑宁",
        strict=True,
    )
)

TRADITIONAL = dict(
    zip("张刘陈杨黄赵吴孙马罗郑谢韩邓冯许", "張劉陳楊黃趙吳孫馬羅鄭謝韓鄧馮許", strict=True)
) | dict(
    zip(
        "伟国华军兰丽强红荣庆贵宝凤东兴学义顺银礼爱芳龙卫刚杰",
        "偉國華軍蘭麗強紅榮慶貴寶鳳東興學義順銀禮愛芳龍衛剛傑",
        strict=True,
    )
)

POLYPHONES = {"曾": "ZENG", "单": "SHAN", "仇": "QIU", "解": "XIE", "任": "REN", "覃": "QIN"}
"""Readings that surnames have and a dictionary does not put first."""


def _characters() -> list[str]:
    words = [s for s, _ in name_lists.SURNAMES]
    words += [*name_lists.MALE, *name_lists.FEMALE, name_lists.RARE]
    words += [*name_lists.DOTTED_MALE, *name_lists.DOTTED_FEMALE]
    return sorted(set("".join(words)))


@cache
def readings() -> dict[str, str]:
    """Reading of every character that a made name can have, in capitals without tones."""
    chars = _characters()
    plain = [pinyin(c, style=Style.NORMAL)[0][0].upper() for c in chars]
    return dict(zip(chars, plain, strict=True)) | POLYPHONES


@cache
def homophones() -> dict[str, str]:
    """For each character another of the same reading, where the lists have one."""
    groups: dict[str, list[str]] = {}
    for char, reading in readings().items():
        if char not in name_lists.RARE:
            groups.setdefault(reading, []).append(char)
    return {
        char: group[(at + 1) % len(group)]
        for group in groups.values()
        if len(group) > 1
        for at, char in enumerate(group)
    }

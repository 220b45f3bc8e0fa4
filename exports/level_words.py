"""What comparisons, their levels, methods, decisions and groups are called: Chinese first, English beside.

Words only. Not here: what a level means for a link (docs/matching.md).
"""

from typing import Final

FIELDS: Final = {
    "prior": ("先验", "prior"),
    "number": ("证件号码", "number"),
    "name": ("姓名", "name"),
    "birth_date": ("出生日期", "birth date"),
    "sex": ("性别", "sex"),
    "phone": ("电话", "telephone"),
    "place": ("住址", "place"),
    "partner": ("配偶", "partner"),
}
LEVELS: Final = {
    "same": ("一致", "same"),
    "month_day": ("月日颠倒", "month and day exchanged"),
    "booklet": ("同户他人", "somebody else's of the booklet"),
    "other_valid": ("另一有效号码", "another valid number"),
    "one_edit": ("一处笔误", "one slip"),
    "digit_lost": ("缺一位或多一位", "a digit lost or doubled"),
    "near": ("两处笔误", "two slips"),
    "other": ("不一致", "another"),
    "visible_differs": ("可见数字不符", "visible digits differ"),
    "visible_serial": ("可见数字相符（含末四位）", "visible digits agree, last four too"),
    "visible": ("可见数字相符", "visible digits agree"),
    "silent": ("未提供", "silent"),
    "former": ("曾用名", "former name"),
    "swapped": ("姓名颠倒", "given name first"),
    "pinyin": ("拼音相符", "pinyin agrees"),
    "initials": ("姓氏与首字母相符", "surname and initials agree"),
    "pinyin_slip": ("拼音一处笔误", "pinyin, one letter off"),
    "wildcard": ("已知字相符", "known characters agree"),
    "wildcard_alike": ("已知字相符，一字音形相近", "known characters agree, one alike"),
    "transcribed": ("译名写法不同", "another transcription"),
    "cut": ("名字截断", "cut at the dot"),
    "homophone": ("同音字", "one homophone"),
    "look_alike": ("形近字", "one look-alike"),
    "homophones": ("多个同音形近字", "several homophones or look-alikes"),
    "one_character": ("一字不同", "one character"),
    "letters_differ": ("拼音不符", "letters differ"),
    "differs": ("不一致", "differs"),
    "one_digit": ("一位数字不同", "one digit"),
    "same_door": ("同一门牌", "same door"),
    "door_renamed": ("同一门牌，乡镇名不同", "same door, town of another name"),
    "same_group": ("同组", "same group"),
    "same_village": ("同村居", "same village"),
    "same_town": ("同乡镇", "same town"),
    "in_booklet": ("配偶在同一户口簿", "partner in the booklet"),
}
DECISIONS: Final = {
    "linked": ("已匹配", "linked", "#2b6cb0"),
    "review": ("待人工复核", "review", "#d69e2e"),
    "unlinked": ("未匹配", "unlinked", "#a0aec0"),
}
METHODS: Final = {
    "spine": ("建档", "founded"),
    "exact": ("号码姓名一致", "exact"),
    "exact_former_name": ("号码与曾用名一致", "exact, former name"),
    "repaired": ("号码修复", "number repaired"),
    "probabilistic": ("综合判断", "probabilistic"),
    "clerical": ("人工认定", "clerical"),
    "none": ("无", "none"),
}
KINDS: Final = {
    "all": ("全部", "all"),
    "hukou_type": ("户口性质", "hukou"),
    "ethnicity": ("民族", "ethnicity"),
    "age": ("年龄", "age"),
    "name_length": ("姓名字数", "characters of the name"),
    "place": ("居村委会", "committee"),
    "number": ("号码情况", "number"),
}
GROUPS: Final = {
    "all": "全部 all",
    "unknown": "不详 unknown",
    "rural": "农业 rural",
    "urban": "非农业 urban",
    "han": "汉族 Han",
    "minority_dotted_name": "少数民族，带间隔号姓名 minority, dotted name",
    "minority_other_name": "少数民族，其他姓名 minority, other name",
    "dotted": "带间隔号 dotted",
    "residents_committee": "居委会 residents",
    "villagers_committee": "村委会 villagers",
    "same": "一致 same",
    "one_slip": "一处笔误 one slip",
    "hidden_digits": "部分遮盖 hidden digits",
    "none": "未提供 none",
    "differs": "不一致 differs",
    "spine": "建档 founded",
}


def both(words: dict[str, tuple[str, str]], code: str) -> str:
    """Return a code in both languages; the code itself where nobody gave it words."""
    return " ".join(words.get(code, (code,)))

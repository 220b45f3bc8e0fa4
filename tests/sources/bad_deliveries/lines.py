# ruff: noqa: E501 - a table: one case a line
"""Single lines: bytes, quotes, fields, blanks; and who a row is about."""

from sources import SourceLayout
from tests.sources.bad_deliveries.case import NUMBER, Bad, among, inmates, line, shape

TOTALS = SourceLayout.model_validate(
    {"source": "inmates", "files": [shape("inmates").files[0].model_dump() | {"totals": ["合计"]}]}
)
UNREADABLE = ("22 unreadable",)
NOBODY = ("22 no_identity",)
ET = {"guardian_id_number": "", "guardian_name": ""}


def row(**changed: object) -> str:
    return line("inmates", 101, **changed)


def bytes_of(**changed: object) -> bytes:
    return row(**changed).encode("gb18030")


LINES = [
    Bad("a character cut in half at the end of the file", inmates(bytes_of()[:-1]), accepted=20, quarantined=UNREADABLE),
    Bad("a byte that no decoding gives", inmates(bytes_of().replace("张".encode("gb18030"), b"\xff\xff")), accepted=20, quarantined=UNREADABLE),
    Bad("UTF-8 in one line of GB18030", inmates(row(name="张三丰").encode()), accepted=20, quarantined=UNREADABLE),
    Bad("a NUL byte", inmates({"name": "张\0三"}), accepted=20, quarantined=UNREADABLE),
    Bad("a line of NUL bytes, as a crash leaves it", inmates("\0" * 300), accepted=20, quarantined=UNREADABLE),
    Bad("a character whose second byte is |", among("bank_accounts", {"name": "億墊"}), source="bank_accounts", accepted=21, becomes={"name": "億墊"}),
    Bad("a character whose second byte is a backslash", inmates({"name": "乗俓"}), accepted=21, becomes={"name": "乗俓"}),
    Bad("a backslash before a comma", inmates(row(name="张\\")), accepted=21, becomes={"name": "张\\"}),
    Bad("rare characters of four bytes", inmates({"name": "𠮷䶮㛃"}), accepted=21, becomes={"name": "𠮷䶮㛃"}),
    Bad("a character of the private use area", inmates({"name": "李\ue863"}), accepted=21, becomes={"name": "李\ue863"}),
    Bad("too few fields", inmates("R101,1,张三,2020-01-10,"), accepted=20, quarantined=UNREADABLE),
    Bad("too many fields", inmates(row() + ",多余"), accepted=20, quarantined=UNREADABLE),
    Bad("a comma in a field without quotes", inmates({"name": "张三,李四"}), accepted=20, quarantined=UNREADABLE),
    Bad("a | in a field of a bank", among("bank_accounts", {"name": "张|三"}), source="bank_accounts", accepted=20, quarantined=("21 unreadable",)),
    Bad("blank lines in the midst", inmates("", "  ", "\t", row()), accepted=21),
    Bad("a line of separators only", inmates(",,,,,", row()), accepted=21),
    Bad("totals that the layout names", inmates("合计,,,,,20", row()), layout=TOTALS, accepted=21),
    Bad("totals that the layout does not name", inmates("合计,,,,,20"), accepted=20, quarantined=NOBODY),
    Bad("a line break within quotes", inmates({"name": '"张\n三"'}, row(record_no="R102", kind="x")), accepted=21, quarantined=("24 bad_value kind",)),
    Bad("a comma within quotes", inmates({"name": '"张三,李四"'}), accepted=21, becomes={"name": "张三,李四"}),
    Bad("doubled quotes within quotes", inmates({"name": '"张""三"'}), accepted=21, becomes={"name": '张"三'}),
    Bad("a quote in the midst of a field", inmates({"name": '张"三'}), accepted=21, becomes={"name": '张"三'}),
    Bad("a quote that is never closed, to the end of the file", inmates({"name": '"张三'}, {}, {}), accepted=22, quarantined=UNREADABLE),
    Bad("text after a closing quote", inmates({"name": '"张"三'}), accepted=20, quarantined=UNREADABLE),
    Bad("a field of 10 MB", inmates({"name": "张" * 5_000_000}), accepted=21),
    Bad("a field of 10 MB with a line break in it", inmates({"name": '"' + "x" * 10_000_000 + '\n"'}), accepted=21),
    Bad("a CR within a field", inmates(row(name="张\r三")), accepted=21, becomes={"name": "张\r三"}),
    Bad("line breaks that are none: form feed, U+2028", inmates({"name": "张\x0c三\u2028"}), accepted=21, becomes={"name": "张\x0c三\u2028"}),
    Bad("a name that a spreadsheet takes for a formula", inmates({"name": "=1+1"}), accepted=21, becomes={"name": "=1+1"}),
    Bad("number and name both blank", inmates({"id_number": "", "name": ""}), accepted=20, quarantined=NOBODY),
    Bad("number and name of blanks of any width", inmates({"id_number": " ", "name": "　\u00a0"}), accepted=20, quarantined=NOBODY),
    Bad("nobody, and a bad value too", inmates({"id_number": "", "name": "", "kind": "x"}), accepted=20, quarantined=NOBODY),
    Bad("a number and no name", inmates({"name": ""}), accepted=21, becomes={"name": None}),
    Bad("a name and no number", inmates({"id_number": ""}), accepted=21, becomes={"id_number_raw": None}),
    Bad("a number with a wrong check digit", inmates({"id_number": NUMBER[:-1] + "2"}), accepted=21),
    Bad("a masked number", inmates({"id_number": "1101**********2711"}), accepted=21, becomes={"id_number_raw": "1101**********2711"}),
    Bad("a number that a spreadsheet destroyed", inmates({"id_number": "3.20682E+17"}), accepted=21, becomes={"id_number_raw": "3.20682E+17"}),
    Bad("a number with a note in its cell", inmates({"id_number": f"{NUMBER}(本人)"}), accepted=21),
    Bad("an odd name: pinyin and a question mark", inmates({"name": "zhang?"}), accepted=21, becomes={"name": "zhang?"}),
    Bad("a marriage with one seat empty", among("marriages", {"id_number_a": "", "name_a": ""}), source="marriages", accepted=21),
    Bad("a marriage with both seats empty", among("marriages", dict.fromkeys(("id_number_a", "name_a", "id_number_b", "name_b"), "")), source="marriages", accepted=20, quarantined=NOBODY),
    Bad("a child without a guardian", among("children_care", ET), source="children_care", accepted=21),
    Bad("a guardian without a child", among("children_care", {"id_number": "", "name": ""}), source="children_care", accepted=20, quarantined=NOBODY),
]  # fmt: skip

# ruff: noqa: E501 - a table: one case a line
"""Values: amounts, dates, months, codes, yes and no, in required columns and in optional ones."""

from tests.sources.bad_deliveries.case import NUMBER, Bad, among

ROLL, REGISTRY, TAX, BANK = "assistance_roll", "household_registry", "tax_income", "bank_accounts"


def bad(name: str, source: str, column: str, given: str, blamed: str = "") -> Bad:
    """A value in a required column that is no such thing: the row goes to quarantine."""
    line = 21 if source == BANK else 22
    quarantined = (f"{line} bad_value {blamed or column}",)
    return Bad(name, among(source, {column: given}), source=source, accepted=20, quarantined=quarantined)


def fine(name: str, source: str, column: str, given: str, value: str | None) -> Bad:
    """A value that looks odd and is one."""
    return Bad(name, among(source, {column: given}), source=source, accepted=21, becomes={column: value})


def nothing(name: str, source: str, column: str, given: str, reason: str = "unreadable") -> Bad:
    """A value in an optional column that is no such thing: it becomes nothing, and is counted."""
    return Bad(
        name,
        among(source, {column: given}),
        source=source,
        accepted=21,
        cells=(f"{column} {reason} 1",),
        becomes={column: None},
    )


AMOUNT = "monthly_amount"
VALUES = [
    bad("an amount that is blank", ROLL, AMOUNT, ""),
    bad("an amount in words", ROLL, AMOUNT, "叁佰元"),
    bad("an amount NaN", ROLL, AMOUNT, "NaN"),
    bad("an amount inf", ROLL, AMOUNT, "inf"),
    bad("an amount of 15 digits", ROLL, AMOUNT, "123456789012345"),
    bad("an amount 1e99", ROLL, AMOUNT, "1e99"),
    bad("an amount with its unit", ROLL, AMOUNT, "300元"),
    bad("an amount with two points", ROLL, AMOUNT, "1.234.50"),
    bad("an amount with commas in the wrong place", ROLL, AMOUNT, '"1,23,4"'),
    bad("an amount with an underscore", ROLL, AMOUNT, "1_000"),
    fine("an amount with a comma for thousands", ROLL, AMOUNT, '"1,234.50"', "1234.50"),
    fine("an amount below nothing", ROLL, AMOUNT, "-50", "-50.00"),
    fine("an amount 1e5", ROLL, AMOUNT, "1e5", "100000.00"),
    fine("an amount of three decimals, rounded half away from zero", ROLL, AMOUNT, "1.005", "1.01"),
    fine("an amount in full-width digits", ROLL, AMOUNT, "１２３．４", "123.40"),
    fine("an amount without the nought before the point, as Oracle writes it", ROLL, AMOUNT, ".5", "0.50"),
    fine("the largest amount", ROLL, AMOUNT, "999999999999.99", "999999999999.99"),
    nothing("an optional amount in words", ROLL, "declared_monthly_income", "不详"),
    nothing("an optional amount of 15 digits", BANK, "balance", "123456789012345"),
    bad("a day 0000-00-00", ROLL, "start_date", "0000-00-00"),
    bad("a day 29 February of no leap year", ROLL, "start_date", "2021-02-29"),
    bad("a thirteenth month", ROLL, "start_date", "2021-13-01"),
    bad("a day in another form than promised", ROLL, "start_date", "01/02/2021"),
    bad("a day with a time of day", ROLL, "start_date", "2021-01-05 00:00:00"),
    bad("a day of a year of five digits", ROLL, "start_date", "12021-01-05"),
    fine("a day 29 February of a leap year", ROLL, "start_date", "2020-02-29", "2020-02-29"),
    Bad("a day 9999-12-31 that must be there", among(ROLL, {"start_date": "9999-12-31"}), source=ROLL, accepted=21, cells=("start_date sentinel 1",), becomes={"start_date": "9999-12-31"}),
    nothing("an end that stands for none and the layout does not name", ROLL, "end_date", "9999-12-31", "sentinel"),
    nothing("an end that stands for none, 1900-01-01", ROLL, "end_date", "1900-01-01", "sentinel"),
    fine("a code with a mark of no width", "inmates", "kind", "监狱服刑\u200b", "prison"),
    fine("a code with a blank in it", "inmates", "kind", "监狱 服刑", "prison"),
    fine("a code in armour", "inmates", "kind", '="监狱服刑"', "prison"),
    fine("a date in armour", "inmates", "from_date", '="2020-01-10"', "2020-01-10"),
    Bad("a number in armour against spreadsheets", among("inmates", {"id_number": f'="{NUMBER}"'}), accepted=21, becomes={"id_number_raw": NUMBER}),
    Bad("a number behind a quote", among("inmates", {"id_number": f"'{NUMBER}"}), accepted=21, becomes={"id_number_raw": NUMBER}),
    Bad("a number with an escaped carriage return", among("inmates", {"id_number": f"{NUMBER}_x000D_"}), accepted=21, becomes={"id_number_raw": NUMBER}),
    Bad("a number with marks of direction", among("inmates", {"id_number": f"\u202d{NUMBER}\u202c"}), accepted=21, becomes={"id_number_raw": NUMBER}),
    fine("a day of one digit", ROLL, "start_date", "2021-1-5", "2021-01-05"),
    nothing("an optional day that is no day", ROLL, "end_date", "2021-02-30"),
    bad("a month 13", TAX, "period", "202113"),
    bad("a month 00", TAX, "period", "202100"),
    bad("a month with a hyphen where none is promised", TAX, "period", "2021-12"),
    bad("a month of seven digits", TAX, "period", "2021121"),
    fine("a month in full-width digits", TAX, "period", "２０２１１２", "2021-12-01"),
    bad("an unknown code in a required column", ROLL, "program", "低保户"),
    bad("a blank code in a required column", ROLL, "program", ""),
    bad("the canonical word, which the layout does not list", ROLL, "program", "dibao"),
    fine("a code between blanks", ROLL, "program", " 最低生活保障　", "dibao"),
    nothing("an unknown code in an optional column", REGISTRY, "marital_status", "同居", "unknown_code"),
    fine("a blank code in an optional column", REGISTRY, "marital_status", "", None),
    bad("yes in another spelling than promised", ROLL, "covered", "Y"),
    bad("yes or no left blank", ROLL, "covered", ""),
    nothing("an optional yes or no that is neither", ROLL, "relative_of_official", "也许"),
    bad("a record number that is blank", ROLL, "record_no", "　"),
    Bad("a registry birth date that does not exist, under a valid number", among(REGISTRY, {"birth_date": "20211301"}), source=REGISTRY, accepted=21, becomes={"birth_date": "1990-03-07", "birth_date_from_number": "True"}),
    Bad("a registry birth date that does not exist, under a damaged number", among(REGISTRY, {"birth_date": "20211301", "id_number": NUMBER[:-1]}), source=REGISTRY, accepted=20, quarantined=("22 bad_value birth_date",)),
    Bad("a registry sex left blank, under a valid number", among(REGISTRY, {"sex": ""}), source=REGISTRY, accepted=21, becomes={"sex": "male", "sex_from_number": "True"}),
    bad("a registry sex of an unknown spelling", REGISTRY, "sex", "3"),
    Bad("a bank row with neither balance nor limit", among(BANK, {"balance": "", "over_limit": ""}), source=BANK, accepted=20, quarantined=("21 bad_value balance",)),
    Bad("a bank row whose balance is no amount and whose limit is blank", among(BANK, {"balance": "很多", "over_limit": ""}), source=BANK, accepted=20, quarantined=("21 bad_value balance",)),
    Bad("a bank row whose limit alone is given", among(BANK, {"balance": ""}), source=BANK, accepted=21, becomes={"balance": None, "over_limit": "True"}),
    nothing("a bank row whose limit is neither yes nor no, with a balance", BANK, "over_limit", "2"),
    Bad("two bad values: the first in the contract's order is blamed", among(ROLL, {"program": "x", AMOUNT: "x"}), source=ROLL, accepted=20, quarantined=("22 bad_value program",)),
    Bad("a bad optional value in a row that is set aside is not counted", among(ROLL, {"program": "x", "end_date": "x"}), source=ROLL, accepted=20, quarantined=("22 bad_value program",)),
]  # fmt: skip

"""Every published table is described in one place."""

from sources import CONTRACTS
from sql.models import models
from warehouse.comments import BY_HAND


def test_no_table_has_two_descriptions() -> None:
    assert set(BY_HAND) & set(models()) == set()
    assert {name.partition(".")[2] for name in BY_HAND if name.startswith("core.")} & set(CONTRACTS) == set()

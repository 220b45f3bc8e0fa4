"""How much the tests that use hypothesis leave to chance, in two profiles, of which conftest.py loads the first.

`fixed`, of `make test`: the same examples in every run, on every machine, in any order, however slow; nothing is
remembered from one run to the next. `chance`, of `make chance`: new examples in every run, several times as many; what it
prints repeats what it found. Here belongs nothing else: what a test tries stands in the test.
"""

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

FIXED, CHANCE = "fixed", "chance"
USUAL = 100
"""Examples of a test that asks for no number."""
MORE = 4
"""How many times as many `make chance` tries: some four minutes on two cores."""


def register() -> None:
    """Make both profiles known and load the one of `make test`; pytest's `--hypothesis-profile` loads another."""
    # A busy machine is slow: no deadline, and no complaint that examples come slowly.
    common = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile(FIXED, common, max_examples=USUAL, derandomize=True)
    settings.register_profile(CHANCE, common, max_examples=USUAL * MORE, derandomize=False, print_blob=True)
    settings.load_profile(FIXED)
    _without_company()


def examples(number: int) -> settings:
    """The settings of a test for which `number` examples are enough (or not too many), where others have a hundred."""
    return settings(max_examples=number * settings().max_examples // USUAL)


def _without_company() -> None:
    """Let examples rest on the test alone.

    Hypothesis mixes in constants from all modules of this checkout that happen to be loaded, so that a test alone would
    try other examples than the same test after others, and others again on another worker of xdist.
    """
    if not hasattr(providers, "is_local_module_file"):
        raise RuntimeError("hypothesis finds local constants in another way now: see tests/chance.py")
    providers.is_local_module_file = lambda _: False

"""The payment designs that are compared pay alike for the indicated course, so that only what they reward differs."""

from __future__ import annotations

import os

import pytest

from carespec.assumptions import Assumptions, default
from carespec.engine import Engine
from carespec.incentives.episode.contract import Contract, contract_of
from carespec.incentives.figures import KINDS
from carespec.incentives.horizon import settle
from carespec.incentives.report import Options, analyse
from carespec.incentives.solver import PAID, PROFIT
from carespec.incentives.tell import renderer
from carespec.incentives.tell.table import blocks
from carespec.incentives.verdicts import exact_indicated
from carespec.source import read_file
from carespec.vocabulary import DEFAULT
from support import TOP

FOLDER = os.path.join(TOP, "specs", "payment-designs")
DESIGNS = sorted(name.removesuffix(".care") for name in os.listdir(FOLDER))
ASSUMED: Assumptions = default(DEFAULT)


def design(name: str) -> Contract:
    read = Engine(()).read(read_file(os.path.join(FOLDER, f"{name}.care")))
    assert read is not None
    return contract_of(read.service, ASSUMED)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_indicated_course_brings_its_cost_and_a_tenth(name: str) -> None:
    contract = design(name)
    assert contract.is_whole
    for number, step in enumerate(contract.steps):
        kind = number if len(contract.steps) == len(KINDS) else KINDS.index("middle")
        value = exact_indicated(settle(contract, step, ASSUMED).setting)[:, 0, kind]
        assert value[PAID] == pytest.approx(1.1 * (value[PAID] - value[PROFIT]), abs=0.05)


@pytest.mark.parametrize("name", DESIGNS)
def test_no_price_stands_without_its_source_or_that_it_is_illustrative(name: str) -> None:
    with open(os.path.join(FOLDER, f"{name}.care"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    for number, line in enumerate(lines):
        if line.startswith("pay ") and "none" not in line:
            under = [text for text in lines[number + 1 : number + 5] if text.startswith("  doubt")]
            assert under, f"{name}: `{line}` says neither"


def test_the_table_tells_what_a_design_creates_and_removes() -> None:
    options = Options(effort=1)
    found = [analyse(design(name).service, ASSUMED, options) for name in ("payment-by-results", "cost-per-volume")]
    told = renderer("table")(found, 100)
    assert "design-cost-per-volume, beside design-payment-by-results, creates `stretch-to-cap`" in told
    assert "`work-without-payment`." in told.split("removes")[1]
    assert "`average-sessions step-2`: courses are followed one by one" in told
    drawn = [block for block in blocks(found) if isinstance(block, str)]
    assert drawn and all(block in told for block in drawn), "a terminal is told the same"
    assert any("courses are followed one by one" in block for block in drawn)

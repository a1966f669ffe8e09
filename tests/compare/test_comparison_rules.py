"""Comparisons of guidance: what they flag, where, how loudly, and the tests that they carry."""

from __future__ import annotations

import os
from datetime import date

import pytest

from carespec.compare.rules import judge, run
from carespec.compare.taken import Held, Taken, held, measured
from carespec.engine import Engine
from carespec.guidance.from_syntax import pack_of
from carespec.guidance.law import Law
from carespec.guidance.library import shipped
from carespec.guidance.model import Pack
from carespec.records import Finding
from carespec.source import from_text, read_file
from carespec.syntax.document import read_document
from carespec.workspace import load
from support import TOP

LAW = Law(today=date(2013, 1, 1))
PRICES = """\
  among: programme
  measures: pay step-3
  flag-when: highest is more than 1.5 times lowest
  message: "{count} services price this from {lowest} to {highest}, {ratio} times; half-way is {median}."
  flags: £300.00, £500.00
  spares: £300.00, £450.00
  spares: £300.00
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(())


def pack(lines: str, engine: Engine, before: str = "") -> Pack:
    text = f'guidance p\n{before}source study: "A study", "A university" published 2013\ncomparison c "C"\n{lines}'
    found = pack_of(read_document(from_text("p.guidance", text), engine.parse))
    assert not found.problems, found.problems
    return found


def taken(services: dict[str, list[str]], comparisons: tuple[Held, ...], engine: Engine) -> list[Taken]:
    found: list[Taken] = []
    for name, lines in services.items():
        read = engine.read(from_text(f"{name}.care", "\n".join((f"service {name}", *lines)) + "\n"))
        assert read is not None
        found += measured(read.service, comparisons, LAW)
    return found


def judged(lines: str, services: dict[str, list[str]], engine: Engine, before: str = "") -> list[Finding]:
    comparisons = held(Law((pack(lines, engine, before),)))
    return list(judge(taken(services, comparisons, engine), comparisons))


def priced(**prices: int) -> dict[str, list[str]]:
    return {name: ["programme: iapt", f"pay step-3: £{price}.00 per course"] for name, price in prices.items()}


def test_one_finding_a_group_at_the_most_extreme_service(engine: Engine) -> None:
    (finding,) = judged(PRICES, priced(a=300, b=310, c=900), engine)
    assert (finding.id, finding.service) == ("p.c/iapt, per course/pay step-3", "c")
    assert (finding.kind, finding.severity, finding.authority) == ("comparison", "should", "local")
    assert finding.message.startswith(
        "3 services price this from £300.00 per course to £900.00 per course, 3.0 times; half-way is £310.00"
    )
    assert [related.path for related in finding.related] == ["a.care", "b.care"]
    assert finding.span.start.line == 3


def test_it_is_placed_among_the_files_of_the_run(engine: Engine) -> None:
    comparisons = held(Law((pack(PRICES, engine),)))
    found = taken(priced(a=300, b=310, c=900), comparisons, engine)
    (finding,) = judge(found, comparisons, frozenset(("a.care",)))
    assert finding.service == "a" and finding.related[0].path == "c.care"
    assert judge(found, comparisons, frozenset(("x.care",))) == ()


@pytest.mark.parametrize(
    "other",
    [
        ["programme: primary-care-counselling", "pay step-3: £900.00 per course"],
        ["pay step-3: £900.00 per course"],
        ["programme: iapt", "pay step-3: £900.00 per session"],
        ["programme: iapt", 'pay step-3: in words "£900"'],
        ["programme: iapt", "status: withdrawn", "pay step-3: £900.00 per course"],
        ["programme: iapt", "contract: from 1 April 2011 to 31 March 2012", "pay step-3: £900.00 per course"],
    ],
)
def test_only_what_is_comparable_is_compared(other: list[str], engine: Engine) -> None:
    since = "contract: from 1 April 2012 to 31 March 2015"
    mine = {name: [*lines, since] for name, lines in priced(a=300, b=310).items()}
    assert judged(PRICES, mine | {"x": other}, engine) == []
    assert len(judged(PRICES, mine | {"y": [*priced(y=900)["y"], since]} | {"x": other}, engine)) == 1


def test_that_others_do_otherwise_is_a_must_only_where_a_national_source_says_so(engine: Engine) -> None:
    law = "  text: [study 4.9]\n  | One sentence.\n"
    cases = {"national": (law, "must"), "local": (law, "should"), "good-practice": (law, "should")}
    for authority, (quoted, severity) in cases.items():
        lines = f"{PRICES}  severity: must\n  authority: {authority}\n{quoted}"
        (finding,) = judged(lines, priced(a=1, b=9), engine)
        assert finding.severity == severity
        assert [(s.title, s.publisher, s.place, s.quote) for s in finding.sources] == [
            ("A study", "A university", "4.9", "One sentence.")
        ]
    (finding,) = judged(f"{PRICES}  severity: must\n  authority: national\n", priced(a=1, b=9), engine)
    assert finding.severity == "should", "nothing is quoted"


def test_a_doubt_makes_it_possible_only(engine: Engine) -> None:
    services = priced(a=300, b=900)
    (finding,) = judged(PRICES, services, engine)
    assert finding.confidence == "certain"
    services["b"].append('  doubt "It may be per session"')
    (finding,) = judged(PRICES, services, engine)
    assert finding.confidence == "possible"


def test_it_binds_only_those_under_its_law(engine: Engine) -> None:
    services = {name: [*lines, "signed: 1 May 2011"] for name, lines in priced(a=300, b=900).items()}
    assert len(judged(PRICES, services, engine)) == 1
    assert judged(PRICES, services, engine, before="in-force: from 1 April 2012\n") == []


def test_each_service_by_itself(engine: Engine) -> None:
    lines = "  measures: wait step-3\n  flag-when: this is more than 2 times median\n  least: 3 services\n"
    services = {
        name: ["programme: iapt", f"wait step-3: within {weeks} weeks of referral"]
        for name, weeks in {"a": 2, "b": 2, "c": 3, "d": 5, "e": 9}.items()
    }
    (finding,) = judged(lines, services, engine)
    assert finding.service == "e" and "n = 5 of 5" not in finding.message and "5 comparable" in finding.message
    assert judged(lines, {name: services[name] for name in ("a", "e")}, engine) == [], "two are fewer than `least`"


def test_who_says_nothing_counts_only_in_the_share(engine: Engine) -> None:
    lines = '  measures: dna-limit assessment\n  flag-when: stated-by is less than 50%\n  message: "Few say"\n'
    say, silent = ["programme: iapt", "dna-limit assessment: 2"], ["programme: iapt"]
    (finding,) = judged(lines, {"a": say, "b": say, "c": silent, "d": silent, "e": silent}, engine)
    assert finding.message == "Few say (n = 2 of 5)"
    assert judged(lines, {"a": say, "b": say, "c": silent}, engine) == []


def ran(lines: str, engine: Engine) -> list[bool]:
    found = pack(lines, engine)
    return [one.holds for one in run(found.comparisons[0], found)]


def test_the_tests_that_a_comparison_carries(engine: Engine) -> None:
    assert ran(PRICES, engine) == [True, True, True]
    broken = PRICES.replace("1.5 times", "1.7 times").replace("spares: £300.00, £450.00", "spares: £300.00, £900.00")
    assert ran(broken, engine) == [False, False, True]


def test_tests_of_waits_are_one_a_service(engine: Engine) -> None:
    two, five = "within 2 weeks of referral", "within 5 weeks of referral"
    lines = (
        "  measures: wait step-3\n  flag-when: highest is more than 2 times lowest\n"
        f"  flags: {two}, {five}\n  spares: {two}, {two}\n  spares: {five}\n"
    )
    assert ran(lines, engine) == [True, True, True]


def test_the_tests_of_what_ships_hold(engine: Engine) -> None:
    """Read from the files: what is loaded by a run has left its tests behind."""
    held_, carried = set(), 0
    for name in sorted(os.listdir(os.path.join(TOP, "specs", "guidance"))):
        found = pack_of(read_document(read_file(os.path.join(TOP, "specs", "guidance", name)), engine.parse))
        for comparison in found.comparisons:
            held_.add(comparison.name)
            for one in run(comparison, found):
                carried += 1
                assert one.holds, f"{name}:{one.sample.line}: {one.sample.text}"
    assert held_ == {comparison.name for found in shipped() for comparison in found.comparisons}
    assert carried > len(held_) / 2


def test_an_agreed_departure_is_waived_and_the_others_are_compared_without_it(engine: Engine) -> None:
    services = priced(a=300, b=310, c=900)
    waiver = 'waive p.c on pay step-3 until 31 March 2014: "The only provider in the area" agreed by "The board"'
    services["c"].append(waiver)
    (finding,) = judged(PRICES, services, engine)
    assert (finding.outcome, finding.service) == ("waived", "c")
    (finding,) = judged(PRICES, services | priced(d=600), engine)
    assert (finding.outcome, finding.service) == ("fails", "d") and "£900" not in finding.message
    services["c"][-1] = waiver.replace("2014", "2012")
    (finding,) = judged(PRICES, services, engine)
    assert (finding.outcome, finding.service) == ("fails", "c"), "it has ended"


def test_check_finds_in_several_files_what_guidance_compares() -> None:
    folder = os.path.join(TOP, "specs", "first-wave-2012")
    found = [one for one in load([folder]).check(today=date(2013, 12, 1)).findings if one.kind == "comparison"]
    assert len({one.id for one in found}) == len(found) > 10
    assert "fair-access.price-of-treatment-differs/iapt, per course/pay treatment" in {one.id for one in found}
    assert all(one.sources and one.severity != "must" for one in found)
    alone = load([os.path.join(folder, "area-1.care")]).check(today=date(2013, 12, 1))
    assert [one for one in alone.findings if one.kind == "comparison"] == []


def test_services_of_another_programme_change_no_finding(engine: Engine) -> None:
    mine = priced(a=300, b=310, c=900)
    others = {
        f"x{name}": ["programme: primary-care-counselling", *lines[1:]] for name, lines in priced(a=1, b=2, c=9).items()
    }
    alone = judged(PRICES, mine, engine)
    assert [finding for finding in judged(PRICES, mine | others, engine) if "/iapt" in finding.id] == alone

"""Facts in every state, each with its place and the lines under it; and everything around them in a document."""

from __future__ import annotations

from datetime import date

import pytest

from carespec.model.facts import Allowance, Cap, Differs, Doubt, OnlyFor, Phrase, Service, ShareAtRisk, State, When
from carespec.model.from_syntax import ServiceReader
from carespec.quantities.ages import Age
from carespec.quantities.money import Money
from carespec.source import from_text
from carespec.syntax.document import LineParser, read_document
from carespec.vocabulary import load


def read(text: str, parse: LineParser) -> Service:
    return ServiceReader(load())(read_document(from_text("x.care", f"service x\n{text}"), parse))


STATES = {
    "maximum-age: 65 years": State.STATED,
    "maximum-age: about 65 years": State.STATED,
    "maximum-age: none": State.NONE,
    'maximum-age: in words "older people"': State.IN_WORDS,
    'maximum-age: by local agreement with "each provider" by 1 October 2012': State.LOCAL,
    "maximum-age: to be confirmed by 1 April 2013": State.TO_BE_CONFIRMED,
    'maximum-age: elsewhere in "Schedule 4"': State.ELSEWHERE,
    "maximum-age: not stated": State.NOT_STATED,
    "maximum-age: 65": State.UNFIT,
    "": State.SILENT,
    'source page: "Page" read in part': State.UNREAD,
}


@pytest.mark.parametrize(("line", "state"), STATES.items())
def test_every_state(line: str, state: str, parse: LineParser) -> None:
    assert read(line, parse).state_of("maximum-age") == state


def test_a_line_without_a_key_speaks_for_every_key_without_a_line(parse: LineParser) -> None:
    service = read("wait: not stated\nwait step-2: within 6 weeks of referral", parse)
    assert service.state_of("wait", "step-3") == State.NOT_STATED
    assert service.state_of("wait", "step-2") == State.STATED
    assert service.state_of("dna-limit", "step-2") == State.SILENT


def test_what_belongs_to_a_state_is_kept(parse: LineParser) -> None:
    service = read('maximum-age: by local agreement with "each provider" by 1 October 2012\nclusters: about 3', parse)
    local = service.by_path["maximum-age"].value
    assert local.content == "each provider"
    assert local.by is not None and local.by.first == date(2012, 10, 1)
    assert service.by_path["clusters"].value.hedge == "about"


def test_places(parse: LineParser) -> None:
    """Lines from 1; offsets point at the value, and at the field with its key."""
    line = "  wait  step-2 : within 6 weeks of referral   [signed p8 4.1]"
    fact = read(f"\n{line}", parse).facts[0]
    assert fact.line == 3
    assert line[fact.start : fact.name_end] == "wait  step-2"
    assert line[fact.value.start : fact.value.end] == "within 6 weeks of referral"
    assert [(cite.source, cite.place) for cite in fact.cites] == [("signed", "p8 4.1")]
    assert line[fact.cites[0].start : fact.cites[0].end] == "[signed p8 4.1]"


PAYMENT = """\
pay step-3: £300.00 per course for step-3 [signed p14 8.2]
  when sessions is at least 2
  at most 12 per course
  at most 2 per 12 to 15 booked
  50% only when recovered at last reading
  for cluster 3
  except £250.00 per course when cluster is 4
  in words "a flat rate"
  doubt "the reading is uncertain"
  differs £310.00 per course [other]
"""


def test_a_payment_with_every_line_under_it(parse: LineParser) -> None:
    fact = read(PAYMENT, parse).facts[0]
    assert (fact.path, fact.is_payment, fact.whole) == ("pay step-3", True, True)
    assert isinstance(fact.value.content, Money) and fact.value.content.per == "course"
    kinds = [When, Cap, Allowance, ShareAtRisk, OnlyFor, Phrase, Doubt, Differs]
    assert [type(under) for under in fact.under if type(under) in kinds] == [
        When, Cap, Allowance, ShareAtRisk, OnlyFor, Phrase, Doubt, Differs,
    ]  # fmt: skip
    assert [under.line for under in fact.under] == list(range(3, 12))
    assert fact.exceptions[0].value.content.amount == 250


def test_exceptions(parse: LineParser) -> None:
    fact = read(
        "minimum-age: 18 years\n  except 16 years until 31 March 2013\n  except 17 years from 2014", parse
    ).facts[0]
    until, since = fact.exceptions
    assert until.value.content == Age(192, True)
    assert until.until is not None and until.until.last == date(2013, 3, 31)
    assert since.since is not None and since.since.first == date(2014, 1, 1)


def test_a_damaged_line_under_a_fact_leaves_it_unsure_and_no_more(parse: LineParser) -> None:
    service = read("minimum-age: 18 years\n  except 16 yrs ((\nclusters: 1 to 4", parse)
    assert [(fact.path, fact.whole) for fact in service.facts] == [("minimum-age", False), ("clusters", True)]
    assert service.damaged == (3,)


def test_what_stands_around_the_facts(parse: LineParser) -> None:
    service = read(
        'section "Who"\n'
        'source page: "Page", "NHS" published July 2011 read 3 May 2024 in part second-hand\n'
        'define course: "All contacts" [page p2]\n'
        'waive some-rule on wait step-3 until 31 March 2013: "Carries on" agreed by "Clinical Lead"\n',
        parse,
    )
    source, definition, waiver = service.sources[0], service.definitions[0], service.waivers[0]
    assert service.sections[0].title == "Who"
    assert source.titles == ("Page", "NHS") and source.in_part and source.second_hand
    assert source.published is not None and source.published.show() == "July 2011"
    assert (definition.name, definition.text) == ("course", "All contacts")
    assert (waiver.rule, waiver.field, waiver.agreed_by) == ("some-rule", ("wait", "step-3"), "Clinical Lead")


def test_equal_lines_of_two_files_are_read_once_and_placed_apart(parse: LineParser) -> None:
    reader = ServiceReader(load())
    first = reader(read_document(from_text("a.care", "service a\nminimum-age: 18 years"), parse)).facts[0]
    second = reader(read_document(from_text("b.care", "service b\n\n\nminimum-age: 18 years"), parse)).facts[0]
    assert first.value is second.value
    assert (first.line, second.line) == (2, 4)

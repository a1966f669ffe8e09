"""Each kind of change by an example: what was, what is, what it is called, and who gains or loses."""

from __future__ import annotations

import pytest

from carespec.changes.between import UNREAD, Change, changes
from carespec.changes.kinds import KINDS, SUBJECTS, mirror
from carespec.changes.people import People
from carespec.changes.versions import difference, differences
from carespec.changes.who import who
from carespec.engine import Engine
from carespec.model.facts import Service
from carespec.source import from_text

ENGINE = Engine(())


def service(text: str, name: str = "northshire") -> Service:
    read = ENGINE.read(from_text(f"{name}.care", f"service {name}\n{text}\n"))
    assert read is not None
    return read.service


def changed(before: str, after: str) -> list[Change]:
    return list(changes(service(before), service(after)))


CASES = [
    # Access: an age, a set, a bar, a grant, and their exceptions.
    ("minimum-age: 18 years", "minimum-age: 16 years", "access widened"),
    ("minimum-age: 17 years 9 months", "minimum-age: 18 years", "access narrowed"),
    ("minimum-age: none", "minimum-age: 18 years", "access narrowed"),
    ("minimum-age: 18 years", "minimum-age: over 18 years", "access changed"),
    ("minimum-age: 18 years", 'minimum-age: in words "adults"', "access changed"),
    ("", "minimum-age: 18 years", "access changed"),
    ("maximum-age: 65 years", "maximum-age: none", "access widened"),
    ("", "maximum-age: 65 years", "access narrowed"),
    ("maximum-age: not stated", "maximum-age: 65 years", "access narrowed"),
    ("", "maximum-age: none", "access changed"),
    ("clusters: 1 to 4", "clusters: 1 to 3", "access narrowed"),
    ("clusters: 1 to 3", "clusters: 2 to 4", "access changed"),
    ("clusters: 1 to 3", "clusters: 1 to 3 among others", "access widened"),
    ("", "problems: depression", "access narrowed"),
    ("problems: none", "problems: depression", "access narrowed"),
    ("referral-routes: none", "referral-routes: gp", "access widened"),
    ("problems: depression, panic", "problems: panic", "access narrowed"),
    ("severity: mild", "severity: mild to moderate", "access widened"),
    ("", "exclusion psychosis: not-accepted", "access narrowed"),
    ("exclusion psychosis: secondary-care", "exclusion psychosis: none", "access widened"),
    ("exclusion psychosis: secondary-care", "exclusion psychosis: not-accepted", "access changed"),
    ("self-referral step-2: none", "self-referral step-2: allowed", "access widened"),
    ("referral-routes: gp, self-referral", "referral-routes: gp", "access narrowed"),
    ("registered-with: \"a GP in A\"", "registered-with: \"a GP in B\"", "access changed"),
    (
        "minimum-age: 18 years", "minimum-age: 18 years\n  except 16 years when education is not full-time",
        "access widened",
    ),
    (
        "minimum-age: 18 years\n  except 16 years when route is gp",
        "minimum-age: 17 years\n  except 16 years when route is gp", "access widened",
    ),
    (
        "minimum-age: 18 years\n  except 16 years when route is gp", "minimum-age: 17 years", "access changed",
    ),
    (
        "exclusion psychosis: not-accepted", "exclusion psychosis: not-accepted\n  when main-problem is psychosis",
        "access widened",
    ),
    (
        "exclusion psychosis: not-accepted\n  when main-problem is psychosis",
        "exclusion psychosis: not-accepted\n  when severity is severe", "access changed",
    ),
    ("cluster-boundary: 4", "cluster-boundary: 3", "access changed"),
    ("rejection outside-age: camhs", "rejection outside-age: gp", "access changed"),
    # Waits. A line for every step, or for a whole family, speaks for each that has none of its own.
    (
        "wait step-2: within 6 weeks of referral\nwait treatment: within 6 weeks of referral",
        "wait treatment: within 6 weeks of referral", "",
    ),
    (
        "self-referral: none\nself-referral step-2: allowed", "self-referral: none", "access narrowed",
    ),
    ("wait step-3: within 28 calendar days of referral", "wait step-3: within 2 weeks of referral", "wait shortened"),
    ("wait step-3: within 10 working days of referral", "wait step-3: within 10 calendar days of referral",
     "wait shortened"),
    ("wait step-3: within 10 days of referral", "wait step-3: within 12 days of assessment", "wait lengthened"),
    ("wait step-3: within 10 days of referral", "wait step-3: within 10 days of referral for 90% of people",
     "wait lengthened"),
    ("wait step-3: within 14 calendar days of referral", "wait step-3: within 10 working days of referral",
     "wait changed"),
    ("", "wait step-3: within 28 days of referral", "wait added"),
    ("wait step-3: none", "wait step-3: within 28 days of referral", "wait shortened"),
    # Duties and terms.
    ("", "gp-informed: required", "duty added"),
    ("gp-informed: required", "gp-informed: none", "duty removed"),
    ("dna-outcome: discharge", "dna-outcome: discharge-to-gp", "duty changed"),
    ("", "dna-contact-attempts: 2", "duty added"),
    ("indicated-sessions step-2: 8", "indicated-sessions step-2: 6", "terms changed"),
    ("dna-contact-attempts: 2", "dna-contact-attempts: 1", "terms worsened"),
    ("dna-limit assessment: 2", "dna-limit assessment: 3", "terms improved"),
    ("dna-limit assessment: none", "dna-limit assessment: 2", "terms worsened"),
    ("", "dna-limit assessment: 2", "terms changed"),
    # Payments.
    ("pay step-2: £40.00 per session", "pay step-2: £45 per session", "price raised"),
    ("pay step-2: £40.00 per session", "pay step-2: none", "price lowered"),
    ("pay step-2: £40.00 per session", "pay step-2: in words \"a fee\" per session", "price changed"),
    ("", "pay step-2: £40.00 per session", "price added"),
    ("pay step-2: £40.00 per session", "pay step-2: £240.00 per course", "payment basis changed"),
    ("pay step-2: £40.00 per session", "pay step-2: £40.00 per session\n  at most 12 per course",
     "payment basis changed"),
    ("number-of-tariffs: 3", "number-of-tariffs: 6", "payment basis changed"),
    ("volume-guarantee: none", "volume-guarantee: 500 courses per year", "payment basis changed"),
    # Around them.
    ('define course: "All contacts."', 'define course: "All contacts but one."', "definition changed"),
    ("", 'define course: "All contacts."', "definition added"),
    ("", 'waive bare-days until 31 March 2013: "Old text" agreed by "The board"', "waiver added"),
    ("signed: 1 May 2012", "signed: 2 May 2012", "document changed"),
    ("minimum-age: 18 years", "minimum-age: 18 years [signed p4]", "wording only"),
    ("minimum-age: 18 years", 'minimum-age: 18 years\n  doubt "Perhaps 17"', "wording only"),
    ("severity: mild", 'severity: mild\n  in words "not very ill"', "wording only"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "kind"), CASES)
def test_kind(before: str, after: str, kind: str) -> None:
    there, back = changed(before, after), changed(after, before)
    assert [change.kind.show() for change in there] == ([kind] if kind else [])
    assert [change.kind for change in back] == [mirror(change.kind) for change in there]


def test_every_subject_and_direction_has_an_example() -> None:
    shown = {kind for _, _, kind in CASES if kind}
    shown |= {mirror(kind).show() for kind in KINDS if kind.show() in shown}
    assert {kind.show() for kind in KINDS} - shown == {"waiver changed"}
    assert {kind.subject for kind in KINDS} == set(SUBJECTS)


def test_amount_and_basis_are_told_apart() -> None:
    found = changed(
        "pay step-2: £40.00 per session\n  at most 12 per course",
        "pay step-2: £45.00 per session\n  at most 8 per course",
    )
    assert [change.kind.show() for change in found] == ["price raised", "payment basis changed"]


@pytest.mark.parametrize(
    ("before", "after", "gains", "loses"),
    [
        ("minimum-age: 18 years", "minimum-age: 16 years", "people aged 16 or 17", ""),
        ("maximum-age: none", "maximum-age: 65 years", "", "people aged 66 or over"),
        ("clusters: 1 to 3", "clusters: 2 to 4", "people in care cluster 4", "people in care cluster 1"),
        ("problems: panic", "problems: panic, ptsd", "people whose main problem is post-traumatic stress disorder", ""),
        ("exclusion psychosis: none", "exclusion psychosis: gp", "", "people with psychosis"),
        ("clusters: not stated", "clusters: 1 to 3", "", ""),
        (
            "minimum-age: 16 years",
            "minimum-age: 16 years\n  except 18 years when route is self-referral",
            "",
            "people aged 16 or 17, referred by the person themselves",
        ),
        (
            "wait step-3: within 2 weeks of referral",
            "wait step-3: within 6 weeks of referral",
            "",
            "everybody waiting for treatment at step 3",
        ),
        (
            "wait treatment: within 6 weeks of referral",
            "wait treatment: within 6 weeks of referral\n  except within 2 weeks of referral when severity is severe",
            "people with a problem that is severe, waiting for treatment at step 2; "
            "people with a problem that is severe, waiting for treatment at step 3; "
            "people with a problem that is severe, waiting for treatment at step 3+",
            "",
        ),
        ("rejection-letter: within 24 hours of rejection", "rejection-letter: within 1 week of rejection", "", ""),
        (
            "self-referral service: allowed",
            "self-referral service: none",
            "",
            "people referred by the person themselves",
        ),
        ("clusters: 1 to 4\ncluster-boundary: 4", "clusters: 1 to 4", "", ""),
    ],
)
def test_who_gains_and_who_loses(before: str, after: str, gains: str, loses: str) -> None:
    (change,) = changed(before, after)
    assert (change.gains, change.loses) == (gains, loses)
    (back,) = changed(after, before)
    assert (back.gains, back.loses) == (loses, gains)


@pytest.mark.parametrize(
    ("status", "words"), [("signed", "has to go back to procurement"), ("draft", "is not known here (draft)")]
)
def test_a_change_of_the_tariff_is_material_where_a_signed_contract_is_changed(status: str, words: str) -> None:
    before = service(f"status: {status}\npay step-2: £40.00 per session\nminimum-age: 18 years")
    cheaper = service(f"status: {status}\npay step-2: £35.00 per session\nminimum-age: 18 years")
    younger = service(f"status: {status}\npay step-2: £40.00 per session\nminimum-age: 16 years")
    material = difference(before, cheaper).material
    assert ("has to go back to procurement:" in material) is (status == "signed") and "tariff" in material
    assert difference(before, younger).material == ""


def test_services_belong_together_by_name_then_by_file() -> None:
    a, b, c = (service("minimum-age: 18 years", name) for name in "abc")
    renamed = a._replace(name="z")
    found = {one.name: one.state for one in differences([a, b, c], [renamed, b, service("", "d")])}
    assert found == {"z": "changed", "b": "the same", "c": "removed", "d": "added"}
    assert differences([a], [renamed])[0].was_called == "a"


def test_who_gains_and_loses_by_all_changes_together() -> None:
    """A line by itself says that 17-year-olds gain; that those without a cluster 4 do not is for all lines together."""
    before = service("programme: iapt\nminimum-age: 18 years\nmaximum-age: none\nclusters: 1 to 4")
    after = service("programme: iapt\nminimum-age: 17 years\nmaximum-age: 65 years\nclusters: 1 to 3")
    people = difference(before, after, who).people
    assert people == People("people aged 17", "people aged 66 or over; people in care cluster 4")
    assert difference(after, before, who).people == People(people.loses, people.gains)
    silent = service("programme: iapt\nminimum-age: 18 years\nmaximum-age: none")
    assert difference(before, silent, who).people == People()


def test_who_can_be_worked_out_by_another_engine() -> None:
    before, after = service("minimum-age: 18 years"), service("minimum-age: 16 years")
    one = difference(before, after, lambda old, new: People(f"{old.name} to {new.name}", "nobody"))
    assert one.people == People("northshire to northshire", "nobody")
    assert difference(before, before, lambda old, new: People("x", "y")).people == People()


def test_what_cannot_be_read_is_told_and_never_called_a_direction() -> None:
    before = service("maximum-age: none\nclusters: 1 to 4\ngp-informed: required")
    after = service("maximum-age: £65\nclusters 1 to 4\ngp-informed: required")
    one = difference(before, after)
    assert [(change.kind.show(), change.field) for change in one.changes] == [("access changed", "maximum-age")]
    assert one.unread == (("northshire.care", 3),)
    assert difference(after, before).unread == one.unread


def test_what_was_not_read_has_no_direction() -> None:
    part = 'source tariff: "A tariff" read 1 May 2014 in part\n'
    lines = "maximum-age: 65 years\ngp-informed: required\npay step-2: £40.00 per session"
    found = changed(part + lines, part)
    assert [change.kind.show() for change in found] == ["access changed", "duty changed", "price changed"]
    assert {(change.after, change.gains, change.loses) for change in found} == {(UNREAD, "", "")}
    assert [change.kind.show() for change in changed(part, part + lines)] == [change.kind.show() for change in found]

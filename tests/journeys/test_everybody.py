"""Who is treated differently, worked by hand: what is at stake, silence, witnesses, trails, weights."""

from __future__ import annotations

import pytest

from carespec.journeys.patients import patients
from carespec.journeys.records import DeadEnd, Patients, Region
from carespec.journeys.trails import dead_ends
from carespec.journeys.weights import population
from carespec.vocabulary import load
from journeys.conftest import SEEN, Make

WITHOUT_AGE = "clusters: 1 to 4\nself-referral service: allowed\n"


def told(make: Make, *lines: str) -> Patients:
    return patients([make(text, f"area-{number}") for number, text in enumerate(lines, 1)])


def ends(make: Make, *lines: str) -> tuple[DeadEnd, ...]:
    return dead_ends([make(text, f"area-{number}") for number, text in enumerate(lines, 1)])


def region(found: Patients, who: str) -> Region:
    return next(one for one in found.regions if one.who == who)


def outcomes(one: Region) -> list[str]:
    return [answer.outcome for answer in one.answers]


@pytest.mark.parametrize(
    ("one", "other", "who", "kind", "expected"),
    [
        ("minimum-age: 16 years", "minimum-age: 18 years", "aged 16 or 17",
         "seen-against-refused", ["seen", "refused"]),
        ("minimum-age: 18 years\nmaximum-age: none", "minimum-age: 18 years\nmaximum-age: 65 years", "aged 66 or over",
         "seen-against-refused", ["seen", "refused"]),
        ("minimum-age: 16 years", "minimum-age: 18 years\nrejection outside-age: camhs", "aged 16 or 17",
         "seen-against-sent", ["seen", "sent"]),
        ("minimum-age: 18 years\nexclusion psychosis: secondary-care",
         "minimum-age: 18 years\nexclusion psychosis: not-accepted",
         "with psychosis", "sent-against-refused", ["sent", "refused"]),
        # Who says nothing of upper ages does not differ from who does: silence is no difference.
        ("minimum-age: 18 years", "minimum-age: 18 years\nmaximum-age: 65 years", "aged 66 or over", "silence",
         ["silent", "refused"]),
        ("minimum-age: 17 years 9 months", "minimum-age: 18 years", "aged 17 years 9 months to under 18",
         "seen-against-refused", ["seen", "refused"]),
        ("minimum-age: 18 years\ntime-between-courses: none", "minimum-age: 18 years\ntime-between-courses: 6 months",
         "whose last course was less than 6 months ago", "seen-against-refused", ["seen", "refused"]),
    ],
)  # fmt: skip
def test_what_is_at_stake(make: Make, one: str, other: str, who: str, kind: str, expected: list[str]) -> None:
    found = region(told(make, f"{WITHOUT_AGE}{one}", f"{WITHOUT_AGE}{other}"), who)
    assert (found.kind, outcomes(found)) == (kind, expected)


def test_an_agreement_is_neither_promise_nor_refusal(make: Make) -> None:
    lines = "minimum-age: 18 years\nself-referral service: allowed\n"
    found = told(make, f"{lines}clusters: 1 to 5", f"{lines}clusters: 1 to 4\nclusters-considered: 5")
    assert region(found, "in care cluster 5").kind == "seen-against-maybe"


def test_two_things_together_make_one_region(make: Make) -> None:
    young = "minimum-age: 18 years\n  except 16 years when education is not full-time"
    found = told(make, f"{WITHOUT_AGE}{young}", f"{WITHOUT_AGE}minimum-age: 16 years")
    assert [(one.who, one.distance) for one in found.regions] == [("aged 16 or 17, in full-time education", 2)]


def test_services_that_say_the_same_treat_nobody_differently(make: Make) -> None:
    found = told(make, SEEN, f'# in other words\n{SEEN}title: "Another"')
    assert found.regions == ()


def test_a_service_for_others_is_compared_where_it_sees_people(make: Make) -> None:
    """Nobody ordinary is seen by a service for people of 65 and over, and yet clusters set it apart from another."""
    older = "minimum-age: 65 years\nclusters: 1 to 5\nself-referral service: allowed"
    found = region(told(make, older, f"{WITHOUT_AGE}minimum-age: 18 years"), "in care cluster 5")
    assert outcomes(found) == ["seen", "refused"]
    assert dict(found.witness)["age"] == "65 years"


def test_who_never_sees_anybody_proves_no_difference(make: Make) -> None:
    """A service that says nothing of clusters promises nothing to anybody: it cannot be the one that sees people."""
    silent = "minimum-age: 16 years\nself-referral service: allowed"
    found = told(make, silent, f"{WITHOUT_AGE}minimum-age: 18 years")
    assert [one.kind for one in found.regions if one.who == "aged 16 or 17"] == ["silence"]


def test_longer_waits_only_where_that_is_certain(make: Make) -> None:
    def kinds(one: str, other: str) -> list[str]:
        return [r.kind for r in told(make, f"{SEEN}wait step-2: {one}", f"{SEEN}wait step-2: {other}").regions]

    assert kinds("within 28 calendar days of referral", "within 18 weeks of referral") == ["waits"]
    assert kinds("within 28 days of referral", "within 10 days of referral") == ["waits"]
    assert kinds("within 20 working days of referral", "within 28 calendar days of referral") == []
    assert kinds("within 2 weeks of assessment", "within 6 weeks of referral") == []
    assert kinds('in words "soon"', "within 6 weeks of referral") == []


def test_a_wait_that_differs_for_some(make: Make) -> None:
    first = "wait step-2: within 6 weeks of referral\n  except within 2 weeks of referral when person-group includes"
    found = told(make, f"{SEEN}{first} pregnant-or-new-parents", f"{SEEN}wait step-2: within 6 weeks of referral")
    assert [one.who for one in found.regions] == ["pregnant women and new parents, waiting for treatment at step 2"]
    row = next(row for row in found.losers if row.characteristic == "Pregnancy and maternity")
    assert "within 6 weeks" in row.note


def test_people_whom_every_service_refuses(make: Make) -> None:
    found = told(make, f"{WITHOUT_AGE}minimum-age: 16 years", f"{SEEN}exclusion psychosis: not-accepted")
    assert "aged under 16" in [one.who for one in found.refused_by_all]
    together = told(make, f"{SEEN}maximum-age: 65 years", f"{SEEN}exclusion psychosis: not-accepted")
    assert "aged 66 or over, with psychosis" in [one.who for one in together.refused_by_all]


def test_trails(make: Make) -> None:
    code = 'commissioner-code: "5ZZ"\n'
    iapt = f"{SEEN}{code}exclusion anger: primary-care-counselling\nexclusion psychosis: gp"
    circle = f"{SEEN}{code}programme: primary-care-counselling\nexclusion anger: referrer\n"
    found = ends(make, iapt, circle)
    trails = {(end.service, end.field): (end.kind, end.trail) for end in found}
    assert trails[("area-1", "exclusion anger")] == (
        "back",
        ("area-1", "primary-care-counselling", "area-2", "referrer"),
    )
    assert trails[("area-1", "exclusion psychosis")] == ("back", ("area-1", "gp"))
    refuses = ends(make, iapt, circle.replace("referrer", "not-accepted"))
    assert ("area-1", "exclusion anger", "nowhere") in [(e.service, e.field, e.kind) for e in refuses]
    takes = ends(make, iapt, circle.replace("referrer", "none"))
    assert "exclusion anger" not in [end.field for end in takes if end.service == "area-1"]
    elsewhere = ends(make, iapt, circle.replace("5ZZ", "5ZY"))
    assert "exclusion anger" not in [e.field for e in elsewhere if e.service == "area-1"], "another area's"


def test_a_population_table_weighs_regions(make: Make) -> None:
    rows = [
        {"age": "16", "education": "full-time", "people": "1,000"},
        {"age": "17 to 18", "education": "full-time", "people": "300"},
        {"age": "16 to 17", "people": "50"},
        {"age": "65 or over", "people": "7"},
    ]
    table = population("made up for this test", rows, load())
    young = "minimum-age: 18 years\n  except 16 years when education is not full-time"
    services = [make(f"{WITHOUT_AGE}{young}", "one"), make(f"{WITHOUT_AGE}minimum-age: 16 years", "other")]
    found = patients(services, population=table)
    assert found.weighed_by == "made up for this test"
    assert found.regions[0].weight == (1000, 1350), "the second row is in it in part, of the third nobody knows"
    assert patients(services).regions[0].weight is None


@pytest.mark.parametrize(
    ("source", "row", "says"),
    [
        ("", {"people": "1"}, "source"),
        ("s", {"people": "many"}, "whole number"),
        ("s", {"people": "1", "ago": "3"}, "no case field `ago`"),
        ("s", {"people": "1", "age": "old"}, "no age such as"),
        ("s", {"people": "1", "education": "fulltime"}, "did you mean `full-time`"),
    ],
)
def test_a_table_that_cannot_be_read_gets_an_answer(source: str, row: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        population(source, [row], load())


def test_one_service_alone_is_not_compared(make: Make) -> None:
    with pytest.raises(ValueError, match="two services or more"):
        patients([make(SEEN)])


def test_the_second_vocabulary_needs_no_code(make: Make) -> None:
    lines = "referral-routes: gp\n"
    names = ("one", "other")
    texts = (f"{lines}minimum-age: 55 years", f"{lines}minimum-age: 50 years")
    found = patients([make(text, name, "adult-hearing") for text, name in zip(texts, names, strict=True)])
    assert [(one.who, one.kind) for one in found.regions] == [("aged 50 to 54", "seen-against-refused")]

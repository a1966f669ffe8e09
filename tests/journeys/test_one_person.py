"""What happens to one person, worked by hand: the order of outcomes, silence, exceptions, judgement, words."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from carespec.journeys.journey import journey
from carespec.journeys.persons import ordinary, person_from_texts, value_from_text
from carespec.journeys.telling import NOWHERE, journey_row
from carespec.vocabulary import load
from journeys.conftest import SEEN, Ask, Make
from journeys.random_people import lines, person

HEARING = "adult-hearing"
ADULTS = "minimum-age: 18 years\nclusters: 1 to 4"
BENEFIT = "minimum-age: 18 years\n  except 16 years when likely-to-benefit is yes\nclusters: 1 to 4"
DIFFERS = 'source a: "A"\nminimum-age: 18 years\n  differs 16 years [a]\nclusters: 1 to 4'
MATURE = 'minimum-age: 18 years\n  except 16 years when in words "mature"\nclusters: 1 to 4'


@pytest.mark.parametrize(
    ("lines", "person", "outcome"),
    [
        (SEEN, {}, "seen"),
        (SEEN, {"age": "17 years 11 months"}, "refused"),
        (SEEN, {"age": "18 years"}, "seen"),
        ("minimum-age: none\nclusters: 1 to 4", {"age": "5 years"}, "seen"),
        ("minimum-age: over 18 years\nclusters: 1 to 4", {"age": "17"}, "refused"),
        ("minimum-age: over 18 years\nclusters: 1 to 4", {"age": "18 years 6 months"}, "cannot-tell"),
        ("minimum-age: over 18 years\nclusters: 1 to 4", {"age": "19 years"}, "seen"),
        (f"{SEEN}maximum-age: 65 years", {"age": "65 years 3 months"}, "seen"),
        (f"{SEEN}maximum-age: 65 years", {"age": "66 years"}, "refused"),
        (f"{SEEN}maximum-age: none", {"age": "90"}, "seen"),
        # Silence about a limit turns nobody away; silence about a grant promises nothing.
        (SEEN, {"age": "90"}, "seen"),
        ("clusters: 1 to 4", {}, "cannot-tell"),
        ("minimum-age: 18 years\nclusters: not stated", {}, "cannot-tell"),
        # A definite refusal decides before anything that cannot be told.
        ("minimum-age: 18 years\nclusters: not stated", {"age": "17"}, "refused"),
        # Words are read where every reading agrees.
        ('minimum-age: in words "adults"\nclusters: 1 to 4', {"age": "15"}, "refused"),
        ('minimum-age: in words "adults"\nclusters: 1 to 4', {"age": "17"}, "cannot-tell"),
        ('minimum-age: in words "adults"\nclusters: 1 to 4', {"age": "18"}, "seen"),
        ('minimum-age: in words "grown-ups"\nclusters: 1 to 4', {"age": "40"}, "cannot-tell"),
        # By agreement.
        (f"{SEEN}clusters-considered: 5", {"cluster": "5"}, "by-agreement"),
        (f"{SEEN}clusters-considered: 5", {"cluster": "6"}, "refused"),
        (f"{SEEN}clusters-considered: none", {"cluster": "5"}, "refused"),
        ("minimum-age: 18 years\nclusters: by local agreement", {}, "by-agreement"),
        ("minimum-age: 18 years\nclusters: 1 to 3\ncluster-boundary: 4", {"cluster": "4"}, "cannot-tell"),
        # Judgement.
        (BENEFIT, {"age": "17"}, "if-judged"),
        (BENEFIT, {"age": "15"}, "refused"),
        (BENEFIT, {}, "seen"),
        (
            BENEFIT,
            {"age": "17", "likely-to-benefit": "no"},
            "refused",
        ),
        # An exception whose condition is only in words: what both branches have in common.
        (MATURE, {"age": "17"}, "cannot-tell"),
        (MATURE, {"age": "15"}, "refused"),
        (MATURE, {"age": "18"}, "seen"),
        # A line that holds only in some case says nothing about the others.
        (f"{SEEN}exclusion psychosis: secondary-care\n  when severity is severe", {"problem": "psychosis"}, "seen"),
        (
            f"{SEEN}exclusion psychosis: secondary-care\n  when severity is severe",
            {"problem": "psychosis", "severity": "severe"},
            "sent",
        ),
        (f"{SEEN}exclusion psychosis: not-accepted", {"problem": "depression, psychosis"}, "refused"),
        (f"{SEEN}exclusion psychosis: none", {"problem": "psychosis"}, "seen"),
        (f"{SEEN}exclusion psychosis: secondary-care", {"main-problem": "psychosis"}, "sent"),
        (f"{SEEN}exclusion psychosis: secondary-care", {"situation": "psychosis"}, "sent"),
        (f"{SEEN}exclusion current-crisis: crisis-team", {"situation": "current-crisis"}, "sent"),
        (f"{SEEN}exclusion open-to-secondary-care: not-accepted", {"open-to-secondary-care": "yes"}, "refused"),
        (f"{SEEN}exclusion cancer: gp", {"long-term-condition": "cancer"}, "sent"),
        # Lists of what is seen.
        (f"{SEEN}problems: depression, panic", {"problem": "ocd"}, "refused"),
        (f"{SEEN}problems: depression, panic among others", {"problem": "ocd"}, "cannot-tell"),
        (f"{SEEN}problems: none", {"problem": "ocd"}, "seen"),
        (f"{SEEN}long-term-conditions: diabetes", {"long-term-condition": "diabetes"}, "seen"),
        (f"{SEEN}long-term-conditions: diabetes", {"long-term-condition": "diabetes, copd"}, "refused"),
        (f"{SEEN}severity: mild to moderate", {"severity": "severe"}, "refused"),
        (f"{SEEN}registered-with: \"a practice in Northshire\"", {"registered": "no"}, "refused"),
        (f"{SEEN}registered-with: none", {"registered": "no"}, "seen"),
        (f"{SEEN}caseness-required: required", {"at-caseness": "no"}, "refused"),
        (f"{SEEN}caseness-required: where-possible", {"at-caseness": "no"}, "seen"),
        (f"{SEEN}time-between-courses: 6 months", {"since-last-course": "3 months"}, "refused"),
        (f"{SEEN}time-between-courses: 6 months", {"since-last-course": "6 months"}, "seen"),
        (f"{SEEN}time-between-courses: 6 months", {}, "seen"),
        # Routes and self-referral.
        (f"{SEEN}referral-routes: gp, midwife", {"route": "midwife"}, "seen"),
        (f"{SEEN}referral-routes: gp, midwife", {"route": "hospital"}, "refused"),
        (f"{SEEN}referral-routes: none", {}, "refused"),
        (SEEN, {"route": "self-referral"}, "seen"),
        (ADULTS, {"route": "self-referral"}, "cannot-tell"),
        (f"{ADULTS}\nreferral-routes: gp, self-referral", {"route": "self-referral"}, "seen"),
        (f"{ADULTS}\nself-referral: none", {"route": "self-referral"}, "refused"),
        (f"{ADULTS}\nself-referral: none", {"route": "gp"}, "seen"),
        (
            f"{ADULTS}\nself-referral step-2: allowed\nself-referral step-3: none",
            {"route": "self-referral", "step-sought": "step-3"},
            "refused",
        ),
        (
            f"{ADULTS}\nself-referral step-2: allowed",
            {"route": "self-referral", "step-sought": "step-3"},
            "cannot-tell",
        ),
        (
            f"{ADULTS}\nself-referral step-2: allowed\nsteps-offered: step-2",
            {"route": "self-referral", "step-sought": "step-2"},
            "seen",
        ),
        (f"{SEEN}steps-offered: step-2, step-3", {"step-sought": "step-3-plus"}, "refused"),
        (f"{SEEN}steps-offered: step-2, step-3", {}, "seen"),
        # Two sources that differ: only what they have in common is said.
        (DIFFERS, {"age": "17"}, "cannot-tell"),
        (DIFFERS, {"age": "15"}, "refused"),
        # A value that cannot be read settles nothing.
        ("minimum-age: eighteen\nclusters: 1 to 4", {}, "cannot-tell"),
    ],
)  # fmt: skip
def test_outcome(ask: Ask, lines: str, person: dict[str, str], outcome: str) -> None:
    assert ask(lines, **person).outcome == outcome


def test_the_facts_that_decided_have_their_places(ask: Ask) -> None:
    told = ask(f"{SEEN}exclusion psychosis: secondary-care", age="17", problem="psychosis")
    assert [(one.field, one.line, one.says) for one in told.because] == [
        ("exclusion psychosis", 6, "secondary-care")
    ], "the line that sends people somewhere goes further than the one that only refuses them"
    told = ask(SEEN, age="17", cluster="5")
    assert [(one.field, one.line, one.says) for one in told.because] == [
        ("minimum-age", 3, "18 years"),
        ("clusters", 4, "1 to 4"),
    ]


def test_the_exception_that_holds_is_the_fact(ask: Ask) -> None:
    lines = "minimum-age: 18 years\n  except 16 years when education is not full-time\nclusters: 1 to 4"
    told = ask(lines, age="17", education="part-time")
    assert ("minimum-age", "16 years", 4) in [(one.field, one.says, one.line) for one in told.because]
    assert ask(lines, age="17", education="full-time").because[0].line == 3


def test_where_people_are_sent(ask: Ask) -> None:
    lines = f"{SEEN}rejection outside-clusters: secondary-care\nrejection outside-age: not-accepted"
    told = ask(lines, cluster="6")
    assert (told.outcome, told.destination, told.leads) == ("sent", "secondary-care", "")
    told = ask(lines, age="17")
    assert (told.outcome, told.destination, told.leads) == ("refused", None, "nowhere")
    told = ask(f"{SEEN}exclusion psychosis: gp", problem="psychosis")
    assert (told.destination, told.leads) == ("gp", "back"), "the GP referred them"
    assert ask(f"{SEEN}exclusion psychosis: gp", problem="psychosis", route="midwife").leads == ""


def test_how_those_turned_away_are_told(ask: Ask) -> None:
    lines = f"{SEEN}rejection-reply: within 2 working days of referral\nrejection-advice: none"
    assert [(one.field, one.says) for one in ask(lines, age="17").told] == [
        ("rejection-reply", "within 2 working days of referral")
    ]
    assert ask(lines).told == ()


def test_silence_that_turns_nobody_away_is_named(ask: Ask) -> None:
    told = ask(SEEN, age="70")
    assert told.outcome == "seen"
    assert "maximum-age" in told.nothing_said_about
    assert "minimum-age" not in told.nothing_said_about
    assert "exclusion psychosis" in ask(SEEN, problem="psychosis").nothing_said_about
    assert "exclusion psychosis" not in ask(SEEN).nothing_said_about


def test_waits_are_told_in_words_and_days(ask: Ask) -> None:
    waits = "wait step-2: within 10 working days of referral\nwait treatment: within 28 days"
    lines = f"{SEEN}steps-offered: step-2, step-3\n{waits}"
    told = ask(lines)
    assert [(w.stage, w.says, w.days, w.line) for w in told.waits] == [
        ("step-2", "within 10 working days of referral", (12, 20), 7),
        ("step-3", "within 28 days", (28, 47), 8),
    ]
    assert told.wait is not None
    assert told.wait.stage == "step-2"
    assert told.step is None
    assert ask(lines, step_sought="step-3").step == "step-3"


def test_a_wait_never_changes_the_answer(ask: Ask) -> None:
    assert ask(f"{SEEN}wait: not stated").outcome == "seen"


def test_an_exception_for_a_time(make: Make) -> None:
    service = make("minimum-age: 18 years\n  except 16 years until 31 March 2013\nclusters: 1 to 4")
    person = person_from_texts({"age": "17"}, service.vocabulary)
    assert journey(service, person, date(2013, 3, 31)).outcome == "seen"
    assert journey(service, person, date(2013, 4, 1)).outcome == "refused"
    assert journey(service, person).outcome == "cannot-tell", "nothing says which day it is"


def test_the_second_vocabulary(make: Make) -> None:
    lines = (
        "minimum-age: 55 years\n  except 18 years when wears-an-aid is yes\n"
        "referral-routes: gp\nexclusion vertigo: ear-nose-and-throat\n"
        "wait treatment: within 20 working days of referral"
    )
    service = make(lines, "hearing", HEARING)

    def told(**described: str) -> tuple[str, str | None]:
        texts = {name.replace("_", "-"): text for name, text in described.items()}
        found = journey(service, person_from_texts(texts, service.vocabulary))
        return found.outcome, found.destination

    assert told() == ("seen", None)
    assert told(age="50") == ("refused", None)
    assert told(age="50", wears_an_aid="yes") == ("seen", None)
    assert told(sign="vertigo") == ("sent", "ear-nose-and-throat")
    assert told(route="self-referral") == ("refused", None)


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("education", "fulltime", "did you mean `full-time`"),
        ("age", "seventeen", "takes an age"),
        ("cluster", "9", "must not be used"),
        ("route", "by post", "not one of the words"),
        ("since-last-course", "a while", "write for example `6 months`"),
        ("severity", "mild to moderate", "there are subthreshold, mild"),
        ("problem", "depression, psychsis", "did you mean `psychosis`"),
    ],
)  # fmt: skip
def test_words_that_are_none_get_an_answer(field: str, text: str, says: str) -> None:
    vocabulary = load()
    with pytest.raises(ValueError, match=says):
        value_from_text(vocabulary.case_fields[field], text, vocabulary)


HELP = (
    "rejection-transfer secondary-care: the same day as rejection", "rejection-transfer gp: none",
    "rejection-transfer: none", "rejection-transfer crisis-team: within 2 working days of rejection",
    "rejection-letter: within 24 hours of rejection", "rejection-advice: required", "rejection-discussion: required",
    "rejection-reason: required",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_no_answer_says_that_no_place_is_named_and_names_one(make: Make, seed: int) -> None:
    """Whatever a document says of places and of help, what is told of somebody turned away agrees with itself."""
    random = Random(seed)
    service = make("\n".join([lines(random), *random.sample(HELP, 4)]))
    away = 0
    for _ in range(25):
        found = journey(service, person(random, ordinary(load()), load()))
        _, happens, where_to, _ = journey_row(found)
        places = [one.to for one in found.told if one.to]
        if found.outcome in ("refused", "sent"):
            away += 1
            assert (NOWHERE in where_to) == (found.destination is None and not places), where_to
            assert all(load().words["destination"][place].lower() in where_to.lower() for place in places)
            assert found.leads != "nowhere" or found.destination or not places
        assert happens != "turned away" or found.destination is None
    assert away, "random services turn somebody away, or this would show nothing"

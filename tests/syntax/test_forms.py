"""Every form that the language promises is a line that can be read, and what must not be one is not."""

from __future__ import annotations

import pytest

from carespec.syntax import first_words, mistakes
from carespec.syntax.driver import Tables, parse_line
from carespec.syntax.tree import Node

HEADS = """
service northshire
section "1. Who the service is for"
minimum-age: 18 years [signed p4 2.1]
minimum-age: 18 years [signed p4 2.1(b)] [annex 2]
wait assessment: within 10 working days of referral
pay step-3: £300.00 per course
define course: "All contacts"
define course: "All contacts" [signed p2]
source signed: "Schedule 2", "NHS Northshire" published 17 August 2012
source page: "Who we see" read 3 May 2024 in part
source page: "Who we see" read in part second-hand
source page: "Who we see" published 2013 second-hand
waive age-no-upper-limit until 31 March 2013: "Carries on" agreed by "Clinical Lead"
waive age-no-upper-limit on maximum-age until 31 March 2013: "Carries on" agreed by "Clinical Lead"
waive wait-in-time on wait step-3 until 31 March 2013: "Carries on" agreed by "Clinical Lead"
Minimum-Age: 18 Years
title: “Curly "quotes" inside”
title: "a doubled "" quote"
"""

VALUES = """
18 years | 17 years 9 months | 10 working days | 24 hours | 95% | 2 | 1,200,000 | 12.5
over 18 years | under 18 years | up to 25 years | at least 5 | at most £5,000.00 in total
£185.00 per course | £1,800,000 per year for all-providers | £90,000.00 in total | £40 | £40.00 per session for step-2
£320.00 per course for cluster 3 | £167.00 per person for group
17 August 2012 | 2012-08-17 | July 2011 | 2026/27 | 2013
from 1 April 2012 to 31 March 2014 | from 1 April 2012 | from July 2012 to 2014 | until 2022
within 10 working days of referral for 95% of people | within 2 to 3 weeks of referral | within 6 weeks
within 2 weeks of referral for 75% of people, within 6 weeks of referral for 95% of people
the same day as rejection | within about 2 weeks | within 1 to 3 working days of referral | within 28 days of rejection
every-session | gp, midwife | 1 to 4 | mild to moderate | depression, panic among others | "any text" | 5ZZ | 12F | QNQ
about 1,200,000 | usually 4 to 8 | about £45.00 per hour
none | not stated | in words "adults" | in words | to be confirmed | to be confirmed by 1 April 2013
by local agreement | by local agreement with "each provider" | by local agreement with "each provider" by 1 October 2012
by local agreement by 2013 | elsewhere in "Schedule 4" | elsewhere
recovered at last reading | recovered at any reading | recovered at 2 readings in a row
recovered at follow-up of 3 months | not reliably-improved after 4 sessions | recovered at first reading
500 courses per year | 6 to 8 sessions | at least 500 courses per year | up to 6 to 8 sessions
psychological-therapies 1 | 2 services
"""

UNDER = """
except 16 years when education is not full-time
except 16 years until 31 March 2013
except 16 years from 1 April 2013 [signed p5]
except 4 until 2013
except 4 From 2013
except none when likely-to-benefit is yes
except £30.00 per session when cluster is 3
when sessions is at least 2
when waited step-2 is at most 28 calendar days
when (cluster is 3 or cluster is 4) and route is one of gp, self-referral
when not open-to-secondary-care is yes
when in words "the team agrees"
when problem includes any of depression, panic
when group-dropout is less than 44%
in words "adults of working age" [signed p3]
at most 12 per course
at most 1 per 6 booked
at most 2 per 12 to 15 booked
50% only when recovered at last reading
for step-2
for cluster 3
doubt "The reading is uncertain"
differs 17 years [other]
"""

PAYMENTS = """
none | not stated | in words "one rate" per hour | by local agreement with "each provider" per session for step-2
to be confirmed per course | elsewhere in "Schedule 4" per session | in words "between £30.00 and £59.93"
"""

CONDITIONS = """
every minimum-age is 16 years | some minimum-age is 18 years | no exclusion is not-accepted
clusters is stated | clusters is silent | clusters is hedged | clusters is none | clusters is in words
minimum-age is in words "adults" | clusters is by local agreement | clusters is elsewhere | clusters is to be confirmed
clusters is not stated and clusters is not in words | steps-offered is step-2, step-3 | steps-offered includes step-2
programme is one of iapt, talking-therapies | wait step-3 meets within 28 calendar days of referral
wait step-3 is at most 28 calendar days | rejection-transfer step-4 is the same day as rejection
maximum-age is at least 65 years | minimum-age is over 18 years | signed is before 1 April 2013
pay missed is none | pay step-3 is at most £300.00 per course | incentive stop-at-minimum is not structural
highest is more than 1.5 times lowest | this is more than median | stated-by is at least 80%
volume-guarantee is at least 500 courses per year | activity-limit is under 600 courses
volume-guarantee is 6 to 8 sessions | stop-when is not none
recovered at 2 readings in a row | recovered after 4 sessions
"""

WRONG = """
pay step-2: £1,25 per session
clusters: 1–4
minimum-age: 18+
when cluster is 3 and route is gp or route is midwife
minimum-age 18 years
title: "never closed
minimum-age: [insert age]
"""


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def pieces(text: str) -> list[str]:
    return [piece.strip() for line in lines(text) for piece in line.split(" | ")]


READ = [
    *lines(HEADS),
    *(f"field: {value}" for value in pieces(VALUES)),
    *(f"except {value} when cluster is 3" for value in pieces(VALUES)),
    *(f"  {line}" for line in lines(UNDER)),
    *(f"pay hourly: {value}" for value in pieces(PAYMENTS)),
    *(f"when {condition}" for condition in pieces(CONDITIONS)),
]


@pytest.mark.parametrize("line", READ)
def test_it_is_read(line: str, tables: Tables) -> None:
    for written in (line, line.replace(" ", "\u00a0"), f"\t{line}  # a remark", line.replace(" ", "  ")):
        assert isinstance(parse_line(tables, written, "service_line"), Node), written


@pytest.mark.parametrize("condition", pieces(CONDITIONS))
def test_a_rule_asks_the_same(condition: str, tables: Tables) -> None:
    for part in ("require", "applies-when", "unless", "flag-when"):
        assert isinstance(parse_line(tables, f"  {part}: {condition}", "rule_line"), Node)


@pytest.mark.parametrize("line", lines(WRONG))
def test_it_is_not_read(line: str, tables: Tables) -> None:
    assert not isinstance(parse_line(tables, line, "service_line"), Node)


def _beginning(tables: Tables, start: str) -> set[str]:
    """The words that the grammar lets a line begin with."""
    accepted = tables.actions[tables.starts[start]]
    return {word for word, kind in tables.keywords.items() if kind in accepted}


def test_first_words_are_those_of_the_grammar(tables: Tables) -> None:
    assert _beginning(tables, "service_line") == first_words.HEADS | first_words.UNDER
    under = {line.split()[0] for line in lines(UNDER) if not line[0].isdigit()}
    assert under == first_words.UNDER and first_words.HEADS.isdisjoint(under)


def test_mistakes_are_sorted_by_first_words_of_the_grammar(tables: Tables) -> None:
    known = _beginning(tables, "service_line") | _beginning(tables, "pack_line") | _beginning(tables, "register_line")
    assert mistakes._FIRST_WORDS.keys() <= known

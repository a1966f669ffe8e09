"""A date does not exist.

What it flags: a day that its month does not have, a month that is misspelt, a financial year whose second figure is
not the year after the first; in facts, exceptions, sources, waivers and after `by`.

Why it matters: a contract that runs to 31 June ends on a day that the two sides will choose differently, and the
patients in treatment that week are the ones who find out.

Instead: the date that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_problem, problems_around, problems_of
from carespec.model.facts import Fact, Service

TITLE = "a date that does not exist"
SEVERITY = "must"
CONCERNS = ()
AFFECTS = "whoever relies on the day: each side will choose another"
BAD = (
    "signed: 31 June 2012  #! `31 June 2012`",
    "signed: 17 Agust 2012  #! `17 Agust 2012`",
    "signed: 31 Febuary 2012  #! `31 Febuary 2012`",
    "price-review: 2026/28  #! `2026/28`",
    "contract: from 1 April 2012 to 31 April 2014  #! `31 April 2014`",
    "provider-lead: to be confirmed by 2013-02-30  #! `2013-02-30`",
    "minimum-age: 18 years\n  except 16 years until 31 June 2013 [signed p4]  #! `31 June 2013`\n"
    'source signed: "Schedule of 30 February 2012", "NHS" published 30 February 2012  #! `30 February 2012`',
    'source page: "Home page", "NHS" published 1 May 2012 read 30 Novembr 2012 in part  #! `30 Novembr 2012`',
    'waive some-rule until 31 June 2013: "until 31 June 2012" agreed by "Lead"  #! `31 June 2013`',
)
GOOD = (
    "signed: 17 August 2012",
    "price-review: 2026/27",
    'source page: "Home page of 31 June 2012", "NHS" published July 2011 read in part second-hand',
    "minimum-age: 18 years\n  except 16 years from 1 April 2013",
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag every date of a fact, and of the lines under it, that does not exist."""
    for problem, line in problems_of(fact, "impossible-date"):
        yield flag_problem(fact, problem, line)


def check(service: Service) -> Iterator[Flag]:
    """Flag every date of a source or a waiver that does not exist."""
    yield from problems_around(service, "impossible-date")

"""A date does not exist.

What it flags: a day that its month does not have, a month that is misspelt, a financial year whose second figure is
not the year after the first; in facts, exceptions, sources, waivers and after `by`.

Why it matters: a contract that runs to 31 June ends on a day that the two sides will choose differently, and the
patients in treatment that week are the ones who find out.

Instead: the date that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.flags import Flag, flag_problem, problems_of
from carespec.model.facts import Except, Service
from carespec.model.tokens import ImpossibleDate, date_of
from carespec.syntax.tree import Token

TITLE = "a date that does not exist"
SEVERITY = "must"
AFFECTS = "whoever relies on the day: each side will choose another"
BAD = (
    "signed: 31 June 2012  #! `31 June 2012`",
    "signed: 17 Agust 2012  #! `17 Agust 2012`",
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
_DATE = r"(?P<date>\d{4}-\d{2}-\d{2}|\d{4}/\d{2}|(?:\d{1,2}\s+)?[A-Za-z]{3,9}\s+\d{4})"
"""What may be a date; only looked for where the grammar found one that does not exist."""


def check(service: Service) -> Iterator[Flag]:
    """Flag every date of a document that does not exist."""
    for fact in service.facts:
        if fact.value.problem is None and not fact.under:
            continue
        for problem, line in problems_of(fact, "impossible-date"):
            yield flag_problem(fact, problem, line)
        for under in fact.under:
            if isinstance(under, Except) and under.when is None and under.until is None and under.since is None:
                yield from _after(r"\b(?:until|from)", under.line, service, fact.path)
    for source in service.sources:
        if source.published is None:
            yield from _after(r"\bpublished", source.line, service)
        if source.read is None:
            yield from _after(r"\bread", source.line, service)
    for waiver in service.waivers:
        if waiver.until is None:
            yield from _after(r"\buntil", waiver.line, service)


def _after(word: str, line: int, service: Service, path: str | None = None) -> Iterator[Flag]:
    """The dates after that word which do not exist; quoted texts, cites and comments do not count."""
    text = re.sub(_QUIET, lambda quiet: "\0" * len(quiet[0]), service.lines[line - 1])
    for found in re.finditer(rf"{word}\s+{_DATE}", text, re.IGNORECASE):
        start, end = found.span("date")
        date = date_of(Token("DATE", found["date"], start, end))
        if isinstance(date, ImpossibleDate):
            fix = f"Write `{date.write}`." if date.write else "Write a date that exists, such as `1 April 2012`."
            yield Flag(f"`{found['date']}` {date.because}", fix, line, start, end, path, date.write)


_QUIET = r'"(?:[^"]|"")*"|\u201c[^\u201d]*\u201d|\[[^\]]*\]|#.*'
"""What a date does not stand in: texts, cites, comments."""

"""What a commissioner reads about the changes that real revisions make: one page, to be read aloud when it changes."""

from __future__ import annotations

import os

import pytest

from carespec.changes.pages import pages
from carespec.changes.versions import differences
from carespec.changes.who import who
from carespec.engine import Engine
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.tables import as_text
from support import TOP

GOLDEN = os.path.join(TOP, "tests", "changes", "golden", "read-aloud.txt")
BASE = """service carden

status: signed
programme: iapt
contract: from 1 April 2024 to 31 March 2027

minimum-age: 16 years
maximum-age: none
clusters: 1 to 4
cluster-boundary: 4
referral-routes: gp, self-referral
self-referral service: allowed
exclusion psychosis: secondary-care
wait assessment: within 10 working days of referral
wait step-3: within 20 working days of referral
dna-limit treatment: 3
dna-outcome: discharge-to-gp
gp-informed: required
rejection-letter: within 2 working days of rejection
pay step-2: £40.00 per session
pay step-3: £600.00 per course
define course: "All contacts from assessment to discharge."
"""
REVISIONS = (
    ("The age is raised", ("minimum-age: 16 years", "minimum-age: 18 years")),
    ("Self-referral is removed",
     ("referral-routes: gp, self-referral\nself-referral service: allowed",
      "referral-routes: gp\nself-referral: none")),
    ("A wait is lengthened in working days", ("within 20 working days of", "within 30 working days of")),
    ("A wait is written in other days", ("within 10 working days of", "within 14 calendar days of")),
    ("A wait for everybody takes the place of one for a step",
     ("wait step-3: within 20", "wait treatment: within 20")),
    ("A price changes, with words on VAT",
     ("£40.00 per session", '£45.00 per session\n  in words "£45.00, to which VAT is added"')),
    ("Words on VAT come to a price that stays",
     ("£40.00 per session", '£40.00 per session\n  in words "£40.00, to which VAT is added"')),
    ("What is paid for changes", ("£600.00 per course", "£60.00 per session")),
    ("A cap is added", ("£40.00 per session", "£40.00 per session\n  at most 12 per course")),
    ("An exception is added", ("minimum-age: 16 years", "minimum-age: 16 years\n  except 18 years when route is gp")),
    ("The rule on missed appointments is tightened",
     ("dna-limit treatment: 3\ndna-outcome: discharge-to-gp", "dna-limit treatment: 2\ndna-outcome: discharge")),
    ("A definition changes", ("All contacts from assessment", "All contacts from the first treatment session")),
    ("A figure becomes words", ("minimum-age: 16 years", 'minimum-age: in words "young people and adults"')),
    ("The boundary of the clusters moves", ("cluster-boundary: 4", "cluster-boundary: 3")),
    ("People are no longer sent on", ("exclusion psychosis: secondary-care", "exclusion psychosis: not-accepted")),
    ("A duty goes", ("gp-informed: required\n", "")),
    ("The document is filled in",
     ("status: signed",
      'status: signed\ntitle: "Talking therapies in Carden"\nsigned: 1 May 2024\ncommissioner: "Carden"')),
    ("Only the layout changes",
     ("clusters: 1 to 4\ncluster-boundary: 4", "# who\ncluster-boundary:  4\nclusters:   1, 2, 3 to 4")),
)  # fmt: skip


def read(text: str, path: str = "carden.care") -> Service:
    found = Engine(()).read(from_text(path, text))
    assert found is not None
    assert not found.service.damaged, text
    return found.service


def told() -> str:
    parts = []
    for title, (was, now) in REVISIONS:
        assert was in BASE, title
        found = differences([read(BASE)], [read(BASE.replace(was, now))], who)
        parts.append(
            f"##### {title}\n\n{as_text(block for block in pages(found) if not str(block).startswith('Source'))}"
        )
    others = [read(BASE.replace("carden", name), f"{name}.care") for name in ("carden", "dunmore", "elham", "fairlie")]
    younger = read(BASE.replace("16 years", "17 years"))
    folder = as_text(pages(differences(others[:2] + others[3:], [younger, others[2], others[3]], who)))
    return "\n".join([*parts, f"##### Services come and go\n\n{folder}"])


def test_the_page(request: pytest.FixtureRequest) -> None:
    text = told()
    if request.config.getoption("--update"):
        with open(GOLDEN, "w", encoding="utf-8") as file:
            file.write(text)
    with open(GOLDEN, encoding="utf-8") as file:
        assert text == file.read()


def test_no_sentence_counts_what_cannot_be_counted() -> None:
    """No number stands before the name of a kind: `document changed in 3 lines`, and never `3 document changed`."""
    last = [line for line in told().splitlines() if line.startswith(("The service", "Of "))]
    assert len(last) == len(REVISIONS)
    for line in last:
        ways = line.partition(":")[2].strip(" .").split("; ")
        assert not [way for way in ways if way[:1].isdigit()], line

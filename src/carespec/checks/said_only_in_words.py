"""Something that a specification is expected to settle is said only in words.

What it flags: a field that the vocabulary expects, with the value `in words …`.

Why it matters: words such as "adults" or "promptly" are applied differently by every reader. Of nine specifications
one said "adults" where the others gave an age; no rule can say whom it sees.

Instead: a value that two people would apply alike; the document's own words may stand under it (`in words "…"`).

Exceptions: fields that nobody expects. Words that the document really uses are rightly transcribed: this is only a
remark on the document.

Source: study 4.2 (one "confines services to “adults”") and 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, flag_value
from carespec.model.facts import Fact, Service, State
from carespec.vocabulary import Field

TITLE = "what is expected, said only in words"
SEVERITY = "may"
CONCERNS = (str, type(None))
AFFECTS = "people near the edge: who falls on which side is left to each reader"
BAD = (
    'minimum-age: in words "adults"  #! `in words "adults"`',
    'wait assessment: in words "promptly"  #! `in words "promptly"`',
    "minimum-age: in words  #! `in words`",
    'rejection: in words "to a suitable service"  #! `in words "to a suitable service"`',
)
GOOD = (
    'minimum-age: 18 years\n  in words "adults"',
    'area: in words "Northshire and around"',
    'pay step-2: in words "a fair price"',
)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag an expected field that has words for a value."""
    if fact.value.state != State.IN_WORDS:
        return
    field = service.vocabulary.fields.get(fact.field)
    if field is None or field.expected is None:
        return
    path = fact.path
    message = f"`{path}` is given in words that two readers may apply differently"
    fix = f"Write what is meant, such as `{path}: {_example(field)}`, with the document's own words under it."
    yield flag_value(fact, message, fix)


def _example(field: Field) -> str:
    return next((example for example in field.examples if not example.startswith("in words")), "…")

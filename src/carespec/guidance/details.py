"""The `name: value` lines that packs, rules and comparisons may have: one table, read by everything that needs one.

Adding a detail is adding a row here. A name that is in no row is a mistake with a place, not the end of a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from carespec.records import AUTHORITIES, SEVERITIES
from carespec.vocabulary import Field, Vocabulary

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "severity": {
        "must": "It has to be put right before the document is signed.",
        "should": "It is to be put right, or a reason given.",
        "may": "It is worth a look.",
    },
    "authority": {
        "national": "A national body says so.",
        "good-practice": "It is known to work better; nobody is bound to it.",
        "local": "Those who commission here have agreed it.",
        "carespec": "carespec's authors hold it to be so.",
    },
    "if-not-stated": {
        "fail": "Saying nothing breaks the rule.",
        "warn": "Saying nothing is reported, as `should` at most.",
        "advise": "Saying nothing is reported, as `may` at most.",
    },
    "waivable": {"yes": "A waiver is accepted.", "no": "No waiver is accepted."},
    "confidence": {
        "seen": "The source itself was read.",
        "second-hand": "Another document reports what the source says.",
        "study": "It is a finding or a recommendation of the study.",
    },
}
"""The closed lists, each word with what it means. A test holds severity and authority to `records`."""

assert tuple(WORDS["severity"]) == SEVERITIES and tuple(WORDS["authority"]) == AUTHORITIES

_TITLE = Field("title", "What it is called", "text", examples=('"Psychological therapies in Eastborough"',))
_IN_FORCE = Field("in-force", "When it binds", "period", examples=("from 1 April 2012 to 31 March 2015",))

OF_PACK: Final[Mapping[str, Field]] = {
    field.name: field
    for field in (
        _TITLE,
        Field("publisher", "Who publishes it", "text", examples=('"NHS Eastborough"',)),
        Field("version", "The version of the pack", "code", examples=("1",)),
        Field("published", "When it was published", "date", examples=("1 February 2012",)),
        _IN_FORCE,
        Field("vocabulary", "Whose fields it asks about", "edition", examples=("psychological-therapies 1",)),
    )
}

_OF_BOTH = (
    Field("severity", "How much it matters", "choice", of="guidance severity", examples=("must",)),
    Field("authority", "Who says so", "choice", of="guidance authority", examples=("national",)),
    _IN_FORCE,
    Field("message", "What the author of a service reads", "text", examples=('"…{maximum-age}…"',)),
    Field("affects", "Who is affected", "text", examples=('"people over 65"',)),
    Field("fix", "What to write instead", "text", examples=('"Write `maximum-age: none`."',)),
    Field("reason", "Why it is asked", "text", examples=('"…"',)),
    Field("topic", "Under which topic it is listed", "choice", of="guidance topic", examples=("waits",)),
    Field("waivable", "Whether a waiver is accepted", "choice", of="guidance waivable", examples=("no",)),
    Field("confidence", "How the source was seen", "choice", of="guidance confidence", examples=("seen",)),
)
OF_RULE: Final[Mapping[str, Field]] = {
    field.name: field
    for field in (
        *_OF_BOTH,
        Field("if-not-stated", "What silence means", "choice", of="guidance if-not-stated", examples=("warn",)),
    )
}
OF_COMPARISON: Final[Mapping[str, Field]] = {
    field.name: field
    for field in (
        *_OF_BOTH,
        Field("among", "What the services compared agree in", "set", examples=("programme",)),
        Field("least", "Fewer are nothing to compare", "rate", examples=("2 services",)),
    )
}
SAMPLES: Final = ("flags", "spares")
"""The lines of a comparison that are its own tests."""


def with_words(vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary that knows the words of details as well, for whoever reads them."""
    lists = {**WORDS, "topic": {name: str(topic["label"]) for name, topic in vocabulary.topics.items()}}
    own = {f"guidance {name}": words for name, words in lists.items()}
    return vocabulary._replace(words={**vocabulary.words, **own})

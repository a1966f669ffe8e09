"""The kinds of change: a subject and a verb, from two closed lists. A reader, a filter and a test may rely on them."""

from __future__ import annotations

from typing import Final

from carespec.tuples import NamedTuple

ACCESS: Final = "access"
WAIT: Final = "wait"
DUTY: Final = "duty"
TERMS: Final = "terms"
PRICE: Final = "price"
BASIS: Final = "payment basis"
DEFINITION: Final = "definition"
WAIVER: Final = "waiver"
DOCUMENT: Final = "document"
WORDING: Final = "wording"

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
ONLY: Final = "only"

_BETTER_WORSE: Final = {
    ACCESS: ("widened", "narrowed"),
    WAIT: ("shortened", "lengthened"),
    TERMS: ("improved", "worsened"),
}
FOR_THE_BETTER: Final = frozenset(better for better, _ in _BETTER_WORSE.values())
FOR_THE_WORSE: Final = frozenset(worse for _, worse in _BETTER_WORSE.values())
_MORE_LESS: Final = {PRICE: ("raised", "lowered")}
_COME_AND_GO: Final = (WAIT, DUTY, PRICE, DEFINITION, WAIVER)

SUBJECTS: Final = {
    ACCESS: "who is seen, and how they get there",
    WAIT: "how long people wait, and for what",
    DUTY: "what must be done or be there, by whom and how",
    TERMS: "a figure, or what has a better direction for the patient, and is none of these",
    PRICE: "the amount of a payment",
    BASIS: "what a payment is paid per, and on which conditions",
    DEFINITION: "what a word means in this document",
    WAIVER: "an agreed departure from a rule",
    DOCUMENT: "the document itself: its name, its dates, its parties",
    WORDING: "words and sources beside a fact that is the same",
}
"""What each subject is about, from what matters most to a patient."""


class Kind(NamedTuple):
    """A subject and a verb: `access narrowed`."""

    subject: str
    verb: str

    def show(self) -> str:
        """`access narrowed`, `wording only`."""
        return f"{self.subject} {self.verb}"


def _verbs(subject: str) -> tuple[str, ...]:
    if subject == WORDING:
        return (ONLY,)
    directed = _BETTER_WORSE.get(subject, ()) + _MORE_LESS.get(subject, ())
    return (*directed, *((ADDED, REMOVED) if subject in _COME_AND_GO else ()), CHANGED)


KINDS: Final = tuple(Kind(subject, verb) for subject in SUBJECTS for verb in _verbs(subject))
"""Every kind that there is, in order."""

_OPPOSITE: Final = {
    verb: other
    for one, two in ((ADDED, REMOVED), *_BETTER_WORSE.values(), *_MORE_LESS.values())
    for verb, other in ((one, two), (two, one))
}


def mirror(kind: Kind) -> Kind:
    """The same change read backwards."""
    return kind._replace(verb=_OPPOSITE.get(kind.verb, kind.verb))


def directed(subject: str, better: bool | None) -> Kind:
    """A change for the better, for the worse, or one whose direction nobody can tell."""
    if better is None or subject not in _BETTER_WORSE:
        return Kind(subject, CHANGED)
    return Kind(subject, _BETTER_WORSE[subject][0 if better else 1])


def bears_on_people(kind: Kind) -> bool:
    """Whether a change can make anybody's way another one: not those of the tariff, the document, and its words."""
    return kind.subject in (ACCESS, WAIT, DUTY, TERMS)


def of_tariff(kind: Kind) -> bool:
    """Whether a change touches what providers are paid, or for what."""
    return kind.subject in (PRICE, BASIS)

"""The changes from one service to another, fact by fact, each of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from carespec.changes import kinds
from carespec.changes.by_line import ByLine
from carespec.changes.direction import decreased, direction
from carespec.changes.kinds import Kind
from carespec.changes.meaning import bare, bound, meaning, wording
from carespec.changes.people import NOBODY, People
from carespec.compare.said import said
from carespec.journeys.bearing import of_kind
from carespec.journeys.waiting import wait_fact
from carespec.model.certain import may_say
from carespec.model.facts import Fact, Phrase, Service, State, Waiver
from carespec.quantities.money import Money, comparable
from carespec.rules.compare_values import Side
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, PAYMENT, Field, Vocabulary

_SAYS_NOTHING = (State.SILENT, State.UNREAD, State.NOT_STATED, State.NONE)
UNREAD = "(not in the parts that were read)"
"""Stands for what a document may say where nobody looked; saying nothing is something else."""
_OF_PAYMENT, _OF_DOCUMENT = "payment", "identity"
"""The sections of a vocabulary that hold how the contract pays, and what the document says of itself."""
_FIGURES = ("count", "duration", "percentage", "reading", "money", "scale")


class Place(NamedTuple):
    """Where a version of a fact stands: file, and line from 1."""

    path: str
    line: int


class Change(NamedTuple):
    """One change. `field` is its path ("wait step-3"), or what else changed ("define course").

    `before` and `after` are what is said, None for nothing; `gains` and `loses` are people in words, where it is known.
    """

    kind: Kind
    field: str
    label: str
    before: str | None
    after: str | None
    before_place: Place | None
    after_place: Place | None
    gains: str = ""
    loses: str = ""


Who = Callable[[Service, Service], People]
"""Who gains and who loses between two versions, worked out over all people: joined in by whoever can do so."""


def mirrored(change: Change) -> Change:
    """The change read backwards."""
    return Change(
        kinds.mirror(change.kind), change.field, change.label, change.after, change.before,
        change.after_place, change.before_place, change.loses, change.gains,
    )  # fmt: skip


def changes(before: Service, after: Service) -> tuple[Change, ...]:
    """Every change, in the order of the vocabulary; nothing changes between two that mean the same."""
    found = [*_of_facts(before, after), *_of_definitions(before, after), *_of_waivers(before, after)]
    order = {name: place for place, name in enumerate((*after.vocabulary.fields, PAY))}
    subjects = list(kinds.SUBJECTS)

    def place(change: Change) -> tuple[int, str, int]:
        name = change.field.partition(" ")[0]
        return order.get(name, len(order)), change.field, subjects.index(change.kind.subject)

    return tuple(sorted(found, key=place))


def _of_facts(before: Service, after: Service) -> Iterator[Change]:
    people = ByLine(before, after) if before.vocabulary.name == after.vocabulary.name else None
    for path in sorted({*before.by_path, *after.by_path}):
        one, other = _speaks(path, before), _speaks(path, after)
        if _perhaps_said(one, other, before) or _perhaps_said(other, one, after):
            continue
        if one is not None and other is not None and meaning(one, before) == meaning(other, after):
            if wording(one) != wording(other):
                yield _change(Kind(kinds.WORDING, kinds.ONLY), path, one, other, before, after)
            continue
        for kind in _kinds(one, other, before, after):
            change = _change(kind, path, one, other, before, after)
            who = _who(change, one, other, people)
            yield change._replace(gains=who.gains, loses=who.loses)


def _speaks(path: str, service: Service) -> Fact | None:
    """The line of a path; of one without a line the line that speaks for it: for every step, for a whole family."""
    own = service.by_path.get(path)
    field, _, key = path.partition(" ")
    if own is not None or not key:
        return own
    bears = of_kind(service.vocabulary, "wait")
    if bears is not None and bears.field.name == field:
        return wait_fact(bears, key, service)
    return service.fact(field) if field in service.vocabulary.fields else None


def _who(change: Change, one: Fact | None, other: Fact | None, people: ByLine | None) -> People:
    """The people of a change, unless a part was not read, or not understood."""
    unread = UNREAD in (change.before, change.after) or not (_is_read(one) and _is_read(other))
    if people is None or unread or change.kind.subject not in (kinds.ACCESS, kinds.WAIT):
        return NOBODY
    lines = dict.fromkeys(fact.path for fact in (one, other) if fact is not None)
    who = (people.access if change.kind.subject == kinds.ACCESS else people.waits)(*lines)
    # The lines of one family decide together; of a line with a direction only its own side is told.
    family = " " in change.field
    return People(
        "" if family and change.kind.verb in kinds.FOR_THE_WORSE else who.gains,
        "" if family and change.kind.verb in kinds.FOR_THE_BETTER else who.loses,
    )


def _perhaps_said(fact: Fact | None, other: Fact | None, service: Service) -> bool:
    """Whether a line seems to be missing that may be one of those that cannot be read; those are told by themselves."""
    return fact is None and other is not None and bool(service.damaged) and may_say(service, other.field)


def _change(kind: Kind, path: str, one: Fact | None, other: Fact | None, before: Service, after: Service) -> Change:
    field, _, key = path.partition(" ")
    vocabulary = before.vocabulary
    general = not key and field in vocabulary.fields and bool(vocabulary.keys(vocabulary.fields[field]))
    words = one is not None and other is not None and wording(one) != wording(other)
    return Change(
        kind, path, vocabulary.label(field, key or None) + (", in general" if general else ""),
        _told(one, before, words), _told(other, after, words),
        Place(before.path, one.line) if one else None, Place(after.path, other.line) if other else None,
    )  # fmt: skip


def _told(fact: Fact | None, service: Service, words: bool) -> str | None:
    """What is said; with the document's own words beside it where these differ too."""
    if fact is None:
        return UNREAD if service.read_in_part else None
    beside = [f"in words “{line.text}”" for line in fact.under if words and isinstance(line, Phrase)]
    return "; ".join((said(fact, service), *beside))


def _field(fact: Fact, vocabulary: Vocabulary) -> Field | None:
    return PAYMENT if fact.field == PAY else vocabulary.fields.get(fact.field)


def _kinds(one: Fact | None, other: Fact | None, before: Service, after: Service) -> list[Kind]:
    fact = one or other
    assert fact is not None
    field = _field(fact, before.vocabulary)
    if field is None:
        return [Kind(kinds.DOCUMENT, kinds.CHANGED)]
    unread = _is_unread(one, before) or _is_unread(other, after)
    if field is PAYMENT:
        return [Kind(kinds.PRICE, kinds.CHANGED)] if unread else _of_payment(one, other, before.vocabulary)
    subject = subject_of(field, before.vocabulary)
    if unread or not (_is_read(one) and _is_read(other)):
        return [Kind(subject, kinds.CHANGED)]
    return [_of_field(subject, one, other, field, before.vocabulary)]


def _is_read(fact: Fact | None) -> bool:
    """Whether what a fact says is understood; of no line there is nothing to misunderstand."""
    return fact is None or (fact.whole and fact.value.state != State.UNFIT)


def _is_unread(fact: Fact | None, service: Service) -> bool:
    """Whether there may be a line in a part of the document that nobody read: then no direction can be told."""
    return fact is None and service.read_in_part


def subject_of(field: Field, vocabulary: Vocabulary) -> str:
    """What a change of a field is about, from its entry in the vocabulary.

    Access is what decides a person's way (`bears-on`), and what is better the wider it is in a topic that has such
    fields. A term is a figure, or what has a better direction; a duty is all else: who must do what, and how.
    """
    if field.type == "wait":
        return kinds.WAIT
    if field.bears_on is not None:
        return kinds.ACCESS
    if field.section in (_OF_PAYMENT, _OF_DOCUMENT):
        return kinds.BASIS if field.section == _OF_PAYMENT else kinds.DOCUMENT
    if field.when_silent is not None or (field.better == "wider" and field.topic in _of_people(vocabulary)):
        return kinds.ACCESS
    return kinds.TERMS if field.better is not None or field.type in _FIGURES else kinds.DUTY


def _of_people(vocabulary: Vocabulary) -> frozenset[str | None]:
    """The topics that decide a person's way."""
    return frozenset(field.topic for field in vocabulary.fields.values() if field.when_silent is not None)


def _of_field(subject: str, one: Fact | None, other: Fact | None, field: Field, vocabulary: Vocabulary) -> Kind:
    came, went = _says_nothing(one), _says_nothing(other)
    if subject in (kinds.ACCESS, kinds.TERMS, kinds.WAIT):
        better = direction(one, other, field, vocabulary)
        if better is not None:
            return kinds.directed(subject, better)
    if subject == kinds.TERMS and field.better is not None and field.none_is != "no-limit":
        subject = kinds.DUTY if came != went else subject
    if came != went and Kind(subject, kinds.ADDED) in kinds.KINDS:
        return Kind(subject, kinds.ADDED if came else kinds.REMOVED)
    return Kind(subject, kinds.CHANGED)


def _says_nothing(fact: Fact | None) -> bool:
    return fact is None or fact.value.state in _SAYS_NOTHING


def _of_payment(one: Fact | None, other: Fact | None, vocabulary: Vocabulary) -> list[Kind]:
    """The amount, and apart from it what it is paid per and on which conditions."""
    if one is None or other is None:
        return [Kind(kinds.PRICE, kinds.ADDED if one is None else kinds.REMOVED)]
    if not (one.whole and other.whole):
        return [Kind(kinds.PRICE, kinds.CHANGED)]
    found = []
    a, b = one.value, other.value
    paid_alike = _pays_alike(a.content, b.content)
    if paid_alike and bare(a) != bare(b):
        found.append(_of_amounts(one, other, vocabulary))
    if not paid_alike or bound(one) != bound(other):
        found.append(Kind(kinds.BASIS, kinds.CHANGED))
    return found


def _pays_alike(a: object, b: object) -> bool:
    """Whether two values are not amounts for different things."""
    if not isinstance(a, Money) or not isinstance(b, Money):
        return True
    return comparable(a, b) and a.scope == b.scope


def _of_amounts(one: Fact, other: Fact, vocabulary: Vocabulary) -> Kind:
    a, b = (_amount(fact) for fact in (one, other))
    less = None if a is None or b is None else decreased(a, b, vocabulary)
    return Kind(kinds.PRICE, kinds.CHANGED if less is None else "lowered" if less else "raised")


def _amount(fact: Fact) -> Side | None:
    if fact.value.hedge is not None or fact.value.state not in (State.STATED, State.NONE):
        return None
    return Side(0 if fact.value.state == State.NONE else getattr(fact.value.content, "amount", None), PAYMENT)


def _of_definitions(before: Service, after: Service) -> Iterator[Change]:
    old, new = ({d.name: d for d in reversed(service.definitions)} for service in (before, after))
    for name in sorted({*old, *new}):
        a, b = old.get(name), new.get(name)
        verb = _verb(a.text if a else None, b.text if b else None)
        if verb:
            yield Change(
                Kind(kinds.DEFINITION, verb), f"define {name}", f"What “{name}” means here",
                a.text if a else None, b.text if b else None,
                Place(before.path, a.line) if a else None, Place(after.path, b.line) if b else None,
            )  # fmt: skip


def _of_waivers(before: Service, after: Service) -> Iterator[Change]:
    old, new = ({_called(w): w for w in reversed(service.waivers)} for service in (before, after))
    for name in sorted({*old, *new}):
        a, b = old.get(name), new.get(name)
        verb = _verb(bare(a) if a else None, bare(b) if b else None)
        if verb:
            yield Change(
                Kind(kinds.WAIVER, verb), f"waive {name}", f"Departure from {name}",
                _waived(a) if a else None, _waived(b) if b else None,
                Place(before.path, a.line) if a else None, Place(after.path, b.line) if b else None,
            )  # fmt: skip


def _called(waiver: Waiver) -> str:
    on = f" on {' '.join(filter(None, waiver.field))}" if waiver.field else ""
    return f"{waiver.rule}{on}"


def _waived(waiver: Waiver) -> str:
    until = f"until {waiver.until.show()}: " if waiver.until else ""
    return f"{until}{waiver.reason} (agreed by {waiver.agreed_by})"


def _verb(before: object, after: object) -> str:
    if before == after:
        return ""
    return kinds.ADDED if before is None else kinds.REMOVED if after is None else kinds.CHANGED

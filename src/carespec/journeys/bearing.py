"""Which facts of a service bear on a person, and on which part of their case: read from the vocabulary's `bears-on`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from carespec.model.facts import Fact, Service
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary


class Bears(NamedTuple):
    """How one field bears on persons; `specs/schemas/vocabulary.schema.json` says what each part means."""

    field: Field
    kind: str
    case: str = ""
    ground: str = ""
    ground_below: str = ""
    none_bars: bool = False
    words: tuple[str, ...] = ()
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    every: tuple[str, ...] = ()
    beside: str = ""
    or_in: str = ""


class Gate(NamedTuple):
    """One thing that decides whether a person is seen: a field of a service, or one key of it.

    `facts` are the lines that speak of it, none where the document is silent; `beside` the lines whose people it
    does not simply turn away; `instead` another line that may say the same; `grounds` say where those go who are turned
    away by it.
    """

    path: str
    bears: Bears
    case: str
    word: str | None
    facts: tuple[Fact, ...]
    beside: tuple[Fact, ...] = ()
    instead: Fact | None = None
    grounds: tuple[Fact, ...] = ()

    @property
    def lines(self) -> tuple[Fact, ...]:
        """Every line that its answer depends on."""
        return (*self.facts, *self.beside, *((self.instead,) if self.instead else ()), *self.grounds)


class _ByIdentity:
    """A vocabulary as a key of a memory: it holds mappings, and there is one object of each."""

    def __init__(self, it: Vocabulary) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


@lru_cache(maxsize=64)
def _bears(vocabulary: _ByIdentity) -> tuple[Bears, ...]:
    return tuple(_read(field, field.bears_on) for field in vocabulary.it.fields.values() if field.bears_on)


def bears_of(vocabulary: Vocabulary) -> tuple[Bears, ...]:
    """Every field that bears on persons, in the order of the vocabulary."""
    return _bears(_ByIdentity(vocabulary))


def _read(field: Field, data: Mapping[str, object]) -> Bears:
    values = {name.replace("-", "_"): value for name, value in data.items()}
    when = values.pop("when", {})
    assert isinstance(when, Mapping)
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Bears(
        field, str(values.pop("as")), when=tuple((name, tuple(words)) for name, words in when.items()),
        **{**values, **lists},  # type: ignore[arg-type]
    )  # fmt: skip


_GATES = ("at-least", "at-most", "one-of", "required", "allowed", "excluded", "judged")


def gates_of(service: Service) -> tuple[Gate, ...]:
    """Everything that decides whether a person is seen, in the order of the vocabulary."""
    return tuple(gate for bears in bears_of(service.vocabulary) for gate in _gates(bears, service))


def _gates(bears: Bears, service: Service) -> Iterator[Gate]:
    if bears.kind not in _GATES:
        return
    name = bears.field.name
    family = service.family(name)
    if bears.kind == "excluded":
        keys = dict.fromkeys(fact.key for fact in family if fact.key)
        for key in keys:
            yield excluded(bears, key, tuple(fact for fact in family if fact.key == key), service.vocabulary)
        return
    # Of a field without keys that is written twice the first line counts, as everywhere; a finding says so.
    facts = family if bears.field.keyed_by else family[:1]
    instead = service.fact(bears.or_in) if bears.or_in else None
    gate = Gate(name, bears, bears.case, None, facts, _beside(bears, service), instead, _grounds(bears, service))
    case = service.vocabulary.case_fields[bears.case]
    if case.type != "set":
        yield gate
        return
    # Of a list of what people may have, each word that they have is asked about by itself.
    yield from (gate._replace(path=f"{name} {word}", word=word) for word in service.vocabulary.choices(case))


def _grounds(bears: Bears, service: Service) -> tuple[Fact, ...]:
    """The lines that say where people go who are turned away on the grounds of the field."""
    where = of_kind(service.vocabulary, "destination")
    keys = [key for key in (bears.ground, bears.ground_below) if key] if where else []
    facts = (service.fact(where.field.name, key) for key in keys) if where else ()
    return tuple(fact for fact in facts if fact is not None)


def _beside(bears: Bears, service: Service) -> tuple[Fact, ...]:
    names = [other.field.name for other in bears_of(service.vocabulary) if other.beside == bears.field.name]
    return tuple(fact for fact in map(service.fact, names) if fact is not None)


def excluded(bears: Bears, key: str, facts: tuple[Fact, ...], vocabulary: Vocabulary) -> Gate:
    """The gate of one reason not to be seen: its key is a case field of yes and no, or a word of one of the sets."""
    path = f"{bears.field.name} {key}"
    named = vocabulary.case_fields.get(key)
    if named is not None and named.type == "choice" and "yes" in vocabulary.choices(named):
        return Gate(path, bears, key, None, facts[:1])
    holder = vocabulary.case_fields[bears.case]
    others = (vocabulary.case_fields[name] for name in holder.elsewhere)
    case = next((field.name for field in others if key in vocabulary.choices(field)), holder.name)
    return Gate(path, bears, case, key, facts[:1])


def of_kind(vocabulary: Vocabulary, kind: str) -> Bears | None:
    """The field that bears on persons in that way, if there is one."""
    return next((bears for bears in bears_of(vocabulary) if bears.kind == kind), None)

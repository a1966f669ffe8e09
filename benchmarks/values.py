"""Values that a field may have, drawn from the vocabulary: what `corpus` puts after a colon.

The everyday value of a field is its first example or a word of its list, so that services repeat one another as real
ones do; names, places and amounts differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Entry = Mapping[str, Any]
"""A field as the vocabulary's YAML has it."""

Data = Mapping[str, Any]
"""A vocabulary as its YAML has it."""

PLACES = (
    "Ashby", "Barrow", "Carden", "Denholm", "Eastmoor", "Fernley", "Garstang", "Hale", "Ironbrook", "Kelby",
    "Langton", "Marsh End", "Northshire", "Otterby", "Penrose", "Quarry Bank", "Rushford", "Stannage", "Thornhill",
    "Upton", "Vale of Lune", "Westerby", "Yarrow",
)  # fmt: skip
_BODIES = ("Primary Care Trust", "Clinical Commissioning Group", "County Council", "Partnership")
_POSTS = ("Head of Mental Health Commissioning", "Clinical Lead", "Director of Operations", "Contracts Manager")
_OWN_TEXT = ("title", "area", "resident-in", "registered-with", "commissioner")
"""Fields in which each service says something of its own."""


def value_for(name: str, key: str, entry: Entry, data: Data, random: Random) -> str:
    """A value that the field takes, as it stands in a file; `key` is empty for a field without keys."""
    if name == "wait":
        return _treatment_wait(list(data["words"]["stage"]).index(key), random)
    of_field = _BY_FIELD.get(name)
    if of_field is not None:
        return of_field(random)
    make = _BY_TYPE.get(entry["type"])
    examples = [example for example in entry["examples"] if not example.startswith(("over ", "in words"))]
    if make is None or random.random() < 0.4:
        return str(random.choice(examples or entry["examples"]))
    return make(entry, data, random)


def keys_for(entry: Entry, data: Data, random: Random, most: int) -> list[str]:
    """Some keys of a keyed field, in the order of the vocabulary; an empty list for a field without keys."""
    known = list(data["words"].get(entry.get("keyed-by"), ()))
    chosen = set(random.sample(known, min(len(known), random.randint(1, most)))) if known else set()
    return [key for key in known if key in chosen]


def _choice(entry: Entry, data: Data, random: Random) -> str:
    if "numbers" in entry:
        return "4"
    words: list[str] = list(data["words"][entry["of"]])
    return random.choice(words)


def _set(entry: Entry, data: Data, random: Random) -> str:
    if "numbers" in entry:
        return f"1 to {random.randint(3, 6)}"
    known = list(data["words"][entry["of"]])
    size = min(len(known), random.choice([1, 1, 2, 2, 4]))
    chosen = set(random.sample(known, size))
    return ", ".join(word for word in known if word in chosen)


def _treatment_wait(stage: int, random: Random) -> str:
    """Longer for a later stage, so that no stage is due before the one in front of it."""
    share = random.choice(["", "", f" for {random.choice([90, 95])}% of people"])
    return f"within {3 * stage + random.randint(1, 3)} weeks of referral{share}"


def _wait(entry: Entry, data: Data, random: Random) -> str:
    unit = random.choice(["working days", "calendar days"])
    return f"within {random.randint(2, 10)} {unit} of referral"


def _count(entry: Entry, data: Data, random: Random) -> str:
    return str(random.randint(1, 6))


def _percentage(entry: Entry, data: Data, random: Random) -> str:
    return f"{random.randrange(5, 100, 5)}%"


def _duration(entry: Entry, data: Data, random: Random) -> str:
    return random.choice(["24 hours", "48 hours", "1 working day", "2 working days", "30 calendar days"])


def _date(entry: Entry, data: Data, random: Random) -> str:
    month = random.choice(["January", "March", "May", "July", "October", "December"])
    return f"{random.choice([1, 1, 1, 15, 28])} {month} {random.randint(2013, 2014)}"


def _money(entry: Entry, data: Data, random: Random) -> str:
    return f"£{random.randrange(90_000, 3_000_000, 500):,} per year"


def _text(entry: Entry, data: Data, random: Random) -> str:
    return f'"{random.choice(_POSTS)}"'


def title(random: Random) -> str:
    """What a document calls itself."""
    place, edition = random.choice(PLACES), random.randint(1, 9)
    return f'"Psychological therapies in {place}, service specification {random.randint(10, 99)}.{edition}"'


def _body(random: Random) -> str:
    return f'"{random.choice(PLACES)} and {random.choice(PLACES)} {random.choice(_BODIES)}"'


_BY_TYPE: Mapping[str, Callable[[Entry, Data, Random], str]] = {
    "choice": _choice, "set": _set, "wait": _wait, "count": _count, "percentage": _percentage, "duration": _duration,
    "date": _date, "money": _money, "text": _text,
}  # fmt: skip

_BY_FIELD: Mapping[str, Callable[[Random], str]] = {
    "title": title,
    "status": lambda random: random.choice(["signed", "signed", "signed", "draft"]),
    "vocabulary": lambda random: "psychological-therapies 1",
    "commissioner": _body,
    "area": lambda random: f'"{random.choice(PLACES)}, {random.choice(PLACES)} and {random.choice(PLACES)}"',
    "population": lambda random: f"{random.randrange(90_000, 1_400_000, 100):,}",
    "commissioner-code": lambda random: f'"5{random.choice("ABCDEFGHK")}{random.choice("LMNPQRTX")}"',
    "succeeds": lambda random: f'"5{random.choice("ABCDEFGHK")}{random.choice("LMNPQRTX")}"',
    "signed": lambda random: f"{random.randint(1, 28)} {random.choice(['June', 'July', 'August'])} 2012",
    "contract": lambda random: f"from 1 September 2012 to 31 August {random.choice([2013, 2014, 2015])}",
    "minimum-age": lambda random: random.choice(["18 years", "18 years", "16 years", "17 years 9 months"]),
    "maximum-age": lambda random: random.choice(["none", "none", "65 years"]),
    "clusters": lambda random: random.choice(["1 to 3", "1 to 4", "1, 2, 3", "0 to 4"]),
    "clusters-considered": lambda random: "5",
    "registered-with": lambda random: f'"a GP practice in {random.choice(PLACES)} or {random.choice(PLACES)}"',
    "resident-in": lambda random: f'"{random.choice(PLACES)} or the parish of {random.choice(PLACES)}"',
}

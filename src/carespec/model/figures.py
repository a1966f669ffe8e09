"""What an author most likely meant by a value of the wrong type, from the figures that stand in it.

`16yrs` holds an age, `10 days` a wait, `two` a number: the answer to a mistake uses them, and never a figure of its
own. Loaded only once something is wrong.
"""

from __future__ import annotations

import re

from carespec.model.facts import Problem
from carespec.model.measures import single_duration
from carespec.model.tokens import text_of
from carespec.quantities.durations import UNITS, Duration, DurationRange, Unit
from carespec.quantities.numbers import shown
from carespec.syntax.tree import Node, Token, Tree
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary, nearest

_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_YEARS = r"(?<![\d.,£])(\d{1,3})(?![\d%]|[.,]\d|\s*(months?|weeks?|days?|hours?|per\s?cent)\b)"
"""A figure that may be an age in years."""
_UNITS = re.compile(r"((working|calendar)-)?(days?|weeks?|months?|years?|hours?|minutes?|sessions?)")

_WORDS_OF_TIME = tuple(sorted(unit for unit in UNITS if "-" not in unit))
_UNITS_OF = {"age": (Unit.YEAR, Unit.MONTH), "duration": _WORDS_OF_TIME, "wait": _WORDS_OF_TIME}
"""The units of one word in which a field can be written, by its type."""


class Meant(NamedTuple):
    """What to write instead, in the order of likelihood; `certain` if the only one can be put in without asking.

    `told` is what the finding says of the value, where that is more than its type.
    """

    write: tuple[str, ...]
    certain: bool = False
    told: str = ""


def figure_of(word: str) -> int | None:
    """The number that a word such as `two`, `sixteen` or `twenty-one` stands for; None for any other word."""
    if word in _UNDER_TWENTY:
        return _UNDER_TWENTY.index(word)
    tens, hyphen, rest = word.partition("-")
    if tens not in _TENS or (hyphen and rest not in _UNDER_TWENTY[1:10]):
        return None
    return _TENS[tens] + (_UNDER_TWENTY.index(rest) if rest else 0)


def meant(tree: Tree, field: Field, vocabulary: Vocabulary) -> Meant | None:
    """What a value of the wrong type was meant as, as far as its own figures tell."""
    tree = _only(tree)
    words = _words(tree)
    if words:
        spelt = _spelt(words, field)
        if spelt is not None:
            return spelt
    if field.type == "age":
        return _age(tree)
    if field.type == "wait":
        return _wait(tree, field, vocabulary)
    if field.type == "period":
        return _period(tree)
    return _count(tree) if field.type == "count" else None


def misspelt_unit(tree: Tree, field: Field) -> Problem | None:
    """A misspelt unit after the figure of a length of time, and the unit that was probably meant."""
    tree, units = _only(tree), _UNITS_OF.get(field.type, ())
    if not isinstance(tree, Node) or tree.kind != "rate":
        return None
    figures, of = _figures(tree), tree.first("NAME")
    assert isinstance(of, Token)
    near = nearest(of.text.lower(), (unit if figures == ["1"] else f"{unit}s" for unit in units))
    if near is None:
        return None
    message = f"`{of.text}` is no unit of time; did you mean `{near}`?"
    return Problem("unknown-word", message, f"Write `{near}`.", of.start, of.end, near)


def _only(tree: Tree) -> Tree:
    while isinstance(tree, Node) and tree.kind in ("list", "path") and len(tree.children) == 1:
        tree = tree.children[0]
    return tree


def _words(tree: Tree) -> tuple[str, ...]:
    """The names that a value, or the path in its place, is made of; none if anything else stands among them."""
    parts = tree.children if isinstance(tree, Node) and tree.kind in ("path", "range", "list") else (tree,)
    names = tuple(part.text.lower() for part in parts if isinstance(part, Token) and part.kind == "NAME")
    return names if len(names) == len(parts) <= 2 else ()


def _spelt(words: tuple[str, ...], field: Field) -> Meant | None:
    """Numbers in words: `two`, `sixteen years`, `one to four`."""
    numbers = [figure_of(word) for word in words]
    if numbers[0] is None:
        return None
    if len(words) == 2 and numbers[1] is None:
        return _with_unit(words, numbers[0], field)
    between = " to " if len(words) == 2 else ""
    figures, spelt = between.join(map(str, numbers)), between.join(words)
    told = f"`{spelt}` is {'in words' if between else 'a word'}"
    if field.type == "age" and len(words) == 1:
        return Meant((f"{figures} years",), True, told)
    if field.type == "percentage" and len(words) == 1:
        return Meant((f"{figures}%",), False, told)
    certain = field.type in ("count", "set", "choice")
    return Meant((figures,), True, told) if certain else Meant((), False, told)


def _with_unit(words: tuple[str, ...], number: int, field: Field) -> Meant | None:
    """A number in words before its unit; a count of sessions needs none."""
    if _UNITS.fullmatch(words[1]) is None:
        return None
    told = f"`{words[0]}` is a word"
    if field.type in ("age", "duration") and not words[1].startswith("session"):
        return Meant((f"{number} {words[1].replace('-', ' ')}",), True, told)
    return Meant((str(number),), True, told) if field.type == "count" and words[1].startswith("session") else None


def _age(tree: Tree) -> Meant | None:
    """The first figure of a text, or one with its unit run into it, as years."""
    text = _text(tree)
    if isinstance(tree, Token) and tree.kind == "CODE" and not re.fullmatch(r"\d+y(ea)?(r|o)?s?", text, re.IGNORECASE):
        return None
    found = re.search(_YEARS, text, re.IGNORECASE)
    if found is None or not 0 < int(found[1]) <= 120:
        return None
    return Meant((f"{found[1]} years",), certain=isinstance(tree, Token) and tree.kind == "CODE")


def _period(tree: Tree) -> Meant | None:
    """Two dates with `to` between them, and no `from`."""
    ends = tree.children if isinstance(tree, Node) and tree.kind == "range" else ()
    dates = [end.text for end in ends if isinstance(end, Token) and (end.kind == "DATE" or len(end.text) == 4)]
    return Meant((f"from {dates[0]} to {dates[1]}",), True) if len(dates) == 2 else None


def _count(tree: Tree) -> Meant | None:
    """The figure that a text begins with, or one that stands before what is counted: `8 sessions`."""
    if isinstance(tree, Node) and tree.kind == "rate":
        return Meant((" to ".join(_figures(tree)),)) if tree.first("per") is None else None
    found = re.match(r"\d+", _text(tree))
    return Meant((found[0],)) if found else None


def _figures(rate: Node) -> list[str]:
    """The figure, or the two ends, of so many of something."""
    return [child.text for child in rate.children if isinstance(child, Token) and child.kind == "NUMBER"]


def _text(tree: Tree) -> str:
    """The words of a single text or code; nothing for what holds more."""
    if not isinstance(tree, Token) or tree.kind not in ("STRING", "CODE"):
        return ""
    return text_of(tree) if tree.kind == "STRING" else tree.text


def _wait(tree: Tree, field: Field, vocabulary: Vocabulary) -> Meant | None:
    """A bare length of time as the wait that it must be; bare days in both their readings."""
    span = single_duration(tree, field)
    if span is None:
        return None
    clock = _clock(field, vocabulary)
    if not span.is_bare_days:
        return Meant((f"within {shown(span)} of {clock}",))
    kinds = (Unit.WORKING_DAY, Unit.CALENDAR_DAY)
    return Meant(tuple(f"within {shown(_in_days(span, kind))} of {clock}" for kind in kinds))


def _in_days(span: Duration | DurationRange, kind: str) -> Duration | DurationRange:
    if isinstance(span, DurationRange):
        return DurationRange(_days_as(span.low, kind), _days_as(span.high, kind))
    return _days_as(span, kind)


def _days_as(duration: Duration, kind: str) -> Duration:
    return Duration(tuple((count, kind if unit == Unit.DAY else unit) for count, unit in duration.parts))


def _clock(field: Field, vocabulary: Vocabulary) -> str:
    """The event that waits of the field are usually counted from."""
    found = (re.search(r" of ([a-z-]+)", example) for example in field.examples)
    return next((match[1] for match in found if match), vocabulary.clocks[0])

"""The types that a field can have: how each reads the tree of a value, and how it is called in a message.

Adding a type is adding one entry to `TYPES`. A reader gets the tree of what stands after the colon and gives a
quantity, or raises `Unfit` with the words for the author.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple, NoReturn

from carespec.model.facts import Problem
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.durations import Duration, DurationRange
from carespec.quantities.money import Money
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Edition, Reading, ScaleRange, Text
from carespec.quantities.sets import WordSet
from carespec.quantities.waits import Wait, WaitPart
from carespec.model.tokens import ImpossibleDate, date_of, duration_of, money_of, number_of, text_of
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import Field, Vocabulary, nearest


class Unfit(Exception):
    """A value that its field cannot take."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Type(NamedTuple):
    """How a type is called, an example of it, and its reader."""

    label: str
    example: str
    read: Callable[[Tree, Field, Vocabulary], object]


def read_typed(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """The quantity that a tree gives for a field. Raises Unfit."""
    return TYPES[field.type].read(tree, field, vocabulary)


def _unfit(check: str, tree: Tree, message: str, fix: str, write: str | None = None) -> NoReturn:
    raise Unfit(Problem(check, message, fix, tree.start, tree.end, write))


def _wrong_type(tree: Tree, field: Field, write: str | None = None, hint: str = "") -> NoReturn:
    kind = TYPES[field.type]
    example = field.examples[0] if field.examples else kind.example
    message = f"`{field.name}` takes {kind.label}, and this is {called(tree)}{hint}"
    _unfit("wrong-type", tree, message, f"Write {kind.label}, such as `{write or example}`.", write)


def called(tree: Tree) -> str:
    """What a piece of a value is called in a message."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) > 1:
            return "a list"
        return called(tree.children[0])
    return _CALLED.get(tree.kind, "something else")


_CALLED = {
    "STRING": "a text", "NAME": "a word", "CODE": "a code", "NUMBER": "a figure without a unit", "DATE": "a date",
    "PERCENT": "a percentage", "duration": "a length of time", "money": "an amount of money", "range": "a range",
    "waits": "a wait", "period": "a period", "rate": "a number of something", "reading": "a reading of a measure",
    "bound": "a limit", "edition": "a name with a number",
}  # fmt: skip


def _single(tree: Tree, field: Field) -> Tree:
    """The one thing that a value holds; a list of several is the wrong type."""
    if isinstance(tree, Node) and tree.kind == "list":
        if len(tree.children) != 1:
            _wrong_type(tree, field)
        return tree.children[0]
    return tree


def _bounded(tree: Tree, field: Field, read: Callable[[Tree], object]) -> object:
    """A value, or a bound on one as the document wrote it (`over 18 years`)."""
    if isinstance(tree, Node) and tree.kind == "bound":
        edge, limit = tree.children
        return Bound(edge.kind.replace("_", " "), read(limit))
    return read(_single(tree, field))


def _age(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    return _bounded(tree, field, lambda one: _one_age(one, field))


def _one_age(tree: Tree, field: Field) -> Age:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        _wrong_type(tree, field, f"{tree.text} years", ": an age needs its unit")
    if not isinstance(tree, Node) or tree.kind != "duration":
        _wrong_type(tree, field)
    units = dict((unit, count) for count, unit in duration_of(tree).parts)
    if not units.keys() <= {"year", "month"} or any(count != int(count) for count in units.values()):
        _wrong_type(tree, field, hint=" that is not in years and months")
    months = int(units.get("year", 0)) * 12 + int(units.get("month", 0))
    if months > 120 * 12:
        _unfit("out-of-range", tree, "nobody is that old", "Write the age in years, such as `18 years`.")
    return Age(months, "month" not in units)


def _money(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    return _bounded(tree, field, lambda one: _one_money(one, field, vocabulary))


def _one_money(tree: Tree, field: Field, vocabulary: Vocabulary) -> Money:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        _wrong_type(tree, field, f"£{tree.text}", ": an amount of money begins with `£`")
    if not isinstance(tree, Node) or tree.kind != "money":
        _wrong_type(tree, field)
    money = money_of(tree)
    if money.per is not None and money.per not in vocabulary.per:
        unit = tree.first("per")
        assert unit is not None
        _unknown_word(unit, money.per, vocabulary.per, "what an amount can be paid for")
    return money


def _percentage(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    return _bounded(tree, field, lambda one: _one_percentage(one, field))


def _one_percentage(tree: Tree, field: Field) -> Percent:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        _wrong_type(tree, field, f"{tree.text}%")
    if not isinstance(tree, Token) or tree.kind != "PERCENT":
        _wrong_type(tree, field)
    return percent_of(tree)


def percent_of(token: Token) -> Percent:
    """A percentage. Raises Unfit above 100%."""
    percent = Percent(Decimal(token.text[:-1]))
    if percent.value > 100:
        message = f"{percent.show()} is more than all: a share is at most 100%"
        _unfit("out-of-range", token, message, "Write a percentage from 0% to 100%.")
    return percent


def _duration(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    return _bounded(tree, field, lambda one: _one_duration(one, field))


def _one_duration(tree: Tree, field: Field) -> Duration | DurationRange:
    if isinstance(tree, Node) and tree.kind == "duration":
        return duration_of(tree)
    if isinstance(tree, Node) and tree.kind in ("range", "duration_range"):
        low, high = tree.children
        if isinstance(high, Node) and high.kind == "duration":
            return _duration_range(low, high, field)
    _wrong_type(tree, field)


def _duration_range(low: Tree, high: Node, field: Field) -> DurationRange:
    """`2 to 3 weeks`, or `24 hours to 2 working days`: the first figure takes the unit of the second."""
    longest = duration_of(high)
    if isinstance(low, Node) and low.kind == "duration":
        return DurationRange(duration_of(low), longest)
    if not isinstance(low, Token) or low.kind != "NUMBER" or len(longest.parts) != 1:
        _wrong_type(low, field)
    return DurationRange(Duration(((number_of(low), longest.parts[0][1]),)), longest)


def _wait(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if not isinstance(tree, Node) or tree.kind != "waits":
        inner = _single(tree, field)
        if inner.kind == "duration":
            _wrong_type(tree, field, hint=": a wait begins with `within` and says what it is counted from")
        _wrong_type(tree, field)
    return Wait(tuple(_wait_part(part, field, vocabulary) for part in tree.children if isinstance(part, Node)))


def _wait_part(part: Node, field: Field, vocabulary: Vocabulary) -> WaitPart:
    share, clock = part.first("share"), part.first("clock")
    if isinstance(clock, Node) and _word(clock) not in vocabulary.all_clocks:
        _unknown_word(clock, _word(clock), vocabulary.all_clocks, "what a wait can be counted from")
    span = next((child for child in part.children if child.kind in ("duration", "duration_range")), None)
    percent = next((percent_of(t) for t in _tokens(share) if t.kind == "PERCENT"), None)
    return WaitPart(
        within=_one_duration(span, field) if span is not None else None,
        same_day=part.kind == "same_day",
        clock=_word(clock) if isinstance(clock, Node) else None,
        share=percent,
        of=next((t.text.lower() for t in _tokens(share) if t.kind == "NAME"), None),
        about=part.first("hedge") is not None,
    )


def _tokens(tree: Tree | None) -> Iterator[Token]:
    return (child for child in tree.children if isinstance(child, Token)) if isinstance(tree, Node) else iter(())


def _word(node: Node) -> str:
    return node.children[0].text.lower() if isinstance(node.children[0], Token) else ""


def _date(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    one = _single(tree, field)
    if not isinstance(one, Token) or one.kind != "DATE":
        _wrong_type(one, field)
    return date_from(one)


def date_from(token: Token) -> DateSpan:
    """The date that a token gives. Raises Unfit, with a suggestion, for a date that does not exist."""
    found = date_of(token)
    if isinstance(found, ImpossibleDate):
        fix = f"Write `{found.write}`." if found.write else "Write a date that exists, such as `1 April 2012`."
        _unfit("impossible-date", token, f"`{token.text}` {found.because}", fix, found.write)
    return found


def _period(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if isinstance(tree, Node) and tree.kind == "period":
        dates = [date_from(token) for token in _tokens(tree)]
        period = Period(dates[0], dates[1] if len(dates) > 1 else None)
        if period.end is not None and period.end.last < period.start.first:
            message = "this period ends before it begins"
            _unfit("out-of-range", tree, message, "Exchange the two dates, or correct the year.")
        return period
    one = _single(tree, field)
    if isinstance(one, Token) and one.kind == "DATE":
        return Period(span := date_from(one), span)
    _wrong_type(tree, field)


def _set(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if not isinstance(tree, Node) or tree.kind != "list":
        _wrong_type(tree, field)
    members: list[str] = []
    for child in tree.children:
        if child.kind != "among_others":
            members.extend(_members(child, field, vocabulary))
    return WordSet(tuple(members), tree.first("among_others") is not None)


def _members(tree: Tree, field: Field, vocabulary: Vocabulary) -> list[str]:
    """The words of one item of a list: a word, or a range of figures or of words in the vocabulary's order."""
    if isinstance(tree, Token):
        return [_choice_word(tree, field, vocabulary)]
    if tree.kind != "range":
        _wrong_type(tree, field)
    ends = [child for child in tree.children if isinstance(child, Token)]
    if len(ends) != 2:
        _wrong_type(tree, field)
    known = vocabulary.choices(field)
    low, high = (known.index(_choice_word(end, field, vocabulary)) for end in ends)
    if low > high:
        message = f"this range runs backwards: `{ends[0].text}` comes after `{ends[1].text}`"
        _unfit("out-of-range", tree, message, f"Write `{ends[1].text} to {ends[0].text}`.", f"{ends[1].text} to {ends[0].text}")
    return list(known[low : high + 1])


def _choice(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    one = _single(tree, field)
    if not isinstance(one, Token):
        _wrong_type(one, field)
    return _choice_word(one, field, vocabulary)


def _choice_word(token: Token, field: Field, vocabulary: Vocabulary) -> str:
    """The word, if it is one that the field may have."""
    known, numeric = vocabulary.choices(field), field.numbers is not None
    if token.kind not in (("NUMBER",) if numeric else ("NAME", "CODE")):
        _wrong_type(token, field)
    word = token.text.lower()
    if not known or word in known:
        return word
    if field.numbers is not None:
        _out_of_numbers(token, field.numbers)
    _unknown_word(token, word, known, f"what `{field.name}` can be")


def _out_of_numbers(token: Token, numbers: tuple[int, int, tuple[int, ...]]) -> NoReturn:
    low, high, never = numbers
    if token.text in (str(number) for number in never):
        message = f"{token.text} exists in the list of codes and must not be used"
    else:
        message = f"{token.text} is none of the numbers in use, {low} to {high}"
    left_out = ", ".join(str(number) for number in never)
    _unfit("out-of-range", token, message, f"Write numbers from {low} to {high}" + (f" without {left_out}." if never else "."))


def _unknown_word(tree: Tree, word: str, known: object, what: str) -> NoReturn:
    words = list(known)  # type: ignore[call-overload]
    near = nearest(word, words)
    listed = ", ".join(f"`{w}`" for w in (words if len(words) <= 8 else words[:7]))
    more = "" if len(words) <= 8 else f" and {len(words) - 7} more"
    fix = f"Write `{near}`." if near else f"Write one of {listed}{more}."
    asked = f"; did you mean `{near}`?" if near else ""
    _unfit("unknown-word", tree, f"`{word}` is not a word for {what}{asked}", fix, near)


def _scale(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    one = _single(tree, field)
    if isinstance(one, Node) and one.kind == "range":
        words = _members(one, field, vocabulary)
        return ScaleRange(words[0], words[-1])
    if not isinstance(one, Token):
        _wrong_type(one, field)
    word = _choice_word(one, field, vocabulary)
    return ScaleRange(word, word)


def _code(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    one = _single(tree, field)
    if not isinstance(one, Token) or one.kind not in ("STRING", "NAME", "CODE", "NUMBER"):
        _wrong_type(one, field)
    return text_of(one) if one.kind == "STRING" else one.text


def _edition(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if not isinstance(tree, Node) or tree.kind != "edition":
        _wrong_type(tree, field)
    name, number = (child for child in tree.children if isinstance(child, Token))
    return Edition(name.text.lower(), str(number_of(number)))


def _count(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    return _bounded(tree, field, lambda one: _one_count(one, field))


def _one_count(tree: Tree, field: Field) -> Count:
    if isinstance(tree, Token) and tree.kind == "NUMBER":
        return Count(number_of(tree), number_of(tree))
    if isinstance(tree, Node) and tree.kind == "range":
        ends = [number_of(child) for child in tree.children if isinstance(child, Token) and child.kind == "NUMBER"]
        if len(ends) == 2 and ends[0] <= ends[1]:
            return Count(ends[0], ends[1])
        if len(ends) == 2:
            _unfit("out-of-range", tree, "this range runs backwards", "Write the smaller figure first.")
    _wrong_type(tree, field)


def _rate(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if not isinstance(tree, Node) or tree.kind != "rate":
        _wrong_type(tree, field)
    number, of = (child for child in tree.children if isinstance(child, Token))
    per = tree.first("per")
    count = number_of(number)
    return Rate(Count(count, count), of.text.lower(), _word(per) if isinstance(per, Node) else None)


def _text(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    one = _single(tree, field)
    if not isinstance(one, Token) or one.kind != "STRING":
        written = f'"{one.text}"' if isinstance(one, Token) else None
        _wrong_type(one, field, written, ": a text stands in quotes")
    return Text(text_of(one))


def _reading(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    if not isinstance(tree, Node) or tree.kind != "reading":
        _wrong_type(tree, field)
    return reading_of(tree)


def reading_of(tree: Node) -> Reading:
    """`recovered at 2 readings in a row`: the measure, whether it is denied, and at which reading."""
    at = tree.children[-1]
    assert isinstance(at, Node)
    when = {
        "one_reading": lambda: ("at", f"{at.children[0].text.lower()} reading"),  # type: ignore[union-attr]
        "readings_in_a_row": lambda: ("at", f"{_numbers(at)} readings in a row"),
        "follow_up": lambda: ("at", f"follow-up of {duration_of(at.children[0]).show()}"),  # type: ignore[arg-type]
        "after_sessions": lambda: ("after", f"{_numbers(at)} sessions"),
    }[at.kind]()
    return Reading(tree.text_of("NAME") or "", tree.first("negated") is not None, " ".join(when))


def _numbers(node: Node) -> str:
    return node.text_of("NUMBER") or ""


TYPES: dict[str, Type] = {
    "age": Type("an age", "18 years", _age),
    "money": Type("an amount of money", "£40.00 per session", _money),
    "percentage": Type("a percentage", "95%", _percentage),
    "duration": Type("a length of time", "10 working days", _duration),
    "wait": Type("a wait", "within 28 calendar days of referral", _wait),
    "date": Type("a date", "17 August 2012", _date),
    "period": Type("a period", "from 1 April 2012 to 31 March 2014", _period),
    "set": Type("one word or a list of words", "gp, midwife", _set),
    "choice": Type("one word", "allowed", _choice),
    "scale": Type("a word on a scale, or a range of them", "mild to moderate", _scale),
    "code": Type("a code", "5ZZ", _code),
    "edition": Type("a name and a number", "psychological-therapies 1", _edition),
    "count": Type("a number", "2", _count),
    "rate": Type("a number of something", "500 courses per year", _rate),
    "text": Type("a text in quotes", '"any text"', _text),
    "reading": Type("what a measure shows at a reading", "recovered at 2 readings in a row", _reading),
}

"""Readers for what is measured: ages, money, shares, lengths of time, waits, dates, numbers, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NoReturn

from carespec.model.facts import Problem
from carespec.model.tokens import ImpossibleDate, date_of, duration_of, is_unit, money_of, number_of
from carespec.model.unfit import WrongType, single, unfit, unknown_word
from carespec.quantities.ages import Age
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Count, Rate
from carespec.quantities.dates import DateSpan, Period
from carespec.quantities.durations import Duration, DurationRange, Unit
from carespec.quantities.money import Money
from carespec.quantities.numbers import shown
from carespec.quantities.percent import Percent
from carespec.quantities.readings import Reading
from carespec.quantities.truth import Number
from carespec.quantities.waits import Wait, WaitPart
from carespec.syntax.tree import Node, Token, Tree
from carespec.vocabulary import PAY, Field, Vocabulary


def _bounded(tree: Tree, field: Field, read: Callable[[Tree], object]) -> object:
    """A value, or a bound on one as the document wrote it (`over 18 years`)."""
    if isinstance(tree, Node) and tree.kind == "bound":
        edge, limit = tree.children
        return Bound(edge.kind.replace("_", " "), read(limit))
    return read(single(tree))


def read_age(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """An age in years, or in years and months, or a bound on one that points the way the field does."""
    age = _bounded(tree, field, lambda one: _one_age(one, field))
    if isinstance(age, Bound) and field.better in _ENDS and age.relation not in _ENDS[field.better]:
        _other_end(tree, age, field, vocabulary)
    return age


_ENDS = {"lower": ("over", "at least"), "higher": ("up to", "under", "at most")}
"""An age that is better lower is the youngest seen, and one that is better higher the oldest."""


def _other_end(tree: Tree, bound: Bound, field: Field, vocabulary: Vocabulary) -> NoReturn:
    """Refuse an oldest age where the youngest belongs, or the reverse: it says the opposite of what it looks like."""
    end, opposite = ("youngest", "higher") if field.better == "lower" else ("oldest", "lower")
    found = (f.name for f in vocabulary.fields.values() if f.type == "age" and f.better == opposite)
    other = next(found, None)
    message = f"`{field.name}` is the {end} age that is seen, and `{bound.show()}` speaks of the other end"
    meant = f", or `{other}: {bound.show()}` if those are the people who are seen" if other else ""
    unfit("out-of-range", tree, message, f"Write the {end} age alone, such as `{shown(bound.limit)}`{meant}.")


def _one_age(tree: Tree, field: Field) -> Age:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        raise WrongType(tree, f"{tree.text} years", ": an age needs its unit")
    if not isinstance(tree, Node) or tree.kind != "duration":
        raise WrongType(tree)
    units = {unit: count for count, unit in duration_of(tree).parts}
    if not units.keys() <= {"year", "month"} or any(count != int(count) for count in units.values()):
        raise WrongType(tree, hint=" that is not in years and months")
    months = int(units.get("year", 0)) * 12 + int(units.get("month", 0))
    if months > 120 * 12:
        unfit("out-of-range", tree, "nobody is that old", "Write the age in years, such as `18 years`.")
    return Age(months, "month" not in units)


def read_money(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """An amount, or a bound on one, with what it is per."""
    return _bounded(tree, field, lambda one: _one_money(one, field, vocabulary))


def _one_money(tree: Tree, field: Field, vocabulary: Vocabulary) -> Money:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        _bare_amount(tree, field)
    if not isinstance(tree, Node) or tree.kind != "money":
        raise WrongType(tree)
    money = money_of(tree)
    if money.per is not None and money.per not in vocabulary.per:
        unit = tree.first("per")
        assert unit is not None
        unknown_word(unit, money.per, vocabulary.per, "what an amount can be paid for")
    return money


def _bare_amount(token: Token, field: Field) -> NoReturn:
    """Refuse a figure without `£`; a payment must also say what it is paid per, which its author alone knows."""
    hint, pounds = ": an amount of money begins with `£`", f"£{token.text}"
    if field.name != PAY:
        raise WrongType(token, pounds, hint)
    raise WrongType(token, hint=hint, fix=f"Write `{pounds}` and what it is paid per, as in `{pounds} per session`.")


def read_percentage(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A share of at most 100%, or a bound on one."""
    return _bounded(tree, field, lambda one: _one_percentage(one, field))


def _one_percentage(tree: Tree, field: Field) -> Percent:
    if tree.kind == "NUMBER" and isinstance(tree, Token):
        _bare_share(tree)
    if not isinstance(tree, Token) or tree.kind != "PERCENT":
        raise WrongType(tree)
    return percent_of(tree)


def _bare_share(token: Token) -> NoReturn:
    """Refuse a figure without `%`; one such as 0.5 may be a half or half a hundredth, and only its author can tell."""
    number = number_of(token)
    if not 0 < number <= 1:
        raise WrongType(token, f"{token.text}%" if number <= 100 else None)
    part, whole = f"{token.text}%", f"{(Decimal(number) * 100).normalize():f}%"
    raise WrongType(token, hint=f": is it {whole} or {part}?", fix=f"Write `{whole}` or `{part}`, whichever is meant.")


def percent_of(token: Token) -> Percent:
    """A percentage. Raises Unfit above 100%."""
    percent = Percent(Decimal(token.text[:-1]))
    if percent.value > 100:
        message = f"{percent.show()} is more than all: a share is at most 100%"
        unfit("out-of-range", token, message, "Write a percentage from 0% to 100%.")
    return percent


def read_duration(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A length of time, a range of them, or a bound on one."""
    return _bounded(tree, field, lambda one: _one_duration(one, field))


def _one_duration(tree: Tree, field: Field) -> Duration | DurationRange:
    if isinstance(tree, Node) and tree.kind == "duration":
        return _no_age(tree, field)
    if isinstance(tree, Node) and tree.kind in ("range", "duration_range"):
        low, high = tree.children
        if isinstance(high, Node) and high.kind == "duration":
            return _duration_range(low, high, field)
    raise WrongType(tree)


_LONGEST = 5
"""Years: whoever writes more where nobody speaks of years has written somebody's age."""


def _no_age(tree: Node, field: Field) -> Duration:
    """A length of time; refuses `18 years` of a field whose own examples are days, weeks or months."""
    duration = duration_of(tree)
    years = next((count for count, unit in duration.parts if unit == Unit.YEAR), 0)
    if years > _LONGEST and field.examples and not any("year" in example for example in field.examples):
        message = (
            f"`{field.name}` is a matter of days, weeks or months, and `{duration.show()}` is how an age is written"
        )
        fix = f"Write the length of time, as in `{field.example}`, or name a field that holds an age."
        unfit("out-of-range", tree, message, fix)
    return duration


def single_duration(tree: Tree, field: Field) -> Duration | DurationRange | None:
    """A length of time, or a range of them, where that is all that stands there."""
    try:
        return _one_duration(single(tree), field)
    except WrongType:
        return None


def _duration_range(low: Tree, high: Node, field: Field) -> DurationRange:
    """`2 to 3 weeks`, or `24 hours to 2 working days`: the first figure takes the unit of the second."""
    longest = _no_age(high, field)
    if isinstance(low, Node) and low.kind == "duration":
        return DurationRange(duration_of(low), longest)
    if not isinstance(low, Token) or low.kind != "NUMBER" or len(longest.parts) != 1:
        raise WrongType(low)
    return DurationRange(Duration(((number_of(low), longest.parts[0][1]),)), longest)


def read_wait(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """One promise or several, each with its clock and share."""
    if not isinstance(tree, Node) or tree.kind != "waits":
        inner = single(tree)
        if single_duration(inner, field) is not None:
            raise WrongType(tree, hint=": a wait begins with `within` and says what it is counted from")
        raise WrongType(tree)
    return Wait(tuple(_wait_part(part, field, vocabulary) for part in tree.children if isinstance(part, Node)))


def _wait_part(part: Node, field: Field, vocabulary: Vocabulary) -> WaitPart:
    share, clock = part.first("share"), part.first("clock")
    if isinstance(clock, Node) and _word(clock) not in vocabulary.all_clocks:
        unknown_word(clock, _word(clock), vocabulary.all_clocks, "what a wait can be counted from")
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


def read_date(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A day, a month or a financial year that exists."""
    one = single(tree)
    if not isinstance(one, Token) or (one.kind != "DATE" and not _is_year(one)):
        raise WrongType(one)
    return date_from(one)


def _is_year(token: Token) -> bool:
    return token.kind == "NUMBER" and token.text.isdecimal() and len(token.text) == 4


def date_from(token: Token) -> DateSpan:
    """The date that a token gives. Raises Unfit, with a suggestion, for a date that does not exist."""
    found = date_of(token)
    if isinstance(found, ImpossibleDate):
        fix = f"Write `{found.write}`." if found.write else "Write a date that exists, such as `1 April 2012`."
        unfit(found.check, token, f"`{token.text}` {found.because}", fix, found.write)
    return found


def read_period(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """From one date to another, or one date's whole span."""
    if isinstance(tree, Node) and tree.kind == "period":
        dates = [date_from(token) for token in _tokens(tree)]
        period = Period(dates[0], dates[1] if len(dates) > 1 else None)
        if period.start is not None and period.end is not None and period.end.last < period.start.first:
            message = "this period ends before it begins"
            unfit("out-of-range", tree, message, "Exchange the two dates, or correct the year.")
        return period
    if isinstance(tree, Node) and tree.kind == "ending":
        return Period(None, date_from(next(_tokens(tree))))
    one = single(tree)
    if isinstance(one, Token) and (one.kind == "DATE" or _is_year(one)):
        return Period(span := date_from(one), span)
    raise WrongType(tree)


def read_count(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """A figure, a range of figures, or a bound on one."""
    return _bounded(tree, field, lambda one: _one_count(one, field))


def _one_count(tree: Tree, field: Field) -> Count:
    ends = tree.children if isinstance(tree, Node) and tree.kind == "range" else (tree,)
    return _count_of(tree, ends, field)


def _count_of(tree: Tree, ends: Sequence[Tree], field: Field) -> Count:
    """One figure, or the first and the last of a range of them."""
    figures = [_counted(end, field) for end in ends if isinstance(end, Token) and end.kind == "NUMBER"]
    if not figures or len(figures) != len(ends):
        raise WrongType(tree)
    if figures[0] > figures[-1]:
        unfit("out-of-range", tree, "this range runs backwards", "Write the smaller figure first.")
    return Count(figures[0], figures[-1])


def _counted(token: Token, field: Field) -> Number:
    """A figure; a whole one where more, or fewer, is better for a person: such a field counts what cannot be halved."""
    number = number_of(token)
    if field.better is not None and number != int(number):
        message = f"`{field.name}` counts whole things, and {token.text} of them cannot be"
        unfit("out-of-range", token, message, f"Write a whole number, such as `{int(number)}` or `{int(number) + 1}`.")
    return number


def whole_number_problem(token: Tree | None) -> Problem | None:
    """What is wrong with a figure that counts sessions or appointments, if it is no whole number."""
    if not isinstance(token, Token) or number_of(token) == int(number_of(token)):
        return None
    number = int(number_of(token))
    message = f"{token.text} is no number of whole things, and only those are counted here"
    fix = f"Write a whole number, such as `{number}` or `{number + 1}`."
    return Problem("out-of-range", message, fix, token.start, token.end)


def block_problem(block: Node) -> Problem | None:
    """What is wrong with the appointments booked that an allowance is for: `0`, or `15 to 12`."""
    low, high = next(_tokens(block)), list(_tokens(block))[-1]
    if number_of(low) > number_of(high):
        fix = "Write the smaller figure first."
        return Problem("out-of-range", "this range runs backwards", fix, block.start, block.end)
    if number_of(low) < 1:
        message = f"`{low.text} booked` is nothing that anything could be allowed for"
        fix = "Write how many appointments are booked, as in `at most 1 per 6 booked`."
        return Problem("out-of-range", message, fix, low.start, low.end)
    return whole_number_problem(low) or whole_number_problem(high)


def read_rate(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """So many of something, per something; a range of them, or a bound on them."""
    return _bounded(tree, field, lambda one: _one_rate(one, field, vocabulary))


def _one_rate(tree: Tree, field: Field, vocabulary: Vocabulary) -> Rate:
    if not isinstance(tree, Node) or tree.kind != "rate":
        raise WrongType(tree)
    per = tree.first("per")
    *ends, of = (child for child in tree.children if child is not per)
    assert isinstance(of, Token)
    if is_unit(of.text):
        raise WrongType(tree, hint=": time is not counted here")
    return Rate(_count_of(tree, ends, field), of.text.lower(), _word(per) if isinstance(per, Node) else None)


def read_reading(tree: Tree, field: Field, vocabulary: Vocabulary) -> object:
    """What a measure shows, and at which reading."""
    if not isinstance(tree, Node) or tree.kind != "reading":
        raise WrongType(tree)
    return reading_of(tree)


def reading_of(tree: Node) -> Reading:
    """`recovered at 2 readings in a row`: the measure, whether it is denied, and at which reading."""
    at = tree.children[-1]
    assert isinstance(at, Node)
    return Reading((tree.text_of("NAME") or "").lower(), tree.first("negated") is not None, _which_reading(at))


def _which_reading(at: Node) -> str:
    first = at.children[0]
    if at.kind == "follow_up" and isinstance(first, Node):
        return f"at follow-up of {duration_of(first).show()}"
    number = at.text_of("NUMBER") or ""
    if at.kind == "readings_in_a_row":
        return f"at {number} readings in a row"
    if at.kind == "after_sessions":
        return f"after {number} sessions"
    return f"at {first.text.lower() if isinstance(first, Token) else ''} reading"

"""People in words: `aged 16 or 17, in full-time education`, from the classes that a region is made of.

How a value is said is the vocabulary's; here is only how several are joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carespec.cases.answers import CaseValue
from carespec.cases.partition import Class, Factor, Partition
from carespec.journeys.persons import show_field
from carespec.quantities import durations
from carespec.quantities.durations import Duration
from carespec.vocabulary import Field, Vocabulary, working_days

_MOST_NOT = 2
"""Up to so many words are left out as "not …" where more are meant."""


def said(factor: Factor, chosen: Sequence[Class], rest: Sequence[Class], parted: Partition) -> str:
    """The people in some classes of a factor, set against the rest of them."""
    name, word = factor
    vocabulary = parted.vocabulary
    field = vocabulary.case_fields[name]
    if word:
        return _with_word(field, word, bool(chosen[0].value), vocabulary)
    mine, others = _values(chosen), _values(rest)
    if field.type == "age":
        return _templated(field, _ages(mine, others))
    if field.type == "duration":
        return _durations(field, mine, others, vocabulary)
    if field.type in ("choice", "scale"):
        return _words(field, mine, others, vocabulary)
    return _templated(field, _or([show_field(name, value, vocabulary) for value in mine if value is not None]))


def _values(classes: Sequence[Class]) -> list[CaseValue | None]:
    return [value for one in classes for value in one.values]


def _templated(field: Field, text: str) -> str:
    said_as = field.said if isinstance(field.said, str) else f"{field.label}: {{}}"
    return said_as.replace("{}", text)


def _or(texts: Sequence[str]) -> str:
    return f"{', '.join(texts[:-1])} or {texts[-1]}" if len(texts) > 1 else "".join(texts)


def lowered(label: str) -> str:
    """A label within a sentence: an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]


def _with_word(field: Field, word: str, has: bool, vocabulary: Vocabulary) -> str:
    labels = vocabulary.words.get(field.of or "", {})
    if word.startswith("~"):
        return _templated(field, "something else" if has else "nothing else")
    text = lowered(labels.get(word, word))
    return _templated(field, text) if has else _without(_templated(field, text))


def _without(people: str) -> str:
    """Everybody but those people: `without psychosis`, `other than veterans`."""
    return f"without {people.removeprefix('with ')}" if people.startswith("with ") else f"other than {people}"


def _words(field: Field, mine: Sequence[CaseValue | None], others: Sequence[CaseValue | None], v: Vocabulary) -> str:
    """Words of a choice; where all but one or two are meant, as those left out."""
    none = None in mine
    words = [word for word in v.choices(field) if word in mine]
    left_out = [word for word in v.choices(field) if word in others]
    if not words:
        return _unasked(field) if none else ""
    most = len(words) > max(2, len(left_out))
    if field.type == "choice" and len(left_out) <= _MOST_NOT and most and not none and None not in others:
        return _negated(_said_words(field, left_out, v), field)
    text = _said_words(field, words, v)
    return f"{text}, or {_unasked(field)}" if none else text


def _negated(people: str, field: Field) -> str:
    """`not referred by GP`; where the template has a verb, it is the verb that is denied."""
    verb = isinstance(field.said, str) and " is {}" in field.said
    return people.replace(" is ", " is not ", 1) if verb else f"not {people}"


def _unasked(field: Field) -> str:
    return field.unasked or f"without {lowered(field.label)}"


def _said_words(field: Field, words: Sequence[str], vocabulary: Vocabulary) -> str:
    if isinstance(field.said, str) or field.said is None:
        labels = vocabulary.words.get(field.of or "", {})
        texts = _ranges(words, vocabulary.choices(field)) if field.numbers else [_worded(w, labels) for w in words]
        return _templated(field, _or(texts))
    return _or([field.said.get(word, word) for word in words])


def _worded(word: str, labels: Mapping[str, str]) -> str:
    """A word as its label has it within a sentence; a word of a scale has none, and is said as it is read."""
    return lowered(labels[word]) if word in labels else word.replace("-", " ")


def _ranges(words: Sequence[str], order: Sequence[str]) -> list[str]:
    """Numbers in a row as `5 to 8`; a number that is never used does not break a row."""
    runs: list[list[str]] = []
    for word in words:
        follows = runs and order.index(word) == order.index(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [text for run in runs for text in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]


def _ages(mine: Sequence[CaseValue | None], others: Sequence[CaseValue | None]) -> str:
    """Ages in months as the years that they cover: `16 or 17`, `under 16`, `66 or over`."""
    return _or([_age_run(low, high) for low, high in _runs(_ints(mine), _ints(others))])


def _ints(values: Sequence[CaseValue | None]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _runs(mine: list[int], others: list[int]) -> list[tuple[int, int | None]]:
    """From where to before where values in a row lie, None for no end: between two that were tried nothing changes."""
    runs: list[tuple[int, int | None]] = []
    own, begun = set(mine), None
    for value in sorted({*mine, *others}):
        if value in own and begun is None:
            begun = value
        elif value not in own and begun is not None:
            runs.append((begun, value))
            begun = None
    return [*runs, (begun, None)] if begun is not None else runs


def _age_run(low: int, end: int | None) -> str:
    if low == 0:
        return f"under {_age(end)}" if end is not None else "any age"
    if end is None:
        return f"{_age(low)} or over"
    if low % 12 or end % 12:
        return f"{_age(low)} to under {_age(end)}"
    first, last = low // 12, end // 12 - 1
    return str(first) if first == last else f"{first} or {last}" if last == first + 1 else f"{first} to {last}"


def _age(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years} years {rest} months" if rest else str(years)


def _durations(
    field: Field, mine: Sequence[CaseValue | None], others: Sequence[CaseValue | None], v: Vocabulary
) -> str:
    """Lengths of time as what they lie under, or reach."""
    lengths = sorted((d for d in {*mine, *others} if isinstance(d, Duration)), key=_days)
    limits = [length for length in lengths[1:-1] if len(length.parts) == 1]
    own = [length for length in lengths if length in mine]
    above = [limit for limit in limits if _days(limit) > _days(own[-1])]
    if above:
        return _templated(field, f"less than {above[0].show()}")
    reached = [limit for limit in limits if _days(limit) <= _days(own[0])]
    return _templated(field, f"{reached[-1].show()} or more" if reached else show_field(field.name, own[0], v))


def _days(length: Duration) -> float:
    found = durations.days(length, working_days())
    return float(found[1]) if found else float("inf")

"""How many people are in a region, from a population table with its source; without one nothing is weighed.

A row of the table describes people by case fields and says how many they are. A region that narrows what the table
does not tell gets a range: none of the row may be in it, or all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carespec.cases.answers import CaseValue
from carespec.cases.partition import Factor, Partition, words_of
from carespec.cases.persons import Person
from carespec.journeys.boxes import Piece
from carespec.journeys.persons import value_from_text
from carespec.journeys.records import Weight
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary


class Row(NamedTuple):
    """People of a population table: values by case field (an age as its first and last month), and their number."""

    values: Mapping[str, CaseValue]
    ages: Mapping[str, tuple[int, int]]
    people: Number


class Population(NamedTuple):
    """A table of how many people are of which kind, and where it comes from."""

    source: str
    rows: tuple[Row, ...]


def population(source: str, rows: Sequence[Mapping[str, str]], vocabulary: Vocabulary) -> Population:
    """A table from texts: in each row `people`, and case fields with their values; an age may be `16 to 17`.

    Raises ValueError, naming row and field, for what cannot be read, and for a table without a source.
    """
    if not source.strip():
        raise ValueError("the population table does not name its source")
    return Population(source.strip(), tuple(_row(n, row, vocabulary) for n, row in enumerate(rows, 1)))


def _row(number: int, row: Mapping[str, str], vocabulary: Vocabulary) -> Row:
    values: dict[str, CaseValue] = {}
    ages: dict[str, tuple[int, int]] = {}
    for name, text in row.items():
        field = vocabulary.case_fields.get(name)
        if name == "people" or not str(text).strip():
            continue
        if field is None:
            raise ValueError(f"row {number} of the population table: there is no case field `{name}`")
        try:
            if field.type == "age":
                ages[name] = _ages(str(text))
            else:
                values[name] = value_from_text(field, str(text), vocabulary)
        except ValueError as error:
            raise ValueError(f"row {number} of the population table, {name}: {error}") from None
    people = str(row.get("people", "")).replace(",", "").strip()
    if not people.isascii() or not people.isdecimal():
        raise ValueError(f"row {number} of the population table: `people` must be a whole number")
    return Row(values, ages, int(people))


def _ages(text: str) -> tuple[int, int]:
    """`16`, `16 to 17`, `65 or over` in whole years, as the first and last month."""
    words = text.lower().replace("years", "").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal()]
    if len(numbers) == 2 and words[1:2] == ["to"]:
        return numbers[0] * 12, numbers[1] * 12 + 11
    if len(numbers) == 1 and words[1:] in ([], ["or", "over"]):
        return numbers[0] * 12, numbers[0] * 12 + 11 if not words[1:] else 120 * 12
    raise ValueError(f"`{text}` is no age such as `17`, `16 to 17` or `65 or over`")


def weigh(piece: Piece, table: Population | None, parted: Partition) -> Weight | None:
    """How many people of the table are certainly in the region, and how many may be; None without a table."""
    if table is None:
        return None
    least: Number = 0
    most: Number = 0
    for row in table.rows:
        inside = _inside(row, piece, parted)
        least += row.people if inside else 0
        most += row.people if inside is not False else 0
    return Weight(least, most)


def _inside(row: Row, piece: Piece, parted: Partition) -> bool | None:
    answer: bool | None = True
    for factor, classes, chosen in zip(piece.table.factors, piece.table.classes, piece.box, strict=True):
        if len(chosen) == len(classes):
            continue
        allowed = {value for number in chosen for value in classes[number].values}
        places = _places(row, factor, parted)
        if places is None:
            answer = None
            continue
        within = [_values(parted, factor, place) <= allowed for place in places]
        if not any(within):
            return False
        answer = answer if all(within) else None
    return answer


def _values(parted: Partition, factor: Factor, place: int) -> set[CaseValue | None]:
    return set(parted.classes[factor][place].values)


def _places(row: Row, factor: Factor, parted: Partition) -> set[int] | None:
    """The classes of a factor that the people of a row are in; None if the table does not tell."""
    name, word = factor
    if name in row.ages:
        first, last = row.ages[name]
        tried = (value for one in parted.classes[factor] for value in one.values if isinstance(value, int))
        ages = [first, last, *(age for age in tried if first <= age <= last)]
        return {parted.place(factor, Person({name: age})) for age in ages}
    if name not in row.values:
        return None
    value = row.values[name]
    if word and isinstance(value, frozenset) and not words_of(word, value):
        # A table that counts people by one problem does not say that they have no other.
        return None
    return {parted.place(factor, Person({name: value}))}

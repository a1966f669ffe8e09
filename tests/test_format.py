"""`carespec format`: pairs of files, and the laws that hold for any text.

The laws need oracles that share nothing with the formatter: a messy line is made from a clean one and must
come back as that; and the letters and figures of a damaged file must be the same before and after.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from glob import glob
from os.path import basename, dirname, join, relpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.built import built
from carespec.source import Source, from_bytes, from_text, read_file
from carespec.syntax import format as formatter
from carespec.syntax.document import STARTS, LineParser, kind_of, read_document
from carespec.syntax.driver import line_tokens, tables_from
from carespec.syntax.format import Formatted, format_source
from carespec.syntax.tree import Token

HERE = dirname(__file__)
BEFORE = sorted(glob(join(HERE, "format", "before", "*")))
FILES = sorted(
    path
    for folder in (HERE, join(dirname(HERE), "specs"))
    for ending in ("care", "guidance")
    for path in glob(join(folder, "**", f"*.{ending}"), recursive=True)
)
BLANKS = " \t\u00a0\u200b\ufeff"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LAWS = settings(derandomize=True, max_examples=120, deadline=None, database=None)


@cache
def parser() -> LineParser:
    return LineParser(tables_from(built()["grammar"]))


def formatted(text: str, kind: str = "service") -> Formatted:
    return format_source(from_text("-", text), parser(), kind)


def write(text: str, kind: str = "service") -> str:
    result = formatted(text, kind)
    assert result.lost == ()
    return result.text


def after(path: str) -> str:
    with open(join(HERE, "format", "after", basename(path)), encoding="utf-8", newline="") as file:
        return file.read()


# Pairs of files.


def test_every_before_has_its_after() -> None:
    names = [basename(path) for path in BEFORE]
    assert names
    assert names == sorted(basename(path) for path in glob(join(HERE, "format", "after", "*")))


@pytest.mark.parametrize("path", BEFORE, ids=basename)
def test_pair(path: str) -> None:
    assert format_source(read_file(path), parser()) == Formatted(after(path), True)


@pytest.mark.parametrize("path", BEFORE, ids=basename)
def test_a_formatted_file_stays(path: str) -> None:
    text = after(path)
    assert format_source(from_text(path, text), parser()) == Formatted(text, False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: relpath(path, dirname(HERE)))
def test_every_file_here_settles_and_keeps_its_words(path: str) -> None:
    check_laws(read_file(path))


# Laws for any text.


def squashed(line: str) -> str:
    """What no formatting may touch: letters and figures, but for case, separators, plurals and dates."""
    line = re.sub('[\\s,"“”\u200b\ufeff]+', "", re.sub(r"(\d{4})-(\d\d)-(\d\d)", spelt_date, line)).lower()
    line = re.sub("(day|week|month|year|hour|minute)s", r"\1", line)
    line = re.sub("|".join(f"(?<={month.lower()})[a-z]+(?=\\d{{4}})" for month in MONTHS), "", line)
    return re.sub(r"(?<!\d)0+(?=\d)", "", line)


def spelt_date(match: re.Match[str]) -> str:
    try:
        day = date.fromisoformat(match.group())
    except ValueError:
        return match.group()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def holding(source: Source) -> list[str]:
    return [line for line in source.lines if line.strip(BLANKS)]


def damaged(source: Source) -> list[str]:
    return [line.text.lstrip("\ufeff") for line in read_document(source, parser()).damaged]


def damaged_numbers(source: Source) -> tuple[int, ...]:
    return tuple(line.number for line in read_document(source, parser()).damaged)


def check_laws(source: Source) -> None:
    """Formatting changes no word, no remark and no damaged line; and formatting again changes nothing."""
    result = format_source(source, parser())
    if result.lost:
        assert any("\ufffd" in line for line in source.lines)
        assert result.text == source.newline.join(source.lines)
        return
    source = from_text(source.path, "\n".join(source.lines))
    again = from_text(source.path, result.text)
    assert [*map(squashed, holding(again))] == [*map(squashed, holding(source))]
    assert damaged(again) == damaged(source)
    assert result.unread == damaged_numbers(source)
    assert format_source(again, parser()) == Formatted(result.text, False, damaged_numbers(again))
    assert "\n\n\n" not in result.text
    assert not result.text.startswith(("\n", "\ufeff"))
    assert result.text == "" or (result.text.endswith("\n") and not result.text.endswith("\n\n"))


SAMPLES = {path: after(path) for path in BEFORE}
EDIT = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 3),
    st.one_of(
        st.text(alphabet='\n\r\t \u00a0\u200b\ufeff\x00\x0c\x85#"“”[]|(),:£%.-/0129aZſİé', max_size=4),
        st.sampled_from(("1000", " # remark", "\r\n", 'section "x"\n', "except ", "2012-08-17", " days ")),
    ),
)


@LAWS
@given(st.sampled_from(sorted(SAMPLES)), st.lists(EDIT, min_size=1, max_size=8))
def test_laws_hold_for_damaged_text(path: str, edits: list[tuple[float, int, str]]) -> None:
    text = SAMPLES[path]
    for place, gone, put in edits:
        at = int(place * len(text))
        text = text[:at] + put + text[at + gone :]
    check_laws(from_text(path, text))


@LAWS
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), min_size=1, max_size=6),
)
def test_laws_hold_for_damaged_bytes(path: str, edits: list[tuple[float, bytes]]) -> None:
    data = SAMPLES[path].encode()
    for place, put in edits:
        at = int(place * len(data))
        data = data[:at] + put + data[at + 1 :]
    check_laws(from_bytes(path, data))


# A messy line comes back as the clean one that it was made from.


def clean_lines() -> list[tuple[str, str]]:
    """Every line of the formatted files, with the rule of the grammar that reads it."""
    found = []
    for path, text in SAMPLES.items():
        start = STARTS[kind_of(from_text(path, text))]
        for line in text.splitlines():
            start = "rule_line" if line.startswith("section") and start == "pack_line" else start
            clean = line.partition("  #")[0].strip()
            if clean and not clean.startswith(("#", "|")):
                found.append((start, clean))
    return found


@st.composite
def messy_lines(draw: st.DrawFn) -> tuple[str, str, str]:
    start, clean = draw(st.sampled_from(clean_lines()))
    tokens = line_tokens(parser().tables, clean, start)
    assert tokens is not None
    messy = draw(some_blanks(0))
    for before, token in zip([None, *tokens], tokens, strict=False):
        messy += draw(some_blanks(1 if must_part(before, token) else 0)) + draw(messy_word(token))
    remark = draw(st.sampled_from(("", "# a remark", "#1 \u00a0two")))
    clean += f"  {remark}" if remark else ""
    return start, messy + remark + draw(some_blanks(0)), clean


def some_blanks(least: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=BLANKS, min_size=least, max_size=2)


def must_part(before: Token | None, token: Token) -> bool:
    marks = ("COLON", "COMMA", "LPAR", "RPAR", "CITE")
    figures = before is not None and before.kind == "COMMA" and token.kind == "NUMBER"
    return before is not None and (figures or (before.kind not in marks and token.kind not in marks))


def messy_word(token: Token) -> st.SearchStrategy[str]:
    text = token.text
    if token.kind == "STRING":
        inside = text[1:-1].replace('""', '"')
        return st.sampled_from((text, text if "”" in inside else f"“{inside}”"))
    if token.kind == "CITE":
        return st.sampled_from((text, "[ " + text[1:-1].replace(" ", "\u00a0\t") + " ]"))
    if token.kind == "UNIT":
        return st.sampled_from((text, text.upper(), text.removesuffix("s"), text.replace(" ", "\t")))
    if token.kind in ("NUMBER", "MONEY"):
        return st.sampled_from((text, text.replace(",", "")))
    if token.kind == "DATE":
        short = re.sub("(?<= [A-Z][a-z]{2})[a-z]+", "", text) if "Agust" not in text else text
        return st.sampled_from((text, short, short.replace(" ", "\u00a0 ")))
    capital = text.capitalize()
    if token.kind in ("CODE", "PERCENT") or text.isupper() or capital.isupper():
        return st.just(text)
    return st.sampled_from((text, capital) if token.kind == "NAME" else (text, text.upper()))


@LAWS
@given(messy_lines())
def test_a_messy_line_comes_back_clean(lines: tuple[str, str, str]) -> None:
    start, messy, clean = lines
    first = 'section "x"\n\n' if start == "rule_line" else ""
    text = write(first + messy, "service" if start == "service_line" else "guidance")
    assert text.removeprefix(first).strip(" \n") == clean


# One by one, what the pairs cannot show.


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_byte_order_mark(end: str) -> None:
    source = from_text("-", "\ufeff" + end.join(("service x", 'title: "a"', "")))
    assert format_source(source, parser()) == Formatted('service x\ntitle: "a"\n', end != "\n")


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n\u00a0", "\ufeff"])
def test_nothing_stays_nothing(text: str) -> None:
    assert write(text) == ""


def test_no_byte_order_mark_comes_to_stand_first() -> None:
    assert formatted("\n\ufeff? not read\n") == Formatted("? not read\n", True, (2,))


def test_a_final_newline_is_added() -> None:
    assert formatted("service x") == Formatted("service x\n", True)


def test_a_line_that_cannot_be_read_stays_and_the_rest_is_written() -> None:
    text = "Service X\n\tminimum age limit : 18  Years \n  # above it\n  maximum age 65\nTITLE:“a”\n"
    expected = 'service x\n\tminimum age limit : 18  Years \n  # above it\n  maximum age 65\ntitle: "a"\n'
    assert formatted(text) == Formatted(expected, True, (2, 4))


def test_a_character_that_cannot_be_seen_leaves_its_line_alone() -> None:
    text = 'Service X\nTITLE:"a\x07b"\n#\x07\n'
    assert formatted(text) == Formatted(text.replace("Service X", "service x"), True, (2,))


def test_every_line_below_a_damaged_one_is_still_written() -> None:
    assert write("service x\nminimum age limit: 18\nexcept 16  years when age is 5") == (
        "service x\nminimum age limit: 18\n  except 16 years when age is 5\n"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CODE AREA: QNQ, R1A, Qnq, LONGNAME, A-B", "code area: QNQ, R1A, qnq, longname, a-b"),
        (
            "except QNQ when AREA is QNQ and PLACE is not R1A",
            "  except QNQ when area is QNQ and place is not R1A",
        ),
        ("pay STEP: £5 per HOUR for ALL", "pay step: £5 per hour for all"),
    ],
)
def test_a_name_keeps_capitals_only_where_a_code_can_stand(line: str, expected: str) -> None:
    assert write(line) == f"{expected}\n"


@pytest.mark.parametrize("line", ["İx:  5", "ſtatus:  draft", "\u212aelvin:  5"])
def test_a_name_has_letters_from_a_to_z(line: str) -> None:
    """Letters that only lower case makes those of a name begin none: the line cannot be read, and stays as it is."""
    assert write(line) == f"{line}\n"


def test_numbers_of_any_length() -> None:
    assert write("a: " + "1" * 6001) == "a: 1" + ",111" * 2000 + "\n"


def test_the_name_of_the_file_says_its_kind() -> None:
    text = 'section "A"\n\nseverity:must\n'
    pack, service = (format_source(from_text(name, text), parser()).text for name in ("a.guidance", "a.care"))
    assert (pack, service) == ('section "A"\n\n  severity: must\n', 'section "A"\n\nseverity: must\n')


def test_bytes_that_are_no_text_are_not_written_away() -> None:
    result = format_source(from_bytes("-", b"Service X\n# caf\xe9\n# \x81\n"), parser())
    assert result == Formatted(
        "Service X\n# café\n# \ufffd\n", False, (),
        ("line 3 holds characters that could not be read, and they would be lost",),
    )  # fmt: skip


# The safety: if the formatter were wrong, the original would stay.


def test_a_lost_word_brings_the_original_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(formatter._WRITE, "NUMBER", lambda text: "7")
    text = "Service X\r\n\tMinimum-age: 18 years\r\n"
    lost = ("line 2 would no longer say: Minimum-age: 18 years",)
    assert formatted(text) == Formatted(text, False, (), lost)


@pytest.mark.parametrize(
    ("instead", "lost"),
    [
        ("a: 5", "line 2 would lose its comment: # why"),
        ("# why", "line 2 would no longer say: a:5 # why"),
        ("a: 6  # why", "line 2 would no longer say: a:5 # why"),
        ("b: 5  # why", "line 2 would no longer say: a:5 # why"),
        ("a: 5 5  # why", "line 2 would no longer say: a:5 # why"),
        ("", "line 2 would no longer say: a:5 # why"),
        ("a: 5  # why\nb: 6", "a line would be added: b: 6"),
    ],
)
def test_a_lost_line_or_remark_brings_the_original_back(
    monkeypatch: pytest.MonkeyPatch, instead: str, lost: str
) -> None:
    monkeypatch.setattr(formatter, "_laid_out", lambda rows: [rows[0].text, instead])
    text = "Service x\na:5 # why\n"
    assert formatted(text) == Formatted(text, False, (), (lost,))

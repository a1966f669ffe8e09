"""Turns the place where a line stops making sense into words for a contracts manager, and the line to write instead.

The answers are data (`grammar/mistakes.yaml`, each with samples that are tests): this module only matches them. What
no entry knows is answered from what the grammar would have accepted, and a small repair is offered if it parses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from carespec.spelling import nearest
from carespec.syntax.document import Line
from carespec.syntax.driver import STRAY, Failure, Tables, parse_line
from carespec.syntax.tree import Node
from carespec.tuples import NamedTuple

_NAMED = frozenset(("pay", "source", "define", "waive"))
_FIRST_WORDS = {
    "service": "header", "guidance": "header", "waivers": "header", "section": "section", "except": "except",
    "when": "except", "at": "limit", "for": "limit", "rule": "rule", "comparison": "rule",
}  # fmt: skip
_KEYWORD_MARKS = {"COLON": ":", "COMMA": ",", "LPAR": "(", "RPAR": ")"}
_INSERTABLE = frozenset(("IS", "PER", "OF", "TO", "WITHIN", "WHEN", "UNTIL", "BY"))
_REMOVABLE = frozenset((STRAY, "COLON", "COMMA", "RPAR"))


_IN_PACKS = ("rule_line", "pack_line")
"""Where the mistakes are made that are only made in guidance packs."""

_LONGEST_MENDED = 1000
"""Of a longer line only the place is told: no sentence is that long, and looking for repairs would take its time."""


class Answer(NamedTuple):
    """What to tell the author of a damaged line; `start` and `end` are offsets in it, `write` a line that parses.

    `like` is a line with words in capitals for what only the author knows; "" if there is none.
    """

    name: str
    message: str
    write: str | None
    start: int
    end: int
    like: str = ""


_REGISTER = "register_line"
_WAIVED = r"^\s*waive\s+[\w.-]+"
_FOR = r"(?P<waived>\s*waive(?:\s+(?!on\b|until\b|for\b)[\w.-]+)+)(?P<whose>\s+for\s+[\w-]+)(?![\w-]|\s*,|\s+and\b)"
_BEGINS = {
    _REGISTER: "`waive` and the name of a rule",
    "pack_line": "a name and a colon, such as `version:`, or `rule`",
}
"""How lines begin where they do not begin with a field."""


class Question(NamedTuple):
    """A damaged line with all that the entries of `mistakes.yaml` ask about it."""

    line: Line
    failure: Failure
    kinds: frozenset[str]

    @property
    def got(self) -> str:
        """The word or mark that stands where the line stops making sense."""
        return self.failure.got.text


def explain(line: Line, tables: Tables, data: Mapping[str, Any]) -> Answer:
    """The answer for a damaged line, from `data` as `grammar/mistakes.yaml` holds it."""
    failure = line.failure
    assert failure is not None
    start = failure.start
    if failure.too_deep:
        message = "brackets or `not` are nested too deeply to be read: write two shorter conditions"
        return _answer("nested-too-deeply", message, None, failure)
    of_waiver = _of_registered(line, tables, data) if start == _REGISTER else None
    if of_waiver is not None:
        return of_waiver
    question = Question(line, failure, _kinds(line.first_word))
    if len(line.text) > _LONGEST_MENDED:
        return _general(question, tables, data, lambda text: False)
    parses = _parser(tables, start)
    misspelt = _misspelt(question, tables, start, parses) or _misspelt_unit(question, data, parses)
    if misspelt is not None:
        return misspelt
    for entry in data["mistakes"]:
        if _holds(entry, question):
            return _from_entry(entry, question, parses)
    return _general(question, tables, data, parses)


def _of_registered(line: Line, tables: Tables, data: Mapping[str, Any]) -> Answer | None:
    """What is wrong with a line of a register apart from the service that it is for: what would be in a service."""
    found = re.match(_FOR, line.text)
    if found is None:
        return None
    at, whose = found.end("waived"), found["whose"]
    text = line.text[:at] + line.text[at + len(whose) :]
    failure = parse_line(tables, text, "service_line")
    if not isinstance(failure, Failure):
        return None
    answer = explain(Line(line.number, text, None, failure), tables, data)
    write, like = (re.sub(_WAIVED, rf"\g<0>{whose}", one) for one in (answer.write or "", answer.like))
    start, end = (place + len(whose) if place >= at else place for place in (answer.start, answer.end))
    return answer._replace(write=write or None, like=like, start=start, end=end)


def _kinds(first: str) -> frozenset[str]:
    """How an entry may call the line: by its first word."""
    if first in _NAMED:
        return frozenset((first, "named"))
    return frozenset((_FIRST_WORDS.get(first, "limit" if first.endswith("%") else "fact"),))


def _parser(tables: Tables, start: str) -> Callable[[str], bool]:
    return lambda text: isinstance(parse_line(tables, text, start), Node) or not text.lstrip().strip("#")


def _holds(entry: Mapping[str, Any], question: Question) -> bool:
    if entry.get("in") == "rule" and question.failure.start not in _IN_PACKS:
        return False
    if entry.get("in") == "register" and question.failure.start != _REGISTER:
        return False
    if "line" in entry and entry["line"] not in question.kinds:
        return False
    if "accepts" in entry and question.failure.accepted.isdisjoint(entry["accepts"]):
        return False
    if "got" in entry and not re.fullmatch(entry["got"], question.got, re.IGNORECASE):
        return False
    return "matches" not in entry or re.search(entry["matches"], question.line.text) is not None


def _from_entry(entry: Mapping[str, Any], question: Question, parses: Callable[[str], bool]) -> Answer:
    words = _words(question)
    message = _fill(entry["message"], words)
    answer = _answer(entry["name"], message, _line_to_write(entry, question, words, parses), question.failure)
    pairs = entry.get("as-in", ())
    return answer._replace(like=_replaced(question.line.text, pairs, entry).strip()) if pairs else answer


def _words(question: Question) -> dict[str, str]:
    text, got = question.line.text, question.failure.got
    return {
        "before": text[: got.start].rstrip(),
        "got": got.text,
        "after": text[got.end :],
        "first": question.line.first_word,
        "whole": text.strip(),
    }


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: words[match.group(1)], pattern)


def _line_to_write(
    entry: Mapping[str, Any], question: Question, words: Mapping[str, str], parses: Callable[[str], bool]
) -> str | None:
    """The line that the entry proposes, if it is one that parses, or a remark."""
    if "write" in entry:
        proposed = _fill(entry["write"], words)
    elif "replace" in entry:
        proposed = _replaced(question.line.text, entry["replace"], entry)
    else:
        return None
    return proposed if proposed.startswith("#") or parses(proposed) else None


def _replaced(text: str, pairs: Sequence[Sequence[str]], entry: Mapping[str, Any]) -> str:
    """The line with each pair of an entry applied to it in turn."""
    replace = re.sub if entry.get("in-quotes") else _outside_quotes
    for pattern, replacement in pairs:
        text = replace(pattern, replacement, text)
    return text


def _outside_quotes(pattern: str, replacement: str, text: str) -> str:
    """Replace in the line, but never inside a text that stands in quotes."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\ue000{len(kept) - 1}\ue001"

    hidden = re.sub(r'"(?:[^"]|"")*"', hide, text)
    changed = re.sub(pattern, replacement, hidden)
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match.group(1))], changed)


def _misspelt(question: Question, tables: Tables, start: str, parses: Callable[[str], bool]) -> Answer | None:
    """A word close to one of the language's own, here or at the start of the line, if the line then parses."""
    text, got = question.line.text, question.failure.got
    begin = len(text) - len(text.lstrip())
    places = [(begin, begin + len(question.line.first_word), tables.actions[tables.starts[start]])]
    if got.kind == "NAME":
        places.insert(0, (got.start, got.end, dict.fromkeys(question.failure.accepted, 0)))
    for place_start, place_end, accepted in places:
        word = text[place_start:place_end]
        known = [word_ for word_, kind in tables.keywords.items() if kind in accepted]
        for near in nearest(word.lower(), known, cutoff=0.7, most=2):
            proposed = text[:place_start] + near + text[place_end:]
            if near != word.lower() and parses(proposed):
                message = f"`{word}` is not a word that can stand here; did you mean `{near}`?"
                return Answer("misspelt-word", message, proposed, place_start, place_end)
    return None


_ONE = re.compile(r"(?<![\d.,])1\s*$")
_FEW_WORDS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)?")


def _misspelt_unit(question: Question, data: Mapping[str, Any], parses: Callable[[str], bool]) -> Answer | None:
    """A word, or two, where a unit would have made sense, close to one and close to no other."""
    text, place = question.line.text, question.failure.got.start
    units = [one for kind, words in data["words"].items() if kind in question.failure.accepted for one in words]
    units = [unit.removesuffix("s") for unit in units] if _ONE.search(text[:place]) else units
    found = _FEW_WORDS.match(text, place)
    if found is None or not units:
        return None
    for said in dict.fromkeys((found[0], found[0].split()[0])):
        alike = [unit for unit in units if len(unit.split()) == len(said.split())]
        for near in nearest(" ".join(said.lower().split()), alike, cutoff=0.7, most=2):
            proposed = text[:place] + near + text[place + len(said) :]
            if parses(proposed):
                message = f"`{said}` is no unit; did you mean `{near}`?"
                return Answer("misspelt-word", message, proposed, place, place + len(said))
    return None


def _general(question: Question, tables: Tables, data: Mapping[str, Any], parses: Callable[[str], bool]) -> Answer:
    """The answer when no entry knows the mistake: what stands there, what would have made sense, a repair."""
    failure, words = question.failure, _words(question)
    expected = _expected(failure.accepted, data)
    before = words["before"].strip()
    stands = "the line ends" if not failure.got.text else f"`{_shown(failure.got.text)}` stands"
    message = f"after `{_shown(before)}` {stands} where {expected} should be"
    if not before:
        begins = _BEGINS.get(failure.start, "a field, such as `minimum-age:`")
        message = f"no line begins with `{_shown(failure.got.text)}`: it begins with {begins}"
    return _answer("unexpected", message, _repair(question, tables, parses), failure)


def _shown(text: str) -> str:
    return text if len(text) <= 60 else "…" + text[-59:]


def _expected(accepted: frozenset[str], data: Mapping[str, Any]) -> str:
    says, left = [], set(accepted)
    for entry in data["expected"]:
        if not left.isdisjoint(entry["any"]):
            says.append(entry["says"])
            left -= {*entry["any"], *entry.get("instead-of", ())}
    return " or ".join(says[:2]) if says else "another word"


def _repair(question: Question, tables: Tables, parses: Callable[[str], bool]) -> str | None:
    """One mark or keyword put in, or the stray piece taken out: the first change that makes the line parse."""
    text, got = question.line.text, question.failure.got
    before, after = text[: got.start], text[got.end :]
    keywords = {kind: word for word, kind in tables.keywords.items()}
    candidates = [f"{before.rstrip()} {after.lstrip()}".rstrip()] if got.kind in _REMOVABLE else []
    for kind in sorted(question.failure.accepted):
        word = keywords.get(kind) if kind in _INSERTABLE else _KEYWORD_MARKS.get(kind)
        if word:
            candidates.append(f"{before.rstrip()}{_spaced(word)}{text[got.start :]}".rstrip())
    return next((candidate for candidate in candidates if parses(candidate)), None)


def _spaced(word: str) -> str:
    return f"{word} " if word in ":,)" else f" {word} "


def _answer(name: str, message: str, write: str | None, failure: Failure) -> Answer:
    return Answer(name, message, write, failure.got.start, max(failure.got.end, failure.got.start + 1))

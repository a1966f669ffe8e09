"""What to tell the author of a line of a pack that could not be read: how to ask for what its field holds.

An answer to a mistake knows the language and no field. `within` after `at least` may be right for a wait and is wrong
for an age, so what it proposes is tried in its rule first; where nothing is left, the field itself gives the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carespec.guidance import details
from carespec.guidance.derived import joined
from carespec.guidance.from_syntax import pack_of, without_a_rule
from carespec.guidance.lines import HOLDERS
from carespec.guidance.loading.operands import open_operands
from carespec.model.types import TYPES, example_of, is_ordered, label_of
from carespec.rules.text import field_named
from carespec.source import from_text
from carespec.syntax.document import read_document
from carespec.syntax.driver import Failure
from carespec.syntax.mistakes import Answer
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Field, Vocabulary

if TYPE_CHECKING:
    from carespec.guidance.model import PackProblem
    from carespec.syntax.document import Document, Line, LineParser

_CONDITIONS = ("applies-when", "unless", "require")
_EXAMPLES = ("passes", "fails", "cannot-tell", "does-not-apply", "exempt")
_NAME = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)


class Advice(NamedTuple):
    """An answer, with a line to write only where its rule can take that; in place of one what to write, "" if nothing
    is known.
    """

    answer: Answer
    fix: str = ""


def advised(answer: Answer, line: Line, document: Document, parse: LineParser, vocabulary: Vocabulary) -> Advice:
    """The advice for a damaged line of a pack. `vocabulary` is the one whose fields the pack asks about."""
    if not isinstance(parse(line.text, "rule_line"), Failure):
        found = without_a_rule(line)
        return Advice(Answer(found.check, found.message, None, found.start, found.end), found.fix)
    answer = answer._replace(write=_taken(answer.write, line, document, parse) if answer.write else None)
    if answer.write:
        return Advice(answer)
    asked = None if answer.like or _is_joint(answer, line) else _asked_in(line, answer, joined(vocabulary))
    if asked is None:
        return Advice(answer, _of_detail(line, vocabulary))
    path, field = asked
    holds = f"`{path}` holds {label_of(field)}"
    ways = " or ".join(f"`{way}`" for way in _WAYS[line.first_word](path, field, joined(vocabulary)))
    message = answer.message if holds in answer.message else f"{answer.message}; {holds}"
    return Advice(answer._replace(message=message), f"Ask for it as in {ways}.")


def _taken(write: str, line: Line, document: Document, parse: LineParser) -> str | None:
    """A line with which nothing is wrong where it would stand; a name in it that is misspelt is put right as well."""
    problems = _problems(write, line, document, parse)
    if len(problems) == 1 and problems[0].write:
        write = write[: problems[0].start] + problems[0].write + write[problems[0].end :]
        problems = _problems(write, line, document, parse)
    return None if problems else write


def _problems(write: str, line: Line, document: Document, parse: LineParser) -> list[PackProblem]:
    """What would be wrong with a line in place of another: under its rule, in the pack's vocabulary."""
    statements = [one.head for one in document.statements]
    heads = [one for one in (*statements, *document.damaged) if one.first_word in HOLDERS]
    above = max((one for one in heads if one.number < line.number), key=lambda one: one.number, default=None)
    end = min((one.number for one in heads if one.number > line.number), default=len(document.source.lines) + 1)
    text = ["guidance x", *(one.text for one in statements if one.first_word == "vocabulary")]
    if above is not None:
        text.append(above.text if above.node is not None else f'{above.first_word} x "X"')
        text += document.source.lines[above.number : line.number - 1]
    text.append(write)
    place = len(text)
    text += document.source.lines[line.number : end - 1] if above is not None else ()
    pack = pack_of(read_document(from_text("x.guidance", "\n".join(text)), parse, "guidance"))
    problems = (*pack.problems, *(problem for rule in pack.rules for problem in open_operands(rule)))
    return [problem for problem in problems if problem.line == place]


def _is_joint(answer: Answer, line: Line) -> bool:
    """Whether the line stops making sense between two questions, so that neither of their fields is to blame."""
    return line.text[answer.start : answer.end].lower() in ("and", "or", "(", ")")


def _of_detail(line: Line, vocabulary: Vocabulary) -> str:
    """How a `name: value` line of a pack or a rule is written, where that has a value of its own kind."""
    field = {**details.OF_PACK, **details.OF_COMPARISON, **details.OF_RULE}.get(line.first_word)
    if field is None or not field.examples:
        return ""
    words = details.with_words(vocabulary).choices(field)
    among = f"; the words are {', '.join(words)}" if words else ""
    return f"Write it as in `{field.name}: {field.example}`{among}."


def _asked_in(line: Line, answer: Answer, vocabulary: Vocabulary) -> tuple[str, Field] | None:
    """The field that a line asks about where it stops making sense, else the last that it names at all."""
    if line.first_word not in _WAYS:
        return None
    return _asked_last(line.text[: answer.start], vocabulary) or _asked_last(line.text, vocabulary)


def _asked_last(text: str, vocabulary: Vocabulary) -> tuple[str, Field] | None:
    """The last field that is named in a piece of a line, with its path; None if none is."""
    words = [word.lower() for word in _NAME.findall(text.partition(":")[2])]
    for number in range(len(words) - 1, -1, -1):
        following = words[number + 1] if number + 1 < len(words) else ""
        field = field_named(words[number], vocabulary)
        if field is not None and (field.name == PAY) <= (vocabulary.payment(following) is not None):
            is_key = field.name == PAY or following in vocabulary.keys(field)
            return f"{words[number]} {following}" if is_key else words[number], field
    return None


def questions(path: str, field: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The usual ways to ask for what a field holds."""
    example = example_of(field, vocabulary)
    if field.type in _ASKED:
        return tuple(way.format(path=path, example=example) for way in _ASKED[field.type])
    if not is_ordered(field):
        return (f"{path} is {example}",)
    return (f"{path} is {example}", f"{path} is at least {_one_figure(field, vocabulary)}")


def _one_figure(field: Field, vocabulary: Vocabulary) -> str:
    """An example that is one figure, and neither a range nor a limit."""
    if field.type == "scale":
        return vocabulary.choices(field)[0]
    examples = (*field.examples, TYPES[field.type].example)
    return next(one for one in examples if one[0] in "£0123456789" and " to " not in one)


_ASKED = {
    "wait": ("{path} meets {example}", "{path} is at most 28 calendar days"),
    "reading": ("{path} is {example}",),
    "set": ("{path} includes {example}", "{path} is none"),
    "date": ("{path} is before {example}",),
    "period": ("{path} is after 1 April 2012",),
}
"""How to ask for types of which `is` and `is at least` are not what a rule asks first."""


def _supposed(path: str, field: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    return (f"{path} is {example_of(field, vocabulary)}",)


_WAYS = {**dict.fromkeys(_CONDITIONS, questions), **dict.fromkeys(_EXAMPLES, _supposed)}

"""The pages of checks, incentives, fields, mistakes and flaws, as Markdown: what `explain` prints and `docs/` holds.

Pages are made from the same data that the program runs on, so they cannot say anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carespec.checks import Check
from carespec.incentives.patterns import Pattern
from carespec.model.types import TYPES
from carespec.vocabulary import Field, Vocabulary

_MARK = re.compile(r"\s*#! .*$", re.MULTILINE)
_NONE_IS = {"no-limit": "more than every figure", "nothing": "0"}
_BETTER = {"lower": "a lower value", "higher": "a higher value", "wider": "a wider one"}


def check_page(check: Check) -> str:
    """What a check flags, why it matters, what to write instead, with its cases."""
    severity = f"**{check.severity}**"
    if check.signed != check.severity:
        severity += f" in a draft, **{check.signed}** once signed"
    paragraphs = [_bold_lead(paragraph) for paragraph in check.page.strip().split("\n\n")]
    return "\n\n".join(
        [
            f"# {check.name}",
            f"*{_sentence(check.title)}* Severity: {severity}. Affects {check.affects}.",
            *paragraphs,
            "Flagged:",
            *(_blocks(case, check) for case in check.bad),
            "Not flagged:",
            *(_blocks(case, check) for case in check.good),
        ]
    )


def pattern_page(pattern: Pattern) -> str:
    """What an incentive is, why it matters, what to write instead, with an example whose figures are known."""
    paragraphs = [_bold_lead(paragraph) for paragraph in pattern.page.strip().split("\n\n")]
    wanted = pattern.example
    expected = "; ".join(f"{name} {value}" for name, value in wanted.expect.items())
    given = ", ".join(f"`{name}` {_given(value)}" for name, value in wanted.given.items())
    example = f"An example, with {given}: {expected}." if given else f"An example: {expected}."
    return "\n\n".join(
        [
            f"# {pattern.name}",
            f"*{_sentence(pattern.title)}* The contract rewards {pattern.rewards}.",
            *paragraphs,
            f"**Lines that decide it.** {', '.join(f'`{field}`' for field in pattern.fields)}.",
            *(f"**The study, {place}.** “{quote}”" for place, quote in pattern.study),
            example,
            f"```care\n{wanted.lines}\n```",
        ]
    )


def _given(value: float | tuple[float, float, float]) -> str:
    return " to ".join(f"{end:.4g}" for end in (value[0], value[2])) if isinstance(value, tuple) else f"{value:.4g}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _bold_lead(paragraph: str) -> str:
    """`Why it matters: …` with its first words in bold, on one line."""
    text = " ".join(paragraph.split())
    lead, colon, rest = text.partition(":")
    if not colon or len(lead) >= 25:
        return text
    rest = rest.strip()
    return f"**{lead}.** {rest[:1].upper()}{rest[1:]}"


def _blocks(case: str, check: Check) -> str:
    """A case as it is written; one of several documents as a block each."""
    if check.of_corpus is None:
        return _block(case)
    return "\n\nand in another file\n\n".join(_block(text) for text in documents_of(case))


def documents_of(case: str) -> list[str]:
    """The documents of a case of a check that looks at several: each begins with its first line, `service NAME`."""
    return [text for text in re.split(r"^(?=service )", case, flags=re.MULTILINE) if text]


def _block(case: str) -> str:
    return f"```care\n{_MARK.sub('', case).strip()}\n```"


def field_page(field: Field, vocabulary: Vocabulary, key: str | None = None) -> str:
    """What a field is for, how it is written, what `none` and silence mean, and which words it may have.

    With `key` it is the page of that one member of a keyed field.
    """
    path = f"{field.name} KEY" if field.keyed_by else field.name
    title = f"{field.name} {key}" if key else field.name
    label = vocabulary.label(field.name, key)
    parts = [f"# {title}", f"*{label}.* {field.help}", "\n".join(_facts(field, vocabulary))]
    parts.append("```care\n" + "\n".join(_example(field, vocabulary, value, key) for value in field.examples) + "\n```")
    if field.keyed_by:
        more = " Other keys are allowed." if field.open_keys else ""
        parts.append(f"Keys, as in `{path}: …`:{more}")
        parts.append(_words(vocabulary.keys(field)))
    words = vocabulary.words.get(field.of or "")
    if words:
        parts += ["Words:", _words(words)]
    elif scale := vocabulary.scales.get(field.of or ""):
        parts.append(f"Words, in their order: {', '.join(f'`{word}`' for word in scale)}.")
    return "\n\n".join(parts)


def _example(field: Field, vocabulary: Vocabulary, value: str, key: str | None) -> str:
    key = key or next(iter(vocabulary.keys(field)), None)
    return f"{field.name} {key}: {value}" if key else f"{field.name}: {value}"


def _facts(field: Field, vocabulary: Vocabulary) -> Iterator[str]:
    """The short facts about a field, as rows of a table."""
    yield "| | |\n| --- | --- |"
    yield f"| takes | {TYPES[field.type].label} |"
    if field.numbers:
        low, high, never = field.numbers
        yield f"| numbers | {low} to {high}{', without ' + ', '.join(map(str, never)) if never else ''} |"
    if field.none_means:
        yield f"| `none` means | {field.none_means} |"
    if field.none_is:
        yield f"| `none` compares as | {_NONE_IS[field.none_is]} |"
    if field.when_silent:
        silence = "nobody is turned away for it" if field.when_silent == "no-bar" else "nobody can tell"
        yield f"| when nothing is said | {silence} |"
    if field.when_due:
        yield f"| once its day has come | {field.when_due} |"
        yield f"| to do by then | {field.due_fix} |"
    if field.better:
        yield f"| better for the patient | {_BETTER[field.better]} |"
    if field.section:
        yield f"| belongs under | {vocabulary.sections[field.section]} |"
    if field.topic:
        topic = vocabulary.topics[field.topic]
        study = f" (study {topic['section']})" if "section" in topic else ""
        yield f"| compared under | {topic['label']}{study} |"
    if field.expected:
        when = "always" if field.expected == "always" else f"when {field.expected}"
        yield f"| expected | {when} ({field.expected_severity}) |"
    yield f"| since | vocabulary {vocabulary.name} {field.since} |"


def _words(words: Mapping[str, str]) -> str:
    return "\n".join(
        ["| word | means |", "| --- | --- |", *(f"| `{word}` | {label} |" for word, label in words.items())]
    )


def mistake_page(entry: Mapping[str, Any]) -> str:
    """What an author wrote by mistake, and what to write instead."""
    parts = [f"# {entry['name']}", _sentence(re.sub(r"\{\w+\}", "…", entry["message"]))]
    for sample in entry["samples"]:
        parts += ["Instead of:", f"```text\n{sample['text'].strip()}\n```"]
        if sample.get("write"):
            parts += ["write:", f"```text\n{sample['write'].strip()}\n```"]
    return "\n\n".join(parts)


def flaw_page(entry: Mapping[str, Any], heading: str = "#") -> str:
    """What is wrong with a pack or a waiver, why it matters, and what to write instead."""
    parts = [f"{heading} {entry['name']}", f"*{_sentence(entry['title'])}* {entry['why']}"]
    if "bad" in entry:
        parts += ["Flagged:", f"```text\n{entry['bad'].rstrip()}\n```"]
        parts += ["Not flagged:", f"```text\n{entry['good'].rstrip()}\n```"]
    return "\n\n".join([*parts, f"**Instead.** {entry['instead']}"])


_FLAWS_OF = {
    "pack": "Packs that are loaded",
    "tests": "Packs put to their own tests",
    "waiver": "Waivers",
    "comparison": "Services side by side",
}


def flaws_page(entries: Sequence[Mapping[str, Any]]) -> str:
    """All that can be wrong with packs and waivers, on one page."""
    parts = ["# What findings on packs and waivers mean", "`carespec explain NAME` prints each of these."]
    for kind, title in _FLAWS_OF.items():
        parts += [f"## {title}", *(flaw_page(entry, "###") for entry in entries if entry["of"] == kind)]
    return "\n\n".join(parts) + "\n"

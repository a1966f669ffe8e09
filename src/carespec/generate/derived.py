"""Which files of the checkout are made from others, and what they hold: pages, the calendar, the report's schema."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from carespec.checks import all_checks
from carespec.generate.calendar import document, library_version
from carespec.generate.report_schema import report_schema
from carespec.incentives.patterns import all_patterns
from carespec.pages import check_page, field_page, pattern_page
from carespec.resources import checkout, read_text
from carespec.vocabulary import Vocabulary, load, names
from carespec.words import words_page

_FOLDERS = ("docs/fields", "docs/checks", "docs/incentives")
"""Folders that hold nothing but derived files: one that is no longer made is taken away."""


def derived_files() -> dict[str, str]:
    """Path from the top of the checkout to text, for every derived file."""
    return {
        "specs/calendars/england.yaml": document("england", "1", library_version()),
        "specs/schemas/report.schema.json": json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n",
        **_check_pages(),
        **_pattern_pages(),
        **_field_pages(load()),
        "docs/words.md": words_page(tuple(load(name) for name in names())) + "\n",
    }


def stale_files(expected: Mapping[str, str]) -> list[str]:
    """The derived files that do not hold what they must, and those in their folders that nothing makes."""
    stale = [path for path, text in expected.items() if _held(path) != text]
    for folder in _FOLDERS:
        whole = os.path.join(checkout(), folder)
        names = sorted(os.listdir(whole)) if os.path.isdir(whole) else []
        stale += [f"{folder}/{name}" for name in names if f"{folder}/{name}" not in expected]
    return stale


def _held(path: str) -> str | None:
    whole = os.path.join(checkout(), path)
    return read_text(whole) if os.path.isfile(whole) else None


def _check_pages() -> dict[str, str]:
    checks = all_checks()
    rows = [f"| [{c.name}]({c.name}.md) | {c.title} | {_severity(c.severity, c.signed)} |" for c in checks]
    index = "\n".join(
        [
            "# Checks",
            "",
            "What carespec itself knows about specifications.",
            "",
            "| check | flags | severity |",
            "| --- | --- | --- |",
            *rows,
        ]
    )
    pages = {f"docs/checks/{check.name}.md": check_page(check) + "\n" for check in checks}
    return {"docs/checks/README.md": index + "\n", **pages}


def _pattern_pages() -> dict[str, str]:
    patterns = all_patterns()
    rows = [f"| [{p.name}]({p.name}.md) | {p.title} |" for p in patterns]
    head = ["# Incentives that are looked for", "", "How they are found: [incentives](../incentives.md)."]
    index = "\n".join([*head, "", "| incentive | what a contract can reward |", "| --- | --- |", *rows])
    pages = {f"docs/incentives/{p.name}.md": pattern_page(p) + "\n" for p in patterns}
    return {"docs/incentives/README.md": index + "\n", **pages}


def _severity(draft: str, signed: str) -> str:
    return draft if draft == signed else f"{draft}; once signed {signed}"


def _field_pages(vocabulary: Vocabulary) -> dict[str, str]:
    lines = ["# Fields", "", f"Vocabulary `{vocabulary.name} {vocabulary.version}`: {vocabulary.title}."]
    for section, title in vocabulary.sections.items():
        lines += ["", f"## {title}", "", "| field | what it says |", "| --- | --- |"]
        inside = [field for field in vocabulary.fields.values() if field.section == section]
        lines += [f"| [{field.name}]({field.name}.md) | {field.label} |" for field in inside]
    pages = {f"docs/fields/{f.name}.md": field_page(f, vocabulary) + "\n" for f in vocabulary.fields.values()}
    return {"docs/fields/README.md": "\n".join(lines) + "\n", **pages}

"""Which files of the checkout are made from others, and what they hold: pages, the calendar, the report's schema."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence

from carespec.built import built
from carespec.checks import all_checks
from carespec.generate.calendar import document, library_version
from carespec.generate.compare_schema import compare_schema, diff_schema
from carespec.generate.config_pages import config_page, config_schema
from carespec.generate.incentive_schema import incentives_schema, repair_schema, viability_schema
from carespec.generate.journey_schema import journeys_schema, patients_schema
from carespec.generate.report_schema import report_schema
from carespec.guidance.library import shipped_in_full
from carespec.guidance.pages import pack_page, packs_index
from carespec.incentives.patterns import all_patterns
from carespec.pages import check_page, field_page, flaws_page, pattern_page
from carespec.resources import checkout, read_text
from carespec.syntax.document import LineParser
from carespec.syntax.driver import tables_from
from carespec.vocabulary import Vocabulary, load, names
from carespec.words import words_page

_FOLDERS = ("docs/fields", "docs/checks", "docs/rules", "docs/incentives")
"""Folders that hold nothing but derived files: one that is no longer made is taken away."""


def derived_files() -> dict[str, str]:
    """Path from the top of the checkout to text, for every derived file."""
    vocabularies = tuple(load(name) for name in names())
    return {
        "specs/calendars/england.yaml": document("england", "1", library_version()),
        **_schemas(
            {
                "report": report_schema(),
                "compare": compare_schema(),
                "diff": diff_schema(),
                "config": config_schema(),
                "journeys": journeys_schema(),
                "patients": patients_schema(),
                "incentives": incentives_schema(),
                "viability": viability_schema(),
                "repair": repair_schema(),
            }
        ),
        "docs/configuration.md": config_page(),
        **_check_pages(),
        **_rule_pages(),
        **_pattern_pages(),
        **_field_pages(vocabularies),
        "docs/flaws.md": flaws_page(built()["flaws"]),
        "docs/words.md": words_page(vocabularies) + "\n",
    }


def _schemas(schemas: Mapping[str, object]) -> dict[str, str]:
    return {
        f"specs/schemas/{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def stale_files(expected: Mapping[str, str]) -> list[str]:
    """The derived files that do not hold what they must, and those in their folders that nothing makes."""
    stale = [path for path, text in expected.items() if _held(path) != text]
    for folder in _FOLDERS:
        stale += [path for path in _files_in(folder) if path not in expected]
    return stale


def _files_in(folder: str) -> list[str]:
    """Every file below a folder of the checkout, as a path from its top."""
    walked = os.walk(os.path.join(checkout(), folder))
    found = (os.path.relpath(os.path.join(above, name), checkout()) for above, _, names in walked for name in names)
    return sorted(path.replace(os.sep, "/") for path in found)


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


def _rule_pages() -> dict[str, str]:
    """A page a pack, from the packs themselves."""
    packs = shipped_in_full(LineParser(tables_from(built()["grammar"])))
    pages = {f"docs/rules/{pack.name}.md": pack_page(pack) for pack in packs}
    return {"docs/rules/README.md": packs_index(packs), **pages}


def _pattern_pages() -> dict[str, str]:
    patterns = all_patterns()
    rows = [f"| [{p.name}]({p.name}.md) | {p.title} |" for p in patterns]
    head = ["# Incentives that are looked for", "", "How they are found: [incentives](../incentives.md)."]
    index = "\n".join([*head, "", "| incentive | what a contract can reward |", "| --- | --- |", *rows])
    pages = {f"docs/incentives/{p.name}.md": pattern_page(p) + "\n" for p in patterns}
    return {"docs/incentives/README.md": index + "\n", **pages}


def _severity(draft: str, signed: str) -> str:
    return draft if draft == signed else f"{draft}; once signed {signed}"


def _field_pages(vocabularies: Sequence[Vocabulary]) -> dict[str, str]:
    """A folder a vocabulary, each with its index, and an index of those."""
    lines = ["# Fields", "", "What a line of a specification can be about, vocabulary by vocabulary.", ""]
    pages: dict[str, str] = {}
    for vocabulary in vocabularies:
        number = f"{len(vocabulary.fields)} fields"
        lines.append(f"- [{vocabulary.title}]({vocabulary.name}/README.md): `{vocabulary.name}`, {number}")
        folder = f"docs/fields/{vocabulary.name}"
        pages[f"{folder}/README.md"] = _field_index(vocabulary)
        pages |= {f"{folder}/{f.name}.md": field_page(f, vocabulary) + "\n" for f in vocabulary.fields.values()}
    return {"docs/fields/README.md": "\n".join(lines) + "\n", **pages}


def _field_index(vocabulary: Vocabulary) -> str:
    lines = [f"# {vocabulary.title}: fields", "", f"Vocabulary `{vocabulary.name} {vocabulary.version}`."]
    for section, title in vocabulary.sections.items():
        inside = [field for field in vocabulary.fields.values() if field.section == section]
        if inside:
            lines += ["", f"## {title}", "", "| field | what it says |", "| --- | --- |"]
            lines += [f"| [{field.name}]({field.name}.md) | {field.label} |" for field in inside]
    return "\n".join(lines) + "\n"

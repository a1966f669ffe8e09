"""What is wrong with packs and waivers: each kind has a page, shows what it is about, and bears the name it has there.

The list comes from the registry that findings take their titles from: one that is not in it cannot be told.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from carespec.built import built
from carespec.checks import all_checks
from carespec.cli import carespec
from carespec.cli.explain import pages_of
from carespec.guidance import waivers
from carespec.guidance.flaws import title_of
from carespec.incentives.patterns import all_patterns
from carespec.vocabulary import DEFAULT, load

FLAWS: list[dict[str, Any]] = built()["flaws"]
SHOWN = [flaw for flaw in FLAWS if "bad" in flaw]
MISTAKES = [*built()["mistakes"]["general"], *built()["mistakes"]["mistakes"]]
HEAD = """guidance local-standards
version: 1
source standards: "Standards", "NHS Eastborough" published 1 March 2013
"""
RULE = 'rule sample "A sample"'
SERVICE = "service northshire\nprogramme: iapt\n"


def run(*words: str) -> str:
    return CliRunner().invoke(carespec, list(words)).output


def names_of(flaw: dict[str, Any], text: str, folder: Path) -> set[str]:
    """The names of what is found in a sample, by the command that tells of such flaws."""
    if flaw["of"] == "waiver":
        (folder / "northshire.care").write_text(SERVICE + text, encoding="utf-8")
        words = ("check", str(folder), "--as-at", "2012-09-01", "--guidance", "fair-access")
    else:
        for number, one in enumerate(re.split(r"^(?=guidance )", text, flags=re.MULTILINE)):
            if one:
                (folder / f"{number}.guidance").write_text(whole(one), encoding="utf-8")
        words = ("test" if flaw["of"] == "tests" else "check", str(folder))
    return {finding["name"] for finding in json.loads(run(*words, "--output", "json"))["findings"]}


def whole(text: str) -> str:
    """A pack with a sample in it: lines of a rule stand under one."""
    if text.startswith("guidance "):
        return text
    is_headed = text.startswith(("rule ", "comparison "))
    requires = "" if is_headed or "require:" in text else "  require: maximum-age is none\n"
    return HEAD + text if is_headed else f"{HEAD}{RULE}\n{requires}{text}"


@pytest.mark.parametrize("flaw", SHOWN, ids=[flaw["name"] for flaw in SHOWN])
def test_what_a_flaw_shows_has_it_and_what_it_shows_instead_has_it_not(flaw: dict[str, Any], tmp_path: Path) -> None:
    for kind in ("bad", "good"):
        (tmp_path / kind).mkdir()
    assert flaw["name"] in names_of(flaw, flaw["bad"], tmp_path / "bad")
    assert flaw["name"] not in names_of(flaw, flaw["good"], tmp_path / "good")


def test_every_name_that_a_finding_can_bear_is_explained() -> None:
    flaws, mistakes = [flaw["name"] for flaw in FLAWS], [entry["name"] for entry in MISTAKES]
    checks, patterns = [check.name for check in all_checks()], [pattern.name for pattern in all_patterns()]
    assert len(set(flaws)) == len(flaws) and not set(flaws) & {*checks, *patterns}
    pages = pages_of(load(DEFAULT))
    for name in (*flaws, *checks, *patterns, *mistakes):
        assert any(page.text().startswith(f"# {name}\n") for page in pages[name])


def test_a_name_that_nothing_explains_cannot_be_told() -> None:
    with pytest.raises(KeyError):
        title_of("pack-without-a-page")


def test_every_name_of_what_is_wrong_with_a_waiver_has_its_page() -> None:
    named = (value for name, value in vars(waivers).items() if name.isupper())
    told = {value for value in named if re.match("(waiver|register)-", str(value))}
    assert told == {flaw["name"] for flaw in FLAWS if flaw["of"] == "waiver"}

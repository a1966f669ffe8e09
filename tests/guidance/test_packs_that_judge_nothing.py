"""A pack that holds nothing, or nothing that could be read, is told as such: silence would look like a clean result."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import ended

HEADER = "guidance some\nversion: 1\n"
SOURCE = 'source law: "The law"\n'
WORDS = '  text: [law 1]\n  message: "m"\n  affects: "a"\n  fix: "f"\n'
UNREADABLE = f'{HEADER}{SOURCE}rule one "One"\n{WORDS}  require maximum-age is none\nrule two "Two"\n{WORDS}'
UNREADABLE += "  require: maximumage is none\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "asks nothing of any service"),
        ("\n\n# only a remark\n", "asks nothing of any service"),
        (HEADER, "asks nothing of any service"),
        (HEADER + SOURCE + 'section "Age"\n', "asks nothing of any service"),
        (HEADER + "rule one\n", "asks nothing of any service"),
        (UNREADABLE, "could be read whole, so it judges nothing"),
    ],
)
def test_every_command_tells(text: str, said: str, folder: Path) -> None:
    (folder / "some.guidance").write_text(text, encoding="utf-8")
    for words in (("check", "some.guidance"), ("check", "x.care", "--guidance", "some.guidance"), ("test",)):
        code, output = ended(*words, "--output", "concise")
        assert code == 1
        assert "some.guidance:1:1: must pack-judges-nothing" in output and said in output


def test_a_rule_that_could_not_be_read_is_named_wherever_it_would_have_judged(folder: Path) -> None:
    (folder / "some.guidance").write_text(UNREADABLE, encoding="utf-8")
    because = "a line of the rule could not be read, so it judges nothing"
    assert f"Not checked: one, two in x: {because}." in ended("check", "x.care", "--guidance", "some.guidance")[1]
    assert "Not tried: 2 rules that could not be read whole." in ended("test", "some.guidance")[1]
    assert "(judges nothing: a line of it could not be read)" in ended("rules", "--guidance", "some.guidance")[1]


def test_one_rule_that_can_be_read_is_enough(folder: Path) -> None:
    text = f'{UNREADABLE}rule three "Three"\n{WORDS}  require: maximum-age is none\n'
    (folder / "some.guidance").write_text(text, encoding="utf-8")
    output = ended("check", "x.care", "--guidance", "some.guidance", "--output", "concise")[1]
    assert "pack-judges-nothing" not in output and "x.care:2:14: should three  m" in output


def test_rules_of_nothing_end_with_why(folder: Path) -> None:
    (folder / "some.guidance").write_text(HEADER, encoding="utf-8")
    assert ended("rules", "--guidance", "some.guidance") == (
        2,
        "carespec: these packs have no rule; `carespec check` tells what is wrong with a pack\n",
    )

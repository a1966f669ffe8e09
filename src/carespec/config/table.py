"""The settings that exist: the one list from which reading, messages, the JSON Schema and the page derive."""

from __future__ import annotations

from typing import Any

from carespec.records import SEVERITIES
from carespec.tuples import NamedTuple

FAIL_LEVELS = (*SEVERITIES, "never")
PATHS = "paths"
"""The table of settings for some paths."""


class Setting(NamedTuple):
    """A setting: what it takes (`text`, `list`, `choice`, `date`, `flag`), and its value where nobody sets one.

    One with `per_path` may also stand in `[paths."PATTERN"]`. `option` is the option of `check` that replaces it.
    `example` is a value as TOML has it; `unset` says what an empty default means, where that is not "none".
    """

    name: str
    kind: str
    default: Any
    about: str
    example: str
    choices: tuple[str, ...] = ()
    per_path: bool = False
    option: str = ""
    unset: str = ""


SETTINGS = (
    Setting(
        "corpus",
        "list",
        ("",),
        "The folders that `carespec check` looks through when it is given no path, and beside which it judges a file "
        "that it is given; from the folder of this file.",
        '["specs", "drafts"]',
        unset="the whole repository",
    ),
    Setting(
        "guidance",
        "list",
        (),
        "The guidance packs that judge, in every command: names of packs that ship or that stand in the corpus, with "
        '`@VERSION` to stay with one, or files from the folder of this file; `["none"]` for no pack.',
        '["fair-access@1"]',
        option="--guidance",
        unset="every pack that ships",
    ),
    Setting(
        "fail-on",
        "choice",
        "must",
        "The least severity that makes the exit code 1; `never` to report only.",
        '"should"',
        FAIL_LEVELS,
        True,
        "--fail-on",
    ),
    Setting("show", "choice", "may", "The least severity to print.", '"should"', SEVERITIES, option="--show"),
    Setting(
        "select",
        "list",
        (),
        "Run only these checks and rules; `PACK.*` for all rules of a pack.",
        '["over-age", "wait-without-clock"]',
        option="--select",
        unset="all",
    ),
    Setting("ignore", "list", (), "Leave these checks and rules out.", '["bare-days"]', (), True, "--ignore"),
    Setting(
        "require-checked",
        "flag",
        False,
        "Whether the exit code is 1 when something could not be checked.",
        "true",
        option="--require-checked",
    ),
    Setting(
        "as-at",
        "date",
        None,
        "The day whose law applies to every document.",
        "2012-04-01",
        option="--as-at",
        unset="the day on which each was signed or began",
    ),
    Setting(
        "known-at",
        "date",
        None,
        "Leave out guidance that was published after this day.",
        "2013-01-01",
        option="--known-at",
    ),
    Setting(
        "incentives",
        "choice",
        "text",
        "How far it is worked out what payments reward, for rules that ask: from the text of the contract alone, or in "
        "full, from figures about patients and costs too.",
        '"full"',
        ("text", "full"),
        option="--incentives",
    ),
    Setting(
        "assumptions",
        "text",
        None,
        "A file of figures about patients and costs in place of those that ship, from the folder of this file.",
        '"specs/assumptions.yaml"',
        option="--assumptions",
    ),
    Setting(
        "assume",
        "list",
        (),
        "Single figures in place of those assumed, as NAME=LOW..HIGH.",
        '["dna=5%..25%", "cost.session.step-2=30..60"]',
        option="--assume",
    ),
    Setting(
        "baseline",
        "text",
        "carespec-baseline.json",
        "The file of findings that are known and not to be shown again, from the folder of this file.",
        '"specs/baseline.json"',
        option="--baseline",
    ),
    Setting(
        "waivers",
        "text",
        None,
        "The register of waivers: a `.care` file that begins with `waivers NAME`, from the folder of this file.",
        '"waivers.care"',
    ),
    Setting(
        "over",
        "choice",
        None,
        "What `over 18 years` means in these documents, for `--fix` to write it: with people of that age (`including`) "
        "or without.",
        '"including"',
        ("including", "excluding"),
        True,
        "--over",
        "left as it is",
    ),
    Setting(
        "up-to",
        "choice",
        None,
        "What `up to 25 years` means in these documents, likewise.",
        '"including"',
        ("including", "excluding"),
        True,
        "--up-to",
        "left as it is",
    ),
    Setting(
        "days",
        "choice",
        None,
        "What `10 days` means in these documents, for `--fix` to write it.",
        '"calendar"',
        ("working", "calendar"),
        True,
        "--days",
        "left as it is",
    ),
)


def setting(name: str) -> Setting:
    """The setting of that name. Raises KeyError."""
    for each in SETTINGS:
        if each.name == name:
            return each
    raise KeyError(name)


def named_on_paths() -> str:
    """The settings that may hold for some paths only, in running text."""
    *names, last = (f"`{each.name}`" for each in SETTINGS if each.per_path)
    return f"{', '.join(names)} and {last}"

"""The JSON Schema of the configuration and the page about it, both made from the table of settings."""

from __future__ import annotations

from typing import Any

from carespec.config.settings import shown
from carespec.config.table import PATHS, SETTINGS, Setting, named_on_paths


def config_schema() -> dict[str, Any]:
    """A draft 2020-12 schema of `carespec.toml`; editors that know TOML complete and check with it."""
    on_paths = {each.name: _property(each) for each in SETTINGS if each.per_path}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "carespec configuration",
        "description": "What `carespec.toml`, or `[tool.carespec]` in `pyproject.toml`, may hold.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{each.name: _property(each) for each in SETTINGS},
            PATHS: {
                "description": "Settings for some paths: a folder or a pattern, from the folder of this file.",
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": False, "properties": on_paths},
            },
        },
    }


def _property(setting: Setting) -> dict[str, Any]:
    without = f" Without it, {setting.unset}." if setting.unset else ""
    return {"description": setting.about + without, **_type(setting)}


def _type(setting: Setting) -> dict[str, Any]:
    if setting.kind == "list":
        return {"type": "array", "items": {"type": "string", "minLength": 1}}
    if setting.kind == "flag":
        return {"type": "boolean"}
    if setting.kind == "choice":
        return {"enum": list(setting.choices)}
    if setting.kind == "date":
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    return {"type": "string", "minLength": 1}


def config_page() -> str:
    """`docs/configuration.md`: each setting with its value where nobody sets one, and a file that sets them all."""
    rows = [
        f"| `{each.name}` | {_about(each)} | {_default(each)} | {f'`{each.option}`' if each.option else ''} |"
        for each in SETTINGS
    ]
    return "\n".join(
        [_HEAD, *rows, "", _PATHS.format(on_paths=named_on_paths()), "```toml", *_example(), "```", "", _TAIL, ""]
    )


def _about(setting: Setting) -> str:
    if setting.kind != "choice":
        return setting.about
    return f"{setting.about} One of {', '.join(f'`{choice}`' for choice in setting.choices)}."


def _default(setting: Setting) -> str:
    told = setting.unset or shown(setting.default)
    return f"`{told}`" if isinstance(setting.default, str) else told


def _example() -> list[str]:
    lines = [f"{each.name} = {each.example}" for each in SETTINGS]
    inside = [f"{each.name} = {each.example}" for each in SETTINGS if each.per_path]
    return [*lines, "", f'[{PATHS}."drafts/**"]', *inside]


_HEAD = """# Configuration

What a repository sets once for all its runs stands in `carespec.toml`, or under `[tool.carespec]` in `pyproject.toml`:
the nearest file, from the folder in which carespec is run upwards. `--config FILE` names another. Without any file
everything has its default.

An option replaces what the file says. `carespec rules`, `explain` and `compare` go by the same packs and days as
`check`, so that they speak of what judges. `carespec config show FILE` prints every value that holds for a file, where
it comes from, and the files of packs that are named; `carespec config check` says what is wrong with the configuration.
A key that does not exist, or a value that a setting cannot take, ends every run with exit code 2 and the line on which
it stands.

| setting | what it sets | default | option |
| --- | --- | --- | --- |"""

_PATHS = """{on_paths} can also be set for some paths, in a table whose name is a folder
or a pattern: `*` stands for anything within a name, `**` for any folders. Where several fit, the last one decides; what
is to be ignored adds up.
"""

_TAIL = """In `pyproject.toml` the tables are `[tool.carespec]` and `[tool.carespec.paths."drafts/**"]`. The JSON Schema
for editors is `specs/schemas/config.schema.json`.

## Staying with what judges today

A newer carespec may bring new editions of guidance, and new checks. Packs that are named with `@VERSION` stay as they
are: no rule is added, taken out or changed. Checks are part of the program. To stay with those of today too, name them
in `select`, beside `PACK.*` for each pack:

```toml
guidance = ["fair-access@1"]
select = ["fair-access.*", "over-age", "wait-without-clock", "duplicate-service"]
```

What cannot be read as the language is told under any settings. A record of a run (`--record`) shows which edition of
each pack and which version of carespec judged.

## Starting on a corpus that has findings

`carespec baseline create` writes the findings of today to the file that `baseline` names. From then on `carespec check`
tells what is new and what has got worse, and counts the rest. An entry holds what a finding is about and what the
document says there, so that a line which moves or is written more tidily stays known, and one that says something else
does not. `carespec baseline show` lists the entries, and `carespec baseline prune` takes out those that are no
longer there.

## Having findings put right

`carespec check --fix` first writes what is certain: names that are misspelt, and every file the one way. With
`--unsafe` it also makes edits that change what a document says: each is shown first, and made if you agree, for which
`--yes` stands. An edit is kept only where checking the result shows that the finding is gone and that nothing new is
there; what is left is told, with the reason. Files in YAML and JSON are not written.

Whether someone of 18 is seen where a document says `over 18 years` only its author knows, so `--fix` leaves it, until
somebody says what is meant: as an option for a file (`carespec check --fix --over including northshire.care`), or for
all files of a folder:

```toml
[paths."specs/northshire/**"]
over = "including"   # `over 18 years` becomes `18 years`; with "excluding", `19 years`
up-to = "excluding"  # `up to 25 years` becomes `under 25 years`; with "including", `25 years`
days = "working"     # `10 days` becomes `10 working days`; with "calendar", `10 calendar days`
```

Until it is written, the finding stays: whoever reads the document does not see these settings.

## Waivers

A [waiver](language.md#waivers) stands in the document that it is for, or in the register that `waivers` names; both are
listed by `carespec waivers`. A register belongs to the corpus, wherever it stands. What is wrong with a line of it is
told on that line: that it has ended, that nothing needs it, that no such service is there.

A change must not be able to waive what it brings about. With `--waivers-from git:main` only waivers count that the
branch `main` has too, word for word, in whichever file: a waiver that somebody has just written is named, and waives
nothing until it is merged. There is no setting for it, since a change could alter the settings too.

```sh
carespec check --waivers-from git:origin/main    # in a build of a pull request
carespec waivers --waivers-from git:origin/main  # what would count
```"""

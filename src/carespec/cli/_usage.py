"""What is wrong with how a command was called, in the words of this program; loaded only then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from carespec.spelling import nearest


def told(error: click.UsageError, commands: Sequence[str]) -> str:
    """What is wrong, with what was probably meant; else where to look."""
    path = error.ctx.command_path if error.ctx is not None else "carespec"
    if isinstance(error, click.exceptions.NoSuchCommand):
        known = commands if path == "carespec" else _subcommands(error.ctx)
        name = error.command_name
        return f"there is no command `{path} {name}`{_near(name, known)}"
    if isinstance(error, click.NoSuchOption):
        options = [word for one in error.ctx.command.params for word in one.opts] if error.ctx is not None else []
        name = error.option_name
        return f"`{path}` has no option `{name}`{_near(name, options) or _help(path)}"
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        option, kind = error.param.opts[0], error.param.type
        if isinstance(kind, click.Choice):
            given = error.message.partition(" is not one of ")[0].strip("'\"")
            return f"{option} takes {_either(kind.choices)}, and `{given}` is none"
        return f"{option}: {_lower(error.message)}"
    return f"{_lower(error.format_message())}{_help(path)}"


def _subcommands(context: click.Context | None) -> list[str]:
    group = context.command if context is not None else None
    return group.list_commands(context) if isinstance(group, click.Group) and context is not None else []


def _near(word: str, known: Iterable[str]) -> str:
    found = nearest(word, known, cutoff=0.7)
    return f"; did you mean `{found[0]}`?" if found else ""


def _either(words: Iterable[object]) -> str:
    *first, last = (f"`{word}`" for word in words)
    return f"{', '.join(first)} or {last}" if first else last


def _help(path: str) -> str:
    return f"; `{path} --help` shows how to call it"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")

"""The command line: one file a command, loaded only when it is called.

A command module defines `command`, a click command; its name is the file's, with `new_service.py` for `new service`.
Exit codes: 0 nothing at or above the fail level, 1 findings, 2 usage or configuration, a missing path, a file that
cannot be read or written, or a fault of the program.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from carespec import __version__


class Commands(click.Group):
    """The commands in this folder, by name; listed without loading them, run by loading just one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        folder = os.path.dirname(os.path.abspath(__file__))
        return sorted(entry[:-3] for entry in os.listdir(folder) if entry.endswith(".py") and entry[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return import_module(f"carespec.cli.{cmd_name}").command  # type: ignore[no-any-return]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called; words that it does not know are answered as everything else is."""
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            from carespec.cli._usage import told

            _end(f"carespec: {told(error, self.list_commands(ctx))}")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="carespec", message="%(prog)s %(version)s")
def carespec() -> None:
    """Check health-service specifications: are they complete, and do they say what can be applied?"""


def main() -> None:
    """Run the command line. A fault of the program is reported as such, with exit code 2, never as a finding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        _end("carespec: standard output is closed, so there is nowhere to print to")
    try:
        carespec(prog_name="carespec")
    except Exception as error:
        if os.environ.get("CARESPEC_TRACE"):
            raise
        if isinstance(error, OSError) and error.errno:
            _print_no_more()
            _end(f"carespec: {error.filename or 'standard output'}: {error.strerror}")
        _end(
            f"carespec failed: {type(error).__name__}: {error}\n"
            "This is a fault of carespec, not of your files. Run again with CARESPEC_TRACE=1 set for the details that "
            "a report of it needs."
        )


def _end(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _print_no_more() -> None:
    """What could not be printed, as on a full disk, would be tried again on the way out, and fail with a trace."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""`carespec test`: a guidance pack put to its own tests."""

from __future__ import annotations

import sys

import click

from carespec.cli._shared import (
    fail,
    files_under,
    known_outputs,
    lines_reader,
    outputs_option,
    put_out,
    rendered,
    wants_colour,
)
from carespec.reporters import Options


@click.command("test", short_help="Run the examples of guidance packs, and try slips on their rules.")
@click.argument("paths", nargs=-1, metavar="[GUIDANCE]...")
@outputs_option
def command(paths: tuple[str, ...], outputs: tuple[str, ...]) -> None:
    """Run every example of the rules and comparisons of the guidance packs under the paths; without a path, of every
    pack in the repository.

    Then each rule is changed in every way that a slip of the pen would change it: a limit moved by one, another unit,
    clock or comparator, `and` for `or`, a line left out. A slip that no example notices is a finding, with the example
    that is missing.

    Exit codes: 0 every example holds and notices every slip, 1 findings, 2 usage or no pack there.
    """
    from carespec.trials import try_files

    known_outputs(outputs)
    files = [path for path in files_under(paths) if path.endswith(".guidance")]
    if not files:
        fail("there is no .guidance file under " + (", ".join(paths) or "this folder"))
    report = try_files(files)
    put_out(rendered(report, outputs or ("text",), Options("may", wants_colour(), lines_reader({}), every=True)))
    sys.exit(int(bool(report.findings)))

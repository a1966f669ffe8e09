"""SARIF 2.1.0 as GitHub code scanning takes it: relative places, a help page for each rule, nothing that is waived.

GitHub opens an alert for every result, whatever `suppressions` say, so what is waived or accepted is left out here
(`sarif-full` has it). It shows the most severe 5,000 results of a file and refuses one of more than 25,000, so what is
beyond 5,000 is left out too, least severe first, and counted in a notification.
"""

from __future__ import annotations

from carespec.records import Report
from carespec.reporters import Options
from carespec.reporters._sarif_log import as_text, log
from carespec.reporters._shared import most_important_first, shown

EDITS = True
MOST_RESULTS = 5_000
"""What GitHub keeps of a run; documented under "SARIF support for code scanning"."""


def render(report: Report, options: Options) -> str:
    """The findings to act on, as SARIF."""
    found = shown(report, options)
    kept = set(most_important_first(found)[:MOST_RESULTS]) if len(found) > MOST_RESULTS else set(found)
    return as_text(log(report, [finding for finding in found if finding in kept], options))

"""The words of the language that a line of a service can begin with, for what asks about a line that cannot be read.

Of such a line there is no tree, only its first word. A test holds these lists to the grammar.
"""

from __future__ import annotations

HEADS = frozenset(("service", "section", "source", "pay", "define", "waive"))
"""What begins a line of its own that is no fact of a field."""

UNDER = frozenset(("except", "when", "at", "in", "for", "doubt", "differs"))
"""What begins a line under another; a share of a payment begins with its figure."""

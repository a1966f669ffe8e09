"""How numbers are written, in one place: every other measure shows its figures through here."""

from __future__ import annotations

from decimal import Decimal


def show_number(value: Decimal | int) -> str:
    """The number with commas from 1,000 up and the decimals as written: `1,200,000`, `12.50`."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def shown(value: object) -> str:
    """The canonical text of any measure, or of a bare number.

    Raises TypeError for anything that is neither a number nor a measure with `show()`.
    """
    if isinstance(value, int | Decimal):
        return show_number(value)
    show = getattr(value, "show", None)
    if show is None:
        raise TypeError(f"nothing says how to write a {type(value).__name__}")
    return str(show())

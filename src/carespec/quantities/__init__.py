"""The measures that a specification is written in: money, ages, durations, waits, dates, counts, sets.

Nothing here knows medicine or the language's grammar. Every value is a frozen tuple with `show()`, the one
way to write it; every comparison that a document can leave open answers True, False or None for "cannot
tell". Import the modules directly: this package re-exports nothing, so a command loads only what it needs.
"""

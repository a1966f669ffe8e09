"""Guidance: packs of rules that carry their own law, dates, messages and tests, and what they say of a service.

`model` has the records, `from_syntax` reads a pack, `judge` holds one rule against one service, `examples` runs the
examples that a rule brings with it.
"""

"""Conditions about a service, answered in three values: true, false, or cannot tell and why.

`text` reads a condition as an author wrote it, `asked` finds what the document says about the fields that it names,
`compare_values` and `spreads` hold two quantities against each other, `evaluate` joins the answers.
"""

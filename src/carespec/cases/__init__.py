"""One person's case, as conditions under `except` and `when` ask about it: its answers, and what can hold at once.

Case fields are the vocabulary's; the facts of a service are another layer's business. Every answer is one of three:
yes, no, or cannot tell, and cannot tell never becomes either of the others.
"""

"""One course of treatment at one step as a decision problem: states, actions, the indicated course, what is paid.

No chance and no cost is in it; those belong to whoever solves it.
"""

"""Whether a rule's examples would notice a slip: every variant of the rule must be told apart by one of them.

`neighbours` has the values beside a value, `variants` the changed conditions, `mutants` the changed rules, `edges` what
a service can say where a rule changes its answer, `trial` the verdict.
"""

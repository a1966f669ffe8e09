"""What a service's `pay` lines pay for one course of treatment: lines become atoms, atoms a finite reward machine.

Nothing here knows of patients' chances or providers' costs: it only says what is due for which events. A line that the
atoms cannot express is left out with its place and a reason, never approximated.
"""

"""What happens to a person under a service, and who is treated differently by several.

`journey(service, person)` answers for one person. `patients(services)` finds everybody whom the services treat
differently, from their own boundaries: no list of cases is kept anywhere. Nothing here knows a field by name; the
vocabulary says which field bears on which part of a person's case, and how.
"""

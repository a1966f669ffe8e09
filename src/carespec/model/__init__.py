"""What a service specification says, as facts: the records, and the one door into them, `from_syntax`."""

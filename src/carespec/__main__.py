"""`python -m carespec`."""

from carespec.cli import main

main()

"""`python -m carespec`."""

from carespec.launch import main

main()

"""`python -m landward` is the same program as `landward`."""

from landward.cli.main import main

main()

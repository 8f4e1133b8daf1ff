"""The suite. `tests/README.md` says how to read and run it."""

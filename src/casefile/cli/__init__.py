"""The command line: presentation only, over services."""

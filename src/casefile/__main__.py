"""The program's door; the children are started from here before anything else is imported."""

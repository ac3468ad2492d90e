"""The window: presentation only, over services."""

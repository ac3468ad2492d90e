"""Pure reasoning over records and texts."""

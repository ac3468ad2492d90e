"""Records and values as frozen dataclasses; pure Python."""

"""The full-text index, its query language, hits and snippets."""

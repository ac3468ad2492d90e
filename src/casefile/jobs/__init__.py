"""Lanes of work, progress, cancellation and the inbox of results."""

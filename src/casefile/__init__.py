"""Casefile: the desktop case file for open-source investigators."""

__version__ = "0.1.0"

"""Composition: settings, then the desk, then a face."""

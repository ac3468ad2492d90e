"""Use cases, one file a noun; the only room with doors to every workshop."""

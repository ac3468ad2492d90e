"""Reports over a plain view of the case."""

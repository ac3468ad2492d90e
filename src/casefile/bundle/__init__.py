"""The bundle: one file in which a case, or part of one, goes to somebody else; format only."""

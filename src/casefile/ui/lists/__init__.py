"""Lists of records: models of ids whose rows are fetched when they are drawn, and their painters."""

"""The case on disk: ledger, projections, objects; the only room that speaks SQL."""

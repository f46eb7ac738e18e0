"""Case and law in, verdicts out. Pure: no store, no ledger, no clock, no prose."""

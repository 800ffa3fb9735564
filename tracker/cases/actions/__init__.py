"""What is done: one verb per function, one transaction and one ledger entry each."""

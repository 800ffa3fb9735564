"""What is done: holding the hearing, deciding, following the terms."""

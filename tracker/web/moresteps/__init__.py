"""Rows of the table of steps (`tracker.web.steps`) that leave the main road, one file per subject."""

"""The doors: HTTP or a command line in, one call to the rooms below, an answer out. The only room that knows HTTP."""

"""The demo's people and cases: fictional, played through the same actions as the doors, at told past times."""

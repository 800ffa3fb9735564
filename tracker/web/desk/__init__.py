"""The desk: where board staff and members work. Every page asks what its reader may see before it says anything."""

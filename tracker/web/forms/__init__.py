"""Plain forms shared by all doors, and how they are drawn."""

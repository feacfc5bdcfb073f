"""Rules for texts, names and dates. Pure."""

"""Course packs: parse, plan, apply. Parsing knows no framework."""

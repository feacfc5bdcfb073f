"""Articles, outlines and plans, as dataclasses and pure functions. No Django."""

"""A course written as the files of a pack."""

"""Courses out, in the format that `authoring.pack` reads."""

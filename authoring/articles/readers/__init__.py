"""Read an article and plan its lessons: read → shape → outline → plan. No Django.

Nothing here writes to the database or connects to another machine.
"""

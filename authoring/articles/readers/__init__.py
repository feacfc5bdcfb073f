"""An article becomes a plan of lessons: read → shape → outline → plan. No Django.

Nothing here writes to the database or asks another machine for anything.
"""

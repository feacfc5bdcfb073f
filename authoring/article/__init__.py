"""An article becomes a plan of lessons: read → shape → outline → plan. Pure.

Nothing here writes to the database or asks another machine for anything.
"""

"""A roster, from a file to people in a team: read → parse → plan → apply.

`reading` makes a table of a file, `rows` finds people and every problem in it, `plan`
says what would become of a team. Nothing is written before `actions.rosters` is asked.
"""

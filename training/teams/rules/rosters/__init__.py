"""A roster, from a file to people in a team: read → parse → plan → apply.

`reading` turns a file into a table, `rows` finds the people and every problem in it,
and `plan` says what would change in a team. Nothing is written until `actions.rosters`
is called.
"""

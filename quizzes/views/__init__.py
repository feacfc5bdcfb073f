"""The views of the quiz. Each calls one verb or one query and answers."""

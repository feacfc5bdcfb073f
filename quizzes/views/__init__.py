"""The views of the quiz. Each calls one action or query."""

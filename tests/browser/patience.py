"""How long tests wait for a browser."""

# Milliseconds. A busy machine is no failed test, and the editor takes a busy one half a
# minute when its templates are read for the first time.
PATIENCE = 60_000

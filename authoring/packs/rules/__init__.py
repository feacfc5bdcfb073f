"""Course packs as they are parsed and checked. No Django."""

"""Keys derived from the names in a pack. They are the same on every machine."""

import uuid

_ANTEROOM = uuid.UUID("5d1f1a2e-6c0e-4c58-9a43-6f6f0a3f7b11")


def derived_key(pack: str, *names: str) -> uuid.UUID:
    """Return the key derived from the pack and these names, such as ("lesson", "risks")."""
    return uuid.uuid5(uuid.uuid5(_ANTEROOM, pack), "/".join(names))


def lesson_key(pack: str, slug: str) -> uuid.UUID:
    """Return the translation key of a lesson."""
    return derived_key(pack, "lesson", slug)


def option_key(question: uuid.UUID, handle: str) -> uuid.UUID:
    """Return the key of an option. If the handle is a UUID, that is the key."""
    try:
        return uuid.UUID(handle)
    except ValueError:
        return key_below(question, "option", handle)


def key_below(parent: uuid.UUID, *names: str) -> uuid.UUID:
    """Return the key derived from the parent's key and these names."""
    return uuid.uuid5(parent, "/".join(names))

"""Write YAML as a person would, for `authoring.packs.rules.yaml_text` to read."""

from typing import Any
from uuid import UUID

import yaml


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=None, **_options):
        """Indent lists below their names."""
        return super().increase_indent(flow=flow)


def _text(dumper, text):
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _truth(dumper, truth):
    return dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if truth else "no")


def _key(dumper, key):
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(key))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(bool, _truth)
_Dumper.add_representer(UUID, _key)


def write_yaml(data: dict[str, Any]) -> str:
    """Return the data as YAML, without wrapping any text."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )

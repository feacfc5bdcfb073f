"""Tabs of the editor that links can lead to."""

from typing import Any

from wagtail.admin.panels import ObjectList


class Tab(ObjectList):
    """A tab whose name in addresses is the same in every language.

    Wagtail takes it from the heading, in whichever language it was first shown.
    """

    def __init__(self, *args: Any, name: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.name = name

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"name": self.name}

    @property
    def clean_name(self) -> str:
        return self.name

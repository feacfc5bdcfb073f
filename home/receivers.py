"""Receive Wagtail's signals about addresses of pages, and home pages in languages."""

from home.actions import keep_former_address, permit_as_on
from home.models import HomePage


def page_was_renamed(instance, instance_before, **kwargs):
    keep_former_address(page=instance, url_path=instance_before.url_path)


def page_was_moved(instance, url_path_before, url_path_after, **kwargs):
    if url_path_before != url_path_after:
        keep_former_address(page=instance, url_path=url_path_before)


def page_was_copied_for_translation(source_obj, target_obj, **kwargs):
    """Let the roles work in a new language as they do in the first one."""
    if isinstance(source_obj, HomePage):
        permit_as_on(home=source_obj, page=target_obj)

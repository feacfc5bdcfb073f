"""Receive Wagtail's signals that the address of a page has changed."""

from home.actions import keep_former_address


def page_was_renamed(instance, instance_before, **kwargs):
    keep_former_address(page=instance, url_path=instance_before.url_path)


def page_was_moved(instance, url_path_before, url_path_after, **kwargs):
    if url_path_before != url_path_after:
        keep_former_address(page=instance, url_path=url_path_before)

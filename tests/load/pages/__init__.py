"""What pages cost, next to a bare Wagtail page at the same depth."""

"""Doors to the reports, in Wagtail's report framework. Columns and files say the same."""

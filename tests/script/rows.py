"""Which test sets which row of README's settings table, and to what.

A site is started with what these tests say, so a row that is named here is also set in
the environment of the real `script/server`; `tests/config/test_readme.py` misses none.
"""


class Rows(dict):
    """Name of a setting → what the test that looks at it sets it to."""

    def sets(self, **values):
        """Mark a test as the one that sees what these do.

        Braces name what is there when the site is started, such as `{redis.url}`.
        """

        def mark(test):
            self.update(values)
            return test

        return mark


def values_for(rows, **world):
    return {name: value.format(**world) for name, value in rows.items()}

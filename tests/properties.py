"""How many examples a property is tried with."""

from hypothesis import HealthCheck, settings


def fewer_examples(share, *, fixtures=False):
    """Return settings for a share of the usual number, for what takes its time.

    `fixtures`: whether all examples may share what fixtures made once.
    """
    suppressed = [HealthCheck.function_scoped_fixture] if fixtures else []
    usual = settings.default.max_examples
    return settings(max_examples=round(usual * share), suppress_health_check=suppressed)

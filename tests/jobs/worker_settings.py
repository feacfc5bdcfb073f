"""Settings of the worker that tests start: a served site's, with tasks of tests."""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS as SERVED_APPS
from config.settings.test import Q_CLUSTER as SERVED_CLUSTER

INSTALLED_APPS = [*SERVED_APPS, "tests.jobs.made_up.MadeUpConfig"]
# The engine looks for schedules when so many seconds of its rounds make half a minute.
ROUND = int(os.environ.get("ROUND", "1"))
Q_CLUSTER = SERVED_CLUSTER | {"poll": 0.1, "guard_cycle": ROUND}

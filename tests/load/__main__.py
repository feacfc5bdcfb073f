"""Made-up staff, and how the reports fare with them: python -m tests.load make|measure.

Needs DATABASE_URL and DJANGO_SETTINGS_MODULE; `script/bench --training` sets both.
"""

import sys

import django

django.setup()

from tests.load import make_training_load, measure_training  # noqa: E402 -- models first

COMMANDS = {"make": make_training_load.Command, "measure": measure_training.Command}

name, *arguments = sys.argv[1:]
COMMANDS[name]().run_from_argv(["tests.load", name, *arguments])

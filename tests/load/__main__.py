"""What the site costs: python -m tests.load make|measure|pages|growth|class.

Needs DATABASE_URL and DJANGO_SETTINGS_MODULE; `script/bench` and `script/load` set both.
"""

import sys

import django

django.setup()

from tests.load import (  # noqa: E402 -- models first
    make_training_load,
    measure_class,
    measure_training,
)
from tests.load.pages import measure_growth, measure_pages  # noqa: E402

COMMANDS = {
    "class": measure_class.Command,
    "make": make_training_load.Command,
    "measure": measure_training.Command,
    "growth": measure_growth.Command,
    "pages": measure_pages.Command,
}

name, *arguments = sys.argv[1:]
COMMANDS[name]().run_from_argv(["manage.py", name, *arguments])

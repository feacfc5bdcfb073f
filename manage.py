#!/usr/bin/env python3
import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # An operator wrote it; how Python came to it does not help them.
        sys.exit(f"A setting cannot be used. {error}")
    # Taking all modules apart at the end would take longer than many a command.
    gc.freeze()

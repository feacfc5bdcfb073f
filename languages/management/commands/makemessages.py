from pathlib import Path

from django.core.management.commands import makemessages

from languages.rules import leave_out_dates


class Command(makemessages.Command):
    """Django's command, with what this project's catalogues are written with.

    Nothing is guessed from similar texts, and there are no line numbers and no dates: a
    catalogue changes only when a text does.
    """

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(
            all=True,
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            ignore_patterns=["tests", "node_modules", "var", ".venv*"],
        )

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        folder = Path(potfile).parent / locale / "LC_MESSAGES"
        leave_out_dates(folder / f"{self.domain}.po")

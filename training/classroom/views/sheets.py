"""The sheet that people sign: as a page to print, and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.generic import View
from wagtail.admin import messages

from training.classroom.actions.sheets import UnableToPrintSheet, pdf_of_sheet
from training.classroom.queries.sheets import sheet_of_session
from training.classroom.views.session_pages import BelowSession


class PrintSheet(BelowSession, View):
    """The sheet as a page of its own, without the admin around it."""

    def get(self, request, *args, **kwargs):
        sheet = sheet_of_session(self.session, request.user)
        context = {"sheet": sheet, "back": self.session_url}
        return TemplateResponse(request, "training/classroom/sheet.html", context)


class DownloadSheet(BelowSession, View):
    """The same as a PDF."""

    def get(self, request, *args, **kwargs):
        try:
            content = pdf_of_sheet(sheet_of_session(self.session, request.user))
        except UnableToPrintSheet as error:
            messages.error(request, str(error))
            return redirect(self.session_url)
        name = f"sign-in-sheet-{self.session.held_on:%Y-%m-%d}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

import posixpath

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.urls import single_sign_on_callback
from accounts.views.account import sign_out, wagtail_sign_in
from home.views import not_saved, security_contact, service_worker
from home.views.poster import show_poster
from home.views.reading import show_reading_panel


def serve_picture(request, path):
    """Serve a picture. A path with `..` could lead to a private document."""
    if posixpath.normpath(path) != path:
        raise Http404
    if isinstance(default_storage, FileSystemStorage):
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    try:
        return FileResponse(default_storage.open(path))
    except FileNotFoundError as error:
        raise Http404 from error


# They have one address, in whatever language somebody reads.
_of_site = [
    path("", include("operating.urls")),
    path(".well-known/security.txt", security_contact, name="security_contact"),
    path("service-worker.js", service_worker, name="service_worker"),
    # The provider knows it by its address.
    path("account/single-sign-on/", include(single_sign_on_callback)),
    # There is one place to sign in: Wagtail's pages redirect to the account pages.
    path("admin/login/", wagtail_sign_in),
    path("admin/logout/", sign_out),
    re_path(r"^admin/password_reset/", wagtail_sign_in),
    # These replace two Wagtail dialogs that do not know which version was shown.
    path("admin/pages/workflow/", include("authoring.review.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Only pictures: documents go through Wagtail, which checks who may read them.
    re_path(r"^media/(?P<path>(?:images|avatar_images)/.+)$", serve_picture),
]
# In another language they are below its code: `/es/progress/`.
_of_readers = [
    path(
        "_util/login/",
        wagtail_sign_in,
        {"onward": "after_sign_in"},
        name="wagtailcore_login",
    ),
    path("offline/", include("home.urls")),
    path("not-saved/", not_saved, name="not_saved"),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("my-visit/", include("visit.urls")),
    path("progress/", include("progress.urls")),
    path("poster/", show_poster, name="poster"),
    path("reading/", show_reading_panel, name="reading"),
    path("tablet/", include("home.urls.tablet")),
    path("resume/", include("progress.urls.resume")),
    path("progress/look-back/", include("quizzes.urls.recall")),
    path("progress/look-back/e-mail/", include("progress.urls.look_backs")),
    path("progress/results/", include("quizzes.urls.results")),
    path("my-learning/", include("training.learning.urls")),
    path("my-learning/", include("training.elsewhere.urls.site")),
    path("my-learning/", include("training.classroom.urls.site")),
    path("my-learning/", include("training.teams.urls.site")),
    path("my-learning/", include("training.certificates.urls.site")),
    path("certificates/", include("training.certificates.urls.check")),
    path("", include(wagtail_urls)),
]
urlpatterns = [
    *_of_site,
    *i18n_patterns(*_of_readers, prefix_default_language=False),
]

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
handler403 = "home.views.permission_denied"
handler400 = "home.views.bad_request"

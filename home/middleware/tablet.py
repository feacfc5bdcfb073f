"""What every request means on a tablet in a waiting room."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from home.tablet_mode import COOKIE, IDLE_ENDS, keep_mode, read_last_action, wipe_person
from languages.addresses import bare_path

# Nobody signs in on a shared device, or leaves anything with their data on it.
CLOSED = (
    "/admin/",
    "/account/",
    "/_util/",
    "/my-learning/",
    "/offline/",
    "/progress/download/",
    "/service-worker.js",
)


class TabletMiddleware:
    """Keeps people on a shared tablet apart.

    After ten minutes without a request, the next one finds the start page: whoever asks
    may be somebody else. No page is kept for “Back”. Here alone a GET sets a cookie,
    since a tablet has to know when it was last used.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        acted_at, now = read_last_action(request), timezone.now()
        request.is_shared_tablet = acted_at is not None
        if not request.is_shared_tablet:
            return self.get_response(request)
        response = self._respond(request, now - acted_at)
        if response.get("Content-Type", "").startswith("text/html"):
            add_never_cache_headers(response)
        if COOKIE not in response.cookies:
            keep_mode(response, now)
        return response

    def _respond(self, request, rested):
        if rested > IDLE_ENDS:
            response = redirect("/")
            wipe_person(request, response)
            return response
        if bare_path(request.path).startswith(CLOSED):
            return redirect("tablet")
        return self.get_response(request)

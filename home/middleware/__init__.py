"""Middleware for all responses."""

from csp.middleware import CSPMiddleware
from django.conf import settings

from accounts.middleware import is_in_admin

# Courses do not use the device's features, so no script may request them.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PermissionsPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class ContentPolicyMiddleware(CSPMiddleware):
    """Sends the content security policy. What only the admin may do, is added there."""

    def get_policy_parts(self, request, response, report_only=False):  # noqa: FBT002
        parts = super().get_policy_parts(request, response, report_only)
        if is_in_admin(request):
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY | (
                parts.replace or {}
            )
        return parts


class HeadMiddleware:
    """Responds to HEAD with the headers of GET only (RFC 9110, section 9.3.2).

    Django keeps the body and relies on the server to drop it. gunicorn 27 does so too,
    but logs a warning each time.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []
            else:
                response.content = b""
        return response

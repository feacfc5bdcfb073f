"""What pages may load, as browsers are told."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# What the admin needs in addition: see docs/security.md.
ADMIN_CONTENT_SECURITY_POLICY = {
    # Icons of the editor, and pictures that were chosen but not yet uploaded:
    # https://github.com/wagtail/wagtail/issues/12368
    "img-src": ["'self'", "data:", "blob:"],
    # The text editor writes style sheets into the page, and reads style attributes of
    # what is pasted: https://github.com/wagtail/wagtail/issues/7053
    "style-src": ["'self'", "'unsafe-inline'"],
}

"""The site's addresses, with the admin below another one."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from config.urls import urlpatterns as site

urlpatterns = [
    path("desk/", include(wagtailadmin_urls)),
    *(each for each in site if str(each.pattern) != "admin/"),
]

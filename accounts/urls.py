from django.urls import include, path

from accounts.views import account as views
from accounts.views import new_address
from accounts.views import single_sign_on as single_sign_on_views

single_sign_on = [
    path(
        "cancelled/",
        single_sign_on_views.cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("error/", single_sign_on_views.failed, name="socialaccount_login_error"),
    path(
        "<slug:provider_id>/", single_sign_on_views.begin, name="openid_connect_login"
    ),
]

single_sign_on_callback = [
    path(
        "<slug:provider_id>/callback/",
        single_sign_on_views.come_back,
        name="openid_connect_callback",
    ),
]

# `account_logout` is reversed by name; this one comes before the library's own.
urlpatterns = [
    path("", views.show_account, name="account"),
    path("logout/", views.sign_out, name="account_logout"),
    path("deletion/", views.request_deletion, name="account_deletion"),
    path("new-address/", new_address.answer_signed_in, name="own_new_address"),
    path(
        "new-address/<str:token>/",
        new_address.answer_by_link,
        name="answer_new_address",
    ),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("single-sign-on/", include(single_sign_on)),
]

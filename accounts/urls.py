from django.urls import path

from accounts import views

# `account_logout` is asked for by name; this one stands before the library's own.
urlpatterns = [
    path("", views.account, name="account"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signed-out/", views.signed_out, name="signed_out"),
]

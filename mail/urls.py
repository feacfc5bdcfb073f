"""The log of mail, below `/admin/mail/`."""

from django.urls import path

from mail import views

app_name = "mail"

urlpatterns = [
    path("", views.MessageList.as_view(), name="messages"),
    path(
        "results/",
        views.MessageList.as_view(results_only=True),
        name="messages_results",
    ),
    path("<int:pk>/", views.MessagePage.as_view(), name="message"),
]

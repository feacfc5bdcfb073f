"""The mail log, below `/admin/mail/`."""

from django.urls import path

from accounts.viewsets.lists import ListViewSet
from mail import views


class MessageViewSet(ListViewSet):
    name = "mail"
    index_view_class = views.MessageList
    pages = [path("<int:pk>/", views.MessagePage.as_view(), name="inspect")]

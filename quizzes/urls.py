"""What lies below a lesson's address. Wagtail finds the lesson, this the deed."""

from django.urls import path

from quizzes import views

urlpatterns = [
    path("quiz/", views.quiz),
    path("quiz/answer/<int:number>/", views.feedback),
    path("quiz/result/", views.result),
    path("quiz/again/", views.again),
    path("read/", views.mark_read),
]

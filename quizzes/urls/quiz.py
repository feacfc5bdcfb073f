"""Addresses below a lesson. Wagtail finds the lesson, and this the view."""

from django.urls import path

from quizzes.views import answering, ownership, results

urlpatterns = [
    path("quiz/", answering.resume_quiz),
    path("quiz/<int:number>/", answering.ask_question),
    path("quiz/<int:number>/choose/", answering.choose_answer),
    path("quiz/<int:number>/not-kept/", answering.not_kept),
    path("quiz/<int:number>/kept/", ownership.kept_answer),
    path("quiz/answer/<int:number>/", results.show_feedback),
    path("quiz/result/", results.show_result),
    path("quiz/again/", results.begin_again),
    path("read/", results.mark_read),
]

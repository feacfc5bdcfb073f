"""Addresses below a lesson. Wagtail finds the lesson, and this the view."""

from django.urls import path

from quizzes.views import (
    answering,
    company,
    feedback,
    finishing,
    ownership,
    waiting,
)

urlpatterns = [
    path("quiz/", answering.resume_quiz),
    path("quiz/<int:number>/", answering.ask_question),
    path("quiz/<int:number>/choose/", answering.choose_answer),
    path("quiz/<int:number>/not-kept/", answering.not_kept),
    path("quiz/<int:number>/kept/", ownership.kept_answer),
    path("quiz/paper/", waiting.show_paper, name="paper"),
    path("quiz/waiting/", waiting.take_waiting),
    path("quiz/answer/<int:number>/", feedback.show_feedback),
    path("quiz/result/", feedback.show_result),
    path("quiz/result/<int:number>/", feedback.show_result),
    path("quiz/again/", finishing.begin_again),
    path("quiz/with-someone/", company.answer_with_someone),
    path("read/", finishing.mark_read),
]

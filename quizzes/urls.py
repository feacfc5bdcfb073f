"""What lies below a lesson's address. Wagtail finds the lesson, this the deed."""

from django.urls import path

from quizzes.views import answering, ownership, results

urlpatterns = [
    path("quiz/", answering.quiz),
    path("quiz/<int:number>/", answering.question),
    path("quiz/<int:number>/choose/", answering.choose),
    path("quiz/<int:number>/not-kept/", answering.not_kept),
    path("quiz/<int:number>/kept/", ownership.kept_answer),
    path("quiz/answer/<int:number>/", results.feedback),
    path("quiz/result/", results.result),
    path("quiz/again/", results.again),
    path("read/", results.mark_read),
]

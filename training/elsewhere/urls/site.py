"""Proofs of one's own completions elsewhere, below `/my-learning/`."""

from django.urls import path

from training.elsewhere.views import proofs

urlpatterns = [
    path("elsewhere/<int:pk>/proof/", proofs.own_proof, name="my_learning_proof"),
]

from django.urls import path

from operating import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.show_readiness, name="readyz"),
    path("readyz/<slug:part>", views.show_part, name="readyz_part"),
    path("metrics", views.show_metrics, name="metrics"),
]

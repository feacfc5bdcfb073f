"""What trainers open, below `/admin/training/`."""

app_name = "training"
urlpatterns = []

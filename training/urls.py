"""What staff and visitors open; what trainers open is in `admin_urls`."""

urlpatterns = []

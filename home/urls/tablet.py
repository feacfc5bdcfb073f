"""Pages for a tablet in a waiting room, below `/tablet/`."""

from django.urls import path

from home.views import tablet

urlpatterns = [
    path("", tablet.switch_tablet, name="tablet"),
    path("finish/", tablet.finish_on_tablet, name="tablet_finish"),
    path("here/", tablet.still_here, name="tablet_here"),
]

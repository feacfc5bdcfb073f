from django.urls import path

from visit.views import changing, choosing, passing_on, showing

urlpatterns = [
    path("", showing.show_visit, name="my_visit"),
    path("add/", choosing.add_question, name="my_visit_add"),
    path("change/", changing.change_list, name="my_visit_change"),
    path("sheet/", showing.show_sheet, name="my_visit_sheet"),
    path("offline/", showing.show_offline, name="my_visit_offline"),
    path("show/", showing.show_at_desk, name="my_visit_show"),
    path("download/", showing.download_list, name="my_visit_download"),
    path("take/", passing_on.take_list, name="my_visit_take"),
]

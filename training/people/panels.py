"""The way to people from the start page: by name, behind, and never came in."""

from accounts.panels.admin_pages import PanelForUser
from training.people.queries.people import people_seen_by


class PeoplePanel(PanelForUser):
    """A search, who has never come in, and from whom e-mail comes back."""

    name = "people"
    template_name = "training/people/home_panel.html"
    order = 97

    def get_context_data(self, parent_context):
        people = people_seen_by(self.user)
        return {
            "never": people.never_came_in().count(),
            "failing": people.filter(mail_fails=True).count(),
        }

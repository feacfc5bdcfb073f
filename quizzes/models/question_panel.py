"""A panel that authors see above the fields of each question."""

from wagtail.admin.panels import Panel


class QuestionStatePanel(Panel):
    """Shows what to fix in a question, and statistics of first answers."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/question_state.html"

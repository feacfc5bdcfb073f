"""What an author sees of each question besides its fields."""

from wagtail.admin.panels import Panel


class QuestionStatePanel(Panel):
    """What is to be fixed in a question, and how first answers to it went."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/question_state.html"

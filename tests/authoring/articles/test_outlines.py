"""What an article is about decides its lessons, and a section's heading its place."""

from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Locale, Site

from authoring.articles.actions.importing import keep_article, make_pages
from authoring.articles.management.commands.measure_import import outline_score
from authoring.articles.queries import home_for_courses, language_notice
from authoring.articles.readers.planning import read_and_plan
from authoring.articles.rules import outline, plan_edits, report
from authoring.articles.rules.languages import is_right_to_left, language_of
from authoring.articles.rules.plan import SET_ASIDE, UNPLACED
from authoring.articles.rules.plan_outlines import change_outline
from authoring.articles.rules.topics.placing import topic_names
from course.models import LessonPage

CORPUS = Path(__file__).parent / "corpus" / "leaflets"
CASES = Path(__file__).parent / "cases"


def planned(text, outline_name=outline.AUTOMATIC):
    return read_and_plan(text.encode(), "a.md", outline_name)


def leaflet(title, *headings):
    return f"# {title}\n" + "".join(f"\n## {text}\n\nText.\n" for text in headings)


def lessons(plan):
    titles = {lesson.slug: lesson.title for lesson in plan.lessons}
    return {part.heading: titles.get(part.place, part.place) for part in plan.sections}


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_sections_of_labelled_leaflets_are_put_where_their_labels_say(half):
    score = outline_score(CORPUS / half)
    assert score.articles == 15
    assert score.share >= 0.9, score.errors
    assert score.right_outlines >= 14, score.errors


def test_the_outline_is_chosen_by_the_headings_and_says_so():
    plan = planned(leaflet("Warfarin", "How to take it", "Side effects", "Storage"))
    assert plan.outline == "medicine"
    assert plan.reason == ("How to take it", "Side effects", "Storage")
    shown = "\n".join(report.plan_table(plan))
    assert "outline: A medicine (because of “How to take it”; “Side effects”" in shown


def test_an_article_about_nothing_known_gets_a_lesson_for_each_heading():
    assert planned(leaflet("Notes", "Apples", "Pears")).outline == outline.BY_HEADING


def test_a_word_of_the_title_sends_no_section_to_a_lesson():
    plan = planned(
        leaflet("Type 2 diabetes", "Eating with type 2 diabetes", "Symptoms")
    )
    assert lessons(plan)["Eating with type 2 diabetes"] == "Living with it"
    five = planned(leaflet("Type 2 diabetes", "Type 2 today"), outline.FIVE_LESSONS)
    assert lessons(five) == {"Type 2 today": UNPLACED}


def test_what_has_no_place_is_in_no_lesson():
    plan = planned(leaflet("Asthma", "Symptoms", "Our new building"))
    assert lessons(plan)["Our new building"] == UNPLACED


def test_the_text_places_a_section_whose_heading_says_nothing():
    text = leaflet("Asthma", "Symptoms")
    text += "\n## Note\n\nA cough and a fever, then thirst and itching.\n"
    assert lessons(planned(text))["Note"] == "Symptoms and tests"


def test_lessons_have_titles_in_the_language_of_the_article_and_slugs_of_their_own():
    plan = planned("---\nlang: es\n---\n" + leaflet("Migraña", "Síntomas"))
    [lesson] = [held for held in plan.lessons if plan.sections_at(held.slug)]
    assert (lesson.title, lesson.slug) == ("Síntomas y pruebas", "síntomas-y-pruebas")


def test_changing_the_outline_keeps_headings_and_what_was_left_out():
    text = leaflet("Asthma", "Symptoms", "Thanks") + "\n## FAQ\n\n### Why?\n\nSo.\n"
    plan = planned(text)
    for part in (plan.sections[1], plan.faq[0]):
        plan = plan_edits.move_part(plan, part.id, SET_ASIDE)
    plan = plan_edits.rename_section(plan, plan.sections[0].id, "Before the scan")
    changed = change_outline(plan, "test")
    assert lessons(changed) == {"Before the scan": "Getting ready", "Thanks": SET_ASIDE}
    assert changed.faq_at(SET_ASIDE)
    assert changed.counts["total"] == plan.counts["total"]


@pytest.mark.parametrize("words", ["what is the ", "how ", "when should you "])
def test_a_heading_of_many_thousand_words_is_read_like_any_other(words):
    plan = planned(leaflet("Asthma", words * 20_000, "Symptoms"))
    assert lessons(plan)["Symptoms"] == "Symptoms and tests"


@pytest.mark.parametrize("name", outline.outline_names())
def test_each_outline_names_known_topics_once(name):
    held = outline.outline_named(name)
    assert len(held.topics) == len(set(held.topics))
    assert {*held.topics, *held.marks} <= set(topic_names())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The nurse will take a sample of your blood.", "en"),
        ("La enfermera le saca un poco de sangre del brazo.", "es"),
        ("Die Pflegekraft nimmt Ihnen etwas Blut aus dem Arm.", "de"),
        ("نأخذ عينة صغيرة من الدم.", "ar"),
        ("採血は短時間です。すぐにおわります。", "ja"),
        ("Xyzzy plugh.", ""),
    ],
)
def test_the_language_is_told_by_script_and_common_words(text, code):
    assert language_of(text) == code


def test_arabic_runs_from_right_to_left():
    plan = read_and_plan((CASES / "arabic.html").read_bytes(), "a.html", "automatic")
    held = report.to_json(plan)
    assert (held["language"], held["direction"]) == ("ar", "rtl")
    assert not is_right_to_left("es-MX")


@pytest.mark.django_db
class TestALanguage:
    def course_of(self, name):
        data = (CASES / name).read_bytes()
        article = keep_article(
            data=data,
            filename=name,
            outline_name=outline.BY_HEADING,
            user=None,
            at=timezone.now(),
        )
        plan = report.from_payload(article.plan)
        for entry in plan.faq:
            plan = plan_edits.move_part(plan, entry.id, plan.lessons[0].slug)
        article.plan = report.to_payload(plan)
        home = home_for_courses(plan.language)
        return make_pages(
            article=article, parent=home, user=None, at=timezone.now()
        ).course

    def test_that_the_site_has_not_is_named_before_pages_are_made(self):
        assert language_notice("en-gb") == ""
        notice = language_notice("es")
        assert "is in Spanish. This site has no pages in Spanish" in notice
        assert self.course_of("esguince.txt").locale.language_code == "en"

    def test_that_the_site_has_becomes_the_language_of_the_course(self, settings):
        languages = [("en", "English"), ("es", "Spanish")]
        settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
        home = Site.objects.get(is_default_site=True).root_page
        home.copy_for_translation(Locale.objects.create(language_code="es"))
        assert (
            language_notice("es") == "The article is in Spanish, and so is the course."
        )
        course = self.course_of("esguince.txt")
        assert course.locale.language_code == "es"
        lesson = LessonPage.objects.descendant_of(course).first()
        assert lesson.locale.language_code == "es"
        assert lesson.slug == "que-es-un-esguince"


QUESTIONS = {
    "es": {
        "Su ecografía": {
            "¿Es doloroso?": "Qué ocurre",
            "¿Puedo comer antes de venir?": "Cómo prepararse",
            "¿Puedo viajar?": "Después, y los resultados",
            "¿Cuánto cuesta?": "Riesgos, alternativas y ayuda",
        },
        "La diabetes": {
            "¿Cuánto tarda en curarse?": "Cuándo pedir ayuda y qué esperar",
            "¿Puedo nadar?": "Vivir con ello",
        },
    },
    "fr": {
        "Votre échographie": {
            "Est-ce douloureux ?": "Ce qui se passe",
            "Faut-il être à jeun ?": "Se préparer",
            "Puis-je nager ?": "Après, et vos résultats",
            "Combien de temps dure cet examen ?": "Ce qui se passe",
        },
    },
    "ar": {
        "فحص الدم": {
            "هل هو مؤلم؟": "ماذا يحدث",
            "هل يمكنني السفر؟": "بعد الفحص والنتائج",
            "ومخاطره؟": "المخاطر والبدائل والمساعدة",
            "متى أحصل على النتيجة؟": "بعد الفحص والنتائج",
            "وبالتحضير؟": "الاستعداد",
        },
    },
}


@pytest.mark.parametrize(
    ("language", "title", "question", "lesson"),
    [
        (language, title, question, lesson)
        for language, articles in QUESTIONS.items()
        for title, asked in articles.items()
        for question, lesson in asked.items()
    ],
)
def test_a_question_is_placed_by_its_words_in_other_languages(
    language, title, question, lesson
):
    text = f"---\nlang: {language}\n---\n# {title}\n\n## FAQ\n\n### {question}\n\nX.\n"
    plan = planned(text)
    titles = {held.slug: held.title for held in plan.lessons}
    assert [titles.get(entry.place, entry.place) for entry in plan.faq] == [lesson]


def test_with_one_lesson_all_questions_are_in_it():
    plan = planned("# Notes\n\nAn apple.\n\n## FAQ\n\n### Why is it red?\n\nSo.\n")
    assert len(plan.lessons) == 1
    assert plan.is_resolved


def test_with_several_lessons_a_question_that_names_none_is_left_to_the_author():
    text = leaflet("Notes", "Apples", "Pears") + "\n## FAQ\n\n### Why red?\n\nSo.\n"
    assert not planned(text).is_resolved

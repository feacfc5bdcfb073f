"""Each kind of question: what may be posted and what comes of it."""

import pytest
from django.http import QueryDict

from accounts.models import Learner
from quizzes import kinds
from quizzes.forms import read_response
from quizzes.kinds import ordering
from quizzes.paper import Option, Question, Response
from quizzes.reading import UnknownOption, UnusableAnswer
from tests.factories import QuestionFactory, a_lesson
from tests.taking_quizzes import form_of


def question(kind, rights=(True, False, False)):
    options = tuple(
        Option(name, name.upper(), right, f"Why {name}.")
        for name, right in zip("abc", rights, strict=False)
    )
    return Question("k", "q", kind, "?", False, "", (), "", options)


def posted(text):
    return QueryDict(text)


def test_kinds_are_found_by_name():
    assert kinds.NAMES == (
        "multiple_response",
        "ordering",
        "single_choice",
        "true_false",
    )
    with pytest.raises(KeyError):
        kinds.kind_named("os")


@pytest.mark.parametrize(
    ("kind", "text", "options"),
    [
        ("single_choice", "choice=b", ("b",)),
        ("true_false", "choice=a", ("a",)),
        ("multiple_response", "choice=c&choice=a", ("a", "c")),
        ("ordering", "place-a=3&place-b=1&place-c=2", ("b", "c", "a")),
    ],
)
def test_an_answer_is_read(kind, text, options):
    assert read_response(posted(text), question(kind)) == Response(options)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_not_sure_is_read_in_every_kind(kind):
    response = read_response(posted("choice=not-sure"), question(kind))
    assert response == Response(not_sure=True)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("single_choice", ""),
        ("single_choice", "choice=a&choice=b"),
        ("true_false", ""),
        ("multiple_response", ""),
        ("multiple_response", "choice=a&choice=not-sure"),
        ("ordering", ""),
        ("ordering", "place-a=1&place-b=1&place-c=2"),
        ("ordering", "place-a=1&place-b=2&place-c=4"),
        ("ordering", "place-a=one&place-b=2&place-c=3"),
    ],
)
def test_an_answer_that_cannot_be_read_says_what_to_do(kind, text):
    with pytest.raises(UnusableAnswer, match=r"not sure yet|not both"):
        read_response(posted(text), question(kind))


@pytest.mark.parametrize("kind", ["single_choice", "true_false", "multiple_response"])
def test_an_option_of_another_question_is_unknown(kind):
    with pytest.raises(UnknownOption):
        read_response(posted("choice=z"), question(kind))


@pytest.mark.parametrize(
    ("kind", "rights", "sound"),
    [
        ("single_choice", [True, False], True),
        ("single_choice", [True, True], False),
        ("single_choice", [True], False),
        ("multiple_response", [True, True, False], True),
        ("multiple_response", [False, False], False),
        ("true_false", [True, False], True),
        ("true_false", [True, False, False], False),
        ("ordering", [False, False], True),
        ("ordering", [False], False),
    ],
)
def test_a_kind_knows_what_keeps_a_question_from_being_asked(kind, rights, sound):
    assert (kinds.kind_named(kind).problems(question(kind, rights)) == []) is sound


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("b:up", {"b": "1", "a": "2", "c": "3"}),
        ("b:down", {"a": "1", "c": "2", "b": "3"}),
        ("a:up", {"a": "1", "b": "2", "c": "3"}),
        ("c:down", {"a": "1", "b": "2", "c": "3"}),
        ("z:up", {"a": "", "b": "", "c": ""}),
    ],
)
def test_moving_a_step_numbers_all_of_them(move, expected):
    form = posted(f"place-a=&place-b=&place-c=&move={move}")
    assert ordering.arranged(form, question("ordering")) == expected
    assert list(ordering.arranged(form, question("ordering"))) == list(expected)


def test_numbers_typed_before_a_move_count_first():
    form = posted("place-a=3&place-b=1&place-c=2&move=a:up")
    expected = {"b": "1", "a": "2", "c": "3"}
    assert ordering.arranged(form, question("ordering")) == expected


@pytest.mark.django_db
def test_a_step_is_moved_without_writing_anything(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, ordering=True)
    quiz_url = lesson.url + "quiz/"
    places = {f"place-{option.id}": "" for option in asked.options}
    last = asked.options[2].id
    page = form_of(client, quiz_url).send(
        client, follow=True, **places, move=f"{last}:up"
    )
    assert page.status_code == 200
    assert page.text.index("Third</label>") < page.text.index("Second</label>")
    assert "autofocus" in page.text
    assert not Learner.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("trait", ["multiple", "true_false", "ordering"])
def test_each_kind_is_asked_and_explained(client, course, trait):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, **{trait: True})
    quiz_url = lesson.url + "quiz/"
    form = form_of(client, quiz_url)
    rights = [option.id for option in asked.options if option.value["right"]]
    places = {f"place-{o.id}": str(n) for n, o in enumerate(asked.options, 1)}
    answer = places if trait == "ordering" else {"choice": rights}
    page = form.send(client, follow=True, **answer)
    assert "That is right" in page.text
    assert ("This is why." if trait == "ordering" else "Why: ") in page.text


@pytest.mark.django_db
def test_multiple_response_explains_every_option(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, multiple=True)
    quiz_url = lesson.url + "quiz/"
    form = form_of(client, quiz_url)
    page = form.send(client, follow=True, choice=[asked.options[2].id]).text
    for option in asked.options:
        assert option.value["feedback"] in page


@pytest.mark.django_db
def test_only_what_was_chosen_and_is_not_right_is_shown_as_wrong(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, multiple=True)
    wrong = [o.id for o in asked.options if not o.value["right"]]
    rights = [o.id for o in asked.options if o.value["right"]]
    form = form_of(client, lesson.url + "quiz/")
    page = form.send(client, follow=True, choice=[*rights[1:], *wrong[1:]]).text
    assert page.count("app-feedback--wrong") == len(wrong[1:])
    assert page.count("You rightly left this out") == 1
    assert page.count("app-feedback--right") == len(rights)


@pytest.mark.django_db
def test_not_sure_praises_and_blames_no_option(client, course):
    lesson = a_lesson(course, questions=0)
    QuestionFactory(lesson=lesson, multiple=True)
    form = form_of(client, lesson.url + "quiz/")
    page = form.send(client, follow=True, choice="not-sure").text
    assert "app-feedback--wrong" not in page
    assert "You left this out" not in page
    assert "Not one of the right answers" in page

/* The outline of a course, arranged without asking the server: by its buttons, and by
   dragging. The form posts each thing's hidden field in the order of the page. */
const form = document.querySelector("[data-outline]");
const STEPS = { up: -1, down: 1 };
let dragged = null;
let hasChanged = false;

const lessonOf = (node) => node.closest("[data-lesson]");
const kindOf = (thing) => thing.dataset.place;
const isLesson = (thing) => kindOf(thing) === "lesson";
const titleOf = (thing) => thing.querySelector("[data-title]").textContent.trim();
const listIn = (lesson, kind) => lesson.querySelector(`[data-entries="${kind}"]`);
const freeLessons = () => [...form.querySelectorAll("[data-lesson]:not([data-fixed])")];

/* Say where it is now. A list names its lesson, and so does a lesson among the others. */
function announce(thing) {
  hasChanged = true;
  const number = [...thing.parentNode.children].indexOf(thing) + 1;
  const words = { lesson: titleOf(lessonOf(thing)), number };
  form.querySelector("[data-outline-status]").textContent = form.dataset.moved.replace(
    /{(\w+)}/g,
    (_all, name) => words[name],
  );
}

/* Move a thing past its neighbour, or on to the next lesson that can change. */
function moveByOne(thing, step) {
  const beside = step < 0 ? thing.previousElementSibling : thing.nextElementSibling;
  if (beside) {
    beside[step < 0 ? "before" : "after"](thing);
  } else if (!isLesson(thing)) {
    const lessons = freeLessons();
    const next = lessons[lessons.indexOf(lessonOf(thing)) + step];
    if (!next) return;
    listIn(next, kindOf(thing))[step < 0 ? "append" : "prepend"](thing);
  }
}

function moveTicked() {
  const ticked = [...form.querySelectorAll('[name="ticked"]:checked')];
  const lesson = form.querySelector(`[data-lesson="${form.elements.to.value}"]`);
  for (const tick of ticked) {
    const thing = tick.closest("[data-place]");
    listIn(lesson, kindOf(thing)).append(thing);
    tick.checked = false;
    announce(thing);
  }
  return ticked.length > 0;
}

function press(event) {
  const button = event.target.closest("button");
  if (button?.name in STEPS) {
    event.preventDefault();
    const thing = button.closest("[data-place]");
    moveByOne(thing, STEPS[button.name]);
    announce(thing);
    button.focus();
    button.scrollIntoView({ block: "nearest" });
  } else if (button?.name === "move" && moveTicked()) {
    event.preventDefault();
  }
}

/* Return the list that what is dragged may go to, at this place of the page. */
function listAt(target) {
  if (isLesson(dragged)) return dragged.parentNode;
  const lesson = lessonOf(target);
  return lesson && !("fixed" in lesson.dataset) ? listIn(lesson, kindOf(dragged)) : null;
}

function drag(event) {
  const list = dragged && listAt(event.target);
  if (!list) return;
  event.preventDefault();
  const isBelow = (thing) => {
    const box = thing.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };
  const others = [...list.children].filter((thing) => thing !== dragged);
  const next = others.find(isBelow) ?? null;
  if (dragged.parentNode !== list || dragged.nextElementSibling !== next) {
    list.insertBefore(dragged, next);
  }
}

/* Only the handle starts a drag, so that titles can still be selected. */
function take({ target }) {
  const grip = target.closest?.("[data-grip]");
  if (grip) grip.closest("[data-place]").draggable = true;
}

function letGo({ target }) {
  const thing = target.closest?.("[draggable]");
  thing?.removeAttribute("draggable");
}

function start(event) {
  dragged = event.target.closest("[data-place]");
  dragged.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", titleOf(dragged));
}

function end() {
  if (!dragged) return;
  delete dragged.dataset.dragged;
  dragged.removeAttribute("draggable");
  announce(dragged);
  dragged = null;
}

if (form) {
  for (const grip of form.querySelectorAll("[data-grip]")) grip.hidden = false;
  form.addEventListener("click", press);
  form.addEventListener("pointerdown", take);
  form.addEventListener("pointerup", letGo);
  form.addEventListener("dragstart", start);
  form.addEventListener("dragover", drag);
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", end);
  form.addEventListener("submit", () => (hasChanged = false));
  window.addEventListener("beforeunload", (event) => {
    if (hasChanged) event.preventDefault();
  });
}

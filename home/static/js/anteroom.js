// Every page works without this file. It moves focus, prevents sending a form twice, moves
// steps without a trip to the server, and keeps a choice that was not sent.

const focusTarget = () =>
  document.querySelector("[data-focus]") ?? document.querySelector(".nhsuk-error-summary");

const moveFocus = (element) => {
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) {
    element.tabIndex = -1;
  }
  element.focus();
};

// Long enough for a double click and most connections, short enough to wait for.
const TOO_LONG = 8000;

// A disabled button loses focus and its name, so sent forms are marked instead.
const stopDoubleSending = (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = setTimeout(() => allowSending(form, true), TOO_LONG);
  saySaving(form);
};

const saySaving = (form) => {
  const button = form.querySelector("[data-waiting]");
  if (!button) return;
  button.dataset.label ??= button.textContent;
  button.textContent = button.dataset.waiting;
  form.querySelector("[data-too-long]").textContent = button.dataset.waiting;
};

// Not every browser notifies the page when somebody presses Stop, so a waiting button
// becomes active again by itself. Sending twice is safe: the server recognises the form.
const allowSending = (form, isLate = false) => {
  clearTimeout(form.dataset.sent);
  delete form.dataset.sent;
  const button = form.querySelector("[data-waiting]");
  if (!button?.dataset.label) return;
  button.textContent = button.dataset.label;
  const said = form.querySelector("[data-too-long]");
  said.textContent = isLate ? said.dataset.tooLong : "";
};

const allowAll = () => document.querySelectorAll("form[data-sent]").forEach((f) => allowSending(f));

const asNumbered = (steps) => {
  const numbered = steps.map((step) => [Number(step.querySelector("input").value), step]);
  numbered.sort(([one], [other]) => one - other);
  return numbered.every(([number], place) => number === place + 1)
    ? numbered.map(([, step]) => step)
    : steps;
};

const moveStep = (event) => {
  const button = event.target.closest(".app-order [data-move]");
  if (!button) return;
  event.preventDefault();
  const step = button.closest("li");
  const list = step.parentElement;
  const steps = asNumbered([...list.children]);
  const from = steps.indexOf(step);
  const to = Math.min(Math.max(from + (button.value.endsWith(":up") ? -1 : 1), 0), steps.length - 1);
  steps.splice(to, 0, ...steps.splice(from, 1));
  list.append(...steps);
  steps.forEach((item, place) => (item.querySelector("input").value = place + 1));
  document.querySelector(".app-order__moved").textContent =
    `${to + 1}. ${step.querySelector("label").textContent}`;
  button.focus();
  keepUnsent();
};

// Pages for one person are not cached, so Firefox loses choices if its own error page
// comes in between. This tab keeps them until it shows another page. The names of the
// controls are unique to one question in one wording and to one person.
const UNSENT = "unsent";
// If cookies are blocked, browsers do not even allow access to it.
const tab = (() => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
})();
const answerForm = document.querySelector("form[data-names]");

const keepUnsent = () => {
  if (!answerForm) return;
  const { names } = answerForm.dataset;
  const chosen = [...new FormData(answerForm)].filter(([name]) => name.startsWith(names));
  tab?.setItem(UNSENT, JSON.stringify({ names, chosen }));
};

const giveBackUnsent = () => {
  const kept = JSON.parse(tab?.getItem(UNSENT) ?? null);
  if (!kept) return;
  if (kept.names !== answerForm?.dataset.names) {
    tab.removeItem(UNSENT);
    return;
  }
  for (const control of answerForm.elements) {
    const given = kept.chosen.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = given.includes(control.value);
    else if (given.length) control.value = given[0];
  }
  const list = answerForm.querySelector(".app-order");
  list?.append(...asNumbered([...list.children]));
};

const target = focusTarget();
if (target) moveFocus(target);
giveBackUnsent();
document.addEventListener("click", moveStep);
document.addEventListener("change", keepUnsent);
document.addEventListener("submit", keepUnsent);
document.addEventListener("submit", stopDoubleSending);
// A page restored by the back button can be sent again, and so can one whose loading was
// stopped, if the browser reports it.
window.addEventListener("pageshow", allowAll);
window.navigation?.addEventListener("navigate", (event) =>
  event.signal.addEventListener("abort", allowAll),
);

// What pages with questions need beyond anteroom.js, which they load before this file. Every
// quiz works without it. It moves steps without a trip to the server, keeps a choice that
// was not sent, and takes the next page of a quiz out of the response to an answer.

const moveStep = (event) => {
  const button = event.target.closest(".app-order [data-move]");
  if (!button) return;
  event.preventDefault();
  const step = button.closest("li");
  const list = step.parentElement;
  const steps = [...list.children];
  const from = steps.indexOf(step);
  const to = Math.min(Math.max(from + (button.value.endsWith(":up") ? -1 : 1), 0), steps.length - 1);
  steps.splice(to, 0, ...steps.splice(from, 1));
  list.append(...steps);
  list.parentElement.querySelector(".app-order__moved").textContent =
    `${to + 1}. ${step.querySelector(".app-order__text").textContent}`;
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
const findAnswerForm = () => document.querySelector("form[data-names]");

const keepUnsent = () => {
  const answerForm = findAnswerForm();
  if (!answerForm) return;
  const { names } = answerForm.dataset;
  const chosen = [...new FormData(answerForm)].filter(([name]) => name.startsWith(names));
  tab?.setItem(UNSENT, JSON.stringify({ names, chosen }));
};

const giveBackUnsent = () => {
  const kept = JSON.parse(tab?.getItem(UNSENT) ?? null);
  if (!kept) return;
  const answerForm = findAnswerForm();
  if (kept.names !== answerForm?.dataset.names) {
    tab.removeItem(UNSENT);
    return;
  }
  for (const control of answerForm.elements) {
    const given = kept.chosen.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = given.includes(control.value);
    else if (given.length === 1) control.value = given[0];
  }
  const order = kept.chosen.map(([, value]) => value);
  const steps = [...answerForm.querySelectorAll(".app-order__item")];
  const placeOf = (step) => order.indexOf(step.querySelector("input").value);
  answerForm.querySelector(".app-order")?.append(...steps.sort((one, other) => placeOf(one) - placeOf(other)));
};

// With RFC 7240, section 4.2, the response to an answer is the page that it leads to, and
// Content-Location says where that page is. An error, and whatever else asks for more than
// the next page, is a redirect: the browser goes there as it does without scripts.
const sendAnswer = async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-names]") || form.dataset.plain) return;
  event.preventDefault();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      headers: { Prefer: "return=representation" },
    });
    const address = response.headers.get("Content-Location");
    if (!form.isConnected) return; // An answer sent again: the first response was shown.
    if (address) showPage(await response.text(), address);
    else if (response.redirected) location.assign(response.url);
    else form.submit();
  } catch {
    if (isKeptElsewhere(form, event.submitter)) return;
    // Nothing is lost: the choice is still on the page. The next time, the browser sends
    // the form itself and says what is wrong.
    form.dataset.plain = "yes";
    form.dispatchEvent(new Event("app:unsent", { bubbles: true }));
  }
};

// Where the course is kept on the phone, `offline/page.js` keeps the answer, too.
const isKeptElsewhere = (form, submitter) =>
  !form.dispatchEvent(
    new CustomEvent("unsent", {
      bubbles: true,
      cancelable: true,
      detail: new FormData(form, submitter),
    }),
  );

const showPage = (text, address) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  history.pushState(null, "", address);
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, 0);
  document.dispatchEvent(new Event("app:shown"));
  giveBackUnsent();
};

giveBackUnsent();
document.addEventListener("click", moveStep);
document.addEventListener("change", keepUnsent);
document.addEventListener("submit", keepUnsent);
document.addEventListener("submit", sendAnswer);

// On pages of a quiz that was begun: has the worker keep the course, and keeps an answer
// that could not be sent. `keep` is the element that `kept_on_phone.html` made.

// Asks the worker to do one of its tasks. Rejects with the name of what went wrong.
export const askWorker = async (task) => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data.problem ? reject(new Error(data.problem)) : resolve(data.result);
  });
  active.postMessage(task, [port2]);
  return answer;
};

// Shows one of the notices inside the element, and no other.
export const showNotice = (element, name) => {
  for (const notice of element.querySelectorAll("[data-notice]")) {
    notice.hidden = notice.dataset.notice !== name;
  }
};

// What the worker keeps of an answer: the form as it would have been sent.
export const answerIn = (form, fields, lesson) => ({
  lesson,
  address: `${lesson}quiz/waiting/`,
  fields: fields.filter(([name]) => name !== "csrfmiddlewaretoken"),
  question: form.elements.question.value,
  opened_for: form.elements.opened_for.value,
  about: form.querySelector("legend")?.textContent.trim() ?? "",
});

export const wordFor = (problem) => (problem.message === "QuotaExceededError" ? "full" : "forbidden");

const lessonHere = () => `${location.pathname.split("/quiz/")[0]}/`;

let kept;

export const begin = async (keep) => {
  kept = keep;
  if (!window.isSecureContext) return;
  try {
    await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    await noteAsked();
    await keepCourse(keep, false);
    await askWorker({ task: "send" });
  } catch (problem) {
    showNotice(keep, wordFor(problem));
  }
};

const keepCourse = async (keep, isWished) => {
  const { list, openedFor } = keep.dataset;
  const person = { opened_for: openedFor, has_record: "yes" };
  showNotice(keep, await askWorker({ task: "keep", list, person, isWished }));
};

// Which questions a quiz still asks, so that only they are asked without a network.
const noteAsked = () => {
  const form = document.querySelector("form[data-unanswered]");
  const isOver = location.pathname.includes("/quiz/result/");
  if (!form && !isOver) return null;
  const asked = form ? form.dataset.unanswered.split(" ") : [];
  return askWorker({ task: "noteAsked", lesson: lessonHere(), asked });
};

// The form could not be sent, and nothing is known to be kept: this page takes it on.
const keepUnsent = async (event) => {
  if (!kept?.isConnected || !navigator.serviceWorker?.controller) return;
  event.preventDefault();
  const form = event.target;
  const answer = answerIn(form, [...event.detail], lessonHere());
  try {
    await askWorker({ task: "add", answer });
  } catch (problem) {
    showNotice(kept, wordFor(problem));
    form.dispatchEvent(new CustomEvent("notkept", { bubbles: true }));
    return;
  }
  showNotice(kept, "unsent");
  const notice = kept.querySelector("[data-notice=unsent]");
  notice.querySelector("a").href = `${lessonHere()}quiz/`;
  form.replaceWith(kept);
  notice.focus();
};

// The page with both answers leaves none waiting, whichever is kept.
const removeChosen = ({ target }) => {
  if (!location.pathname.endsWith("/choose/")) return;
  askWorker({ task: "removeChosen", question: target.elements.question?.value });
};

const keepByWish = ({ target }) => {
  if (target.closest("[data-wish]")) keepCourse(kept, true);
};

document.addEventListener("unsent", keepUnsent);
document.addEventListener("submit", removeChosen);
document.addEventListener("click", keepByWish);
window.addEventListener("online", () => askWorker({ task: "send" }));

// Fills in the page that stands for all others without a network: asks the questions of a
// lesson that is kept, and lists what is kept on this phone.

const shell = document.querySelector("[data-shell]");
const { answerIn, showNotice, askWorker, wordFor } = await import(shell.dataset.page);
const lesson = location.pathname.match(/^(.*\/)quiz\//)?.[1];
const part = (name, inside = shell) => inside.querySelector(`[data-part=${name}]`);
const copyOf = (name) => part(name).content.cloneNode(true).firstElementChild;

const fillIn = (form, paper, person) => {
  const fields = {
    question: form.dataset.key,
    seen: "0",
    client_uuid: crypto.randomUUID(),
    paper: paper.digest,
    asked_on: new Date().toLocaleDateString("en-CA"),
    ...person,
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    part("fields", form).append(input);
  }
};

// A choice, everything typed, or “not sure” alone: what a person can put right at once.
const isUsable = (form, fields) => {
  const own = fields.filter(([name]) => name.startsWith(`${form.dataset.key}.`));
  const chosen = own.filter(([name]) => name.endsWith(".choice"));
  if (chosen.some(([, value]) => value === "not-sure")) return chosen.length === 1;
  return own.length > 0 && own.every(([, value]) => value.trim());
};

const askNext = async (notice) => {
  const { paper, asked, answers, person } = await askWorker({ task: "quiz", lesson });
  if (!paper || !person) {
    showNotice(shell, "unkept");
    return;
  }
  const isWaiting = ({ state, opened_for }) =>
    state === "waiting" && opened_for === person.opened_for;
  const given = answers.filter(isWaiting).map((each) => each.question);
  const isLeft = ({ key }) => !given.includes(key) && (!asked || asked.includes(key));
  const question = paper.questions.find(isLeft);
  showNotice(shell, question ? notice : "done");
  part("quiz").replaceChildren(...(question ? [formFor(question, paper, person)] : []));
  part("back").href = lesson;
  (shell.querySelector("[data-notice]:not([hidden])") ?? part("quiz")).focus();
};

const formFor = (question, paper, person) => {
  const form = copyOf("form");
  form.dataset.key = question.key;
  part("label", form).textContent = question.label;
  const controls = new DOMParser().parseFromString(question.controls, "text/html").body;
  part("controls", form).replaceChildren(...controls.childNodes);
  fillIn(form, paper, person);
  form.addEventListener("submit", keepAnswer);
  return form;
};

const keepAnswer = async (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = [...new FormData(form)];
  part("problem", form).hidden = isUsable(form, fields);
  if (!isUsable(form, fields)) return;
  try {
    await askWorker({ task: "add", answer: answerIn(form, fields, lesson) });
    await askNext("unsent");
    await listKept();
  } catch (problem) {
    showNotice(shell, wordFor(problem));
  }
};

const listKept = async () => {
  const { answers, courses } = await askWorker({ task: "state" });
  const lines = [
    ...Object.entries(courses).map(([list, course]) => courseLine(list, course)),
    ...answers.map(answerLine),
  ];
  part("kept").hidden = !lines.length;
  part("list").replaceChildren(...lines);
};

const courseLine = (list, { title, address }) => {
  const line = copyOf("course");
  line.querySelector("a").href = address;
  line.querySelector("a").textContent = title;
  line.querySelector("button").addEventListener("click", async () => {
    await askWorker({ task: "removeCourse", list });
    await listKept();
  });
  return line;
};

const answerLine = ({ place, about, words, state }) => {
  const line = copyOf("answer");
  part("about", line).textContent = about;
  if (words) part("words", line).textContent = words;
  const isGone = state === "refused" && !words;
  part("words", line).hidden = isGone;
  part("gone", line).hidden = !isGone;
  part("choose", line).hidden = state !== "choose";
  part("choose", line).addEventListener("click", async () => {
    const report = await askWorker({ task: "choose", place });
    if (report?.address) location.assign(report.address);
  });
  part("remove", line).addEventListener("click", async () => {
    await askWorker({ task: "removeAnswer", place });
    await listKept();
  });
  return line;
};

// Milliseconds. The first request after a network came back often fails, so it is sent
// again: soon at first, and then less and less often.
const SOON = 2000;
const AT_MOST = 60000;
let again;

const sendAgain = (pause) => {
  if (navigator.onLine) again = setTimeout(sendNow, pause, Math.min(2 * pause, AT_MOST));
};

const sendNow = async (pause) => {
  clearTimeout(again);
  const { answers, checked } = await askWorker({ task: "send" });
  await listKept();
  if (answers.some((each) => each.state === "waiting")) {
    sendAgain(pause);
    return;
  }
  if (!checked) return;
  part("checked").href = checked;
  showNotice(shell, "checked");
  await askWorker({ task: "noteSeen" });
};

if (await navigator.serviceWorker?.getRegistration()) {
  await listKept();
  if (lesson) await askNext("");
  else if (location.pathname !== shell.dataset.shell) showNotice(shell, "unkept");
  window.addEventListener("online", () => sendNow(SOON));
  await sendNow(SOON);
} else {
  showNotice(shell, "nothing");
}

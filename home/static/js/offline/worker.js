// Answers pages without a network, and does what pages ask for.
"use strict";

const isOurs = (request) => {
  const { origin, pathname } = new URL(request.url);
  return request.method === "GET" && origin === location.origin && !pathname.startsWith("/admin/");
};

// Pages of a person are never kept. A page that is the same for everybody stands in for
// them, and a script fills it with what the browser keeps.
const standInFor = (address) => {
  const { pathname } = new URL(address);
  const { visit, visitOffline, offline } = [...LANGUAGES]
    .reverse()
    .find(({ home }) => pathname.startsWith(home));
  const isVisit = ["", "sheet/", "show/"].some((page) => pathname === visit + page);
  return isVisit ? visitOffline : offline;
};

// Milliseconds. Nobody waits longer for a page because answers are sent before it, or
// because the store of the browser does not answer.
const LONGEST_WAIT = 4000;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// What waits goes first, so that the page shows what became of it.
const answerPage = async (request, sending) => {
  await Promise.race([sending, pause(LONGEST_WAIT)]);
  try {
    return await fetch(request);
  } catch {
    return (await findKept(request.url)) ?? (await findKept(standInFor(request.url))) ?? Response.error();
  }
};

const answerFile = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await findKept(request.url)) ?? Response.error();
  }
};

const readState = async () => ({
  answers: await listAnswers(),
  courses: (await readFact("courses")) ?? {},
  person: await readFact("person"),
  checked: await readFact("checked"),
});

const readQuiz = async ({ lesson }) => {
  const paper = await findKept(`${lesson}quiz/paper/`);
  const asked = await readFact(`asked:${lesson}`);
  return { paper: paper && (await paper.json()), asked, ...(await readState()) };
};

// What pages may ask for, by name. Each answers with what it resolves to.
const TASKS = {
  keep: async ({ list, person, isWished }) => {
    await writeFact("person", person);
    return keepCourse(list, isWished);
  },
  noteAsked: ({ lesson, asked }) => writeFact(`asked:${lesson}`, asked),
  add: ({ answer }) => addAnswer(answer),
  send: async () => {
    await sendAnswers();
    return readState();
  },
  noteSeen: () => removeFact("checked"),
  choose: ({ place }) => chooseAnswer(place),
  removeChosen: ({ question }) => removeChosen(question),
  removeAnswer: ({ place }) => removeAnswer(place),
  removeCourse: ({ list }) => removeCourse(list),
  state: readState,
  quiz: readQuiz,
};

const doTask = async ({ data, ports: [port] }) => {
  try {
    port.postMessage({ result: await TASKS[data.task](data) });
  } catch (problem) {
    port.postMessage({ problem: problem?.name ?? "Error" });
  }
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(doTask(event)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!isOurs(request)) return;
  const { pathname } = new URL(request.url);
  if (request.mode !== "navigate") {
    if (!LANGUAGES.some(({ offline }) => pathname.startsWith(offline))) event.respondWith(answerFile(request));
    return;
  }
  const sending = sendAnswers().catch(() => {});
  event.waitUntil(sending);
  event.respondWith(answerPage(request, sending));
  if (LANGUAGES.some(({ signedOut }) => pathname === signedOut)) event.waitUntil(removeAnswersOfAccounts());
});

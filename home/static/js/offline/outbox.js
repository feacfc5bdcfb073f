// Sends what was answered without a network: in order, and each once.
"use strict";

// What the server says about an answer that it did not save needs the person, so it is
// not sent again by itself.
const WAITS = "waiting";
// Milliseconds. A page that is opened waits for what is sent before it.
const PATIENCE = 10000;

const addAnswer = async (answer) => {
  const same = (await listAnswers()).filter(
    (each) => each.question === answer.question && each.opened_for === answer.opened_for,
  );
  // Whoever answers a question again before it was sent has changed their mind.
  for (const earlier of same) if (earlier.state === WAITS) await removeAnswer(earlier.place);
  await putAnswer({ ...answer, state: WAITS });
};

// One at a time for all tabs: what two of them sent at once would arrive in any order.
const sendAnswers = () => navigator.locks.request("outbox", sendWaiting);

const sendWaiting = async () => {
  const waiting = (await listAnswers()).filter((answer) => answer.state === WAITS);
  if (!waiting.length) return;
  let token = await freshToken();
  for (const answer of waiting) {
    if (!token) return;
    let report = await sendAnswer(answer, token);
    if (!report) {
      token = await freshToken();
      report = await sendAnswer(answer, token);
    }
    if (!report) return;
    await noteOutcome(answer, report);
  }
};

// A token kept from before no longer fits when the cookie has changed since.
const freshToken = async () => {
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(TOKEN, { cache: "no-store", signal }).catch(() => null);
  return response?.ok ? (await response.json()).token : null;
};

// Resolves to what the server says, or null if it could not say anything now.
const sendAnswer = async (answer, token) => {
  if (!token) return null;
  const response = await fetch(answer.address, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams(answer.fields),
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  if (response?.status === 404) return { outcome: "refused", words: "" };
  const isReport = response?.headers.get("Content-Type")?.startsWith("application/json");
  return isReport ? response.json() : null;
};

const noteOutcome = async (answer, { outcome, words, address }) => {
  if (outcome === "saved") {
    await removeAnswer(answer.place);
    await writeFact("checked", address);
  } else {
    await putAnswer({ ...answer, state: outcome, words, onward: address });
  }
};

// Nothing of an account is left behind by signing out.
const removeAnswersOfAccounts = async () => {
  for (const { place, opened_for } of await listAnswers()) {
    if (opened_for.startsWith("account-")) await removeAnswer(place);
  }
};

const removeChosen = async (question) => {
  for (const answer of await listAnswers()) {
    if (answer.question === question && answer.state === "choose") await removeAnswer(answer.place);
  }
};

// Sends one again for the page on which both answers stand side by side.
const chooseAnswer = async (place) => {
  const answer = (await listAnswers()).find((each) => each.place === place);
  const report = await sendAnswer(answer, await freshToken());
  if (report) await noteOutcome(answer, report);
  return report;
};

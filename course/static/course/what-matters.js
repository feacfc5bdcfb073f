// What matters to a reader, kept in this browser only: see “What a browser keeps” in
// docs/architecture.md. This module alone reads and writes it. Each `[data-what-matters]`
// on a page names a course and is filled in: fields, reasons that fit, lines of a sheet.

const keyOf = (course) => `anteroom.what-matters.${course}`;

const whole = (kept) => {
  const part = (name) => (kept?.[name] && typeof kept[name] === "object" ? kept[name] : {});
  const text = (name) => (typeof kept?.[name] === "string" ? kept[name] : "");
  return { values: part("values"), leaning: text("leaning"), sure: part("sure"), help: text("help") };
};

export const readWhatMatters = (course) => {
  try {
    return whole(JSON.parse(localStorage.getItem(keyOf(course))));
  } catch {
    return whole(null);
  }
};

// Storage may be full, or forbidden as in some private windows.
export const writeWhatMatters = (course, answers) => {
  try {
    localStorage.setItem(keyOf(course), JSON.stringify(answers));
    return true;
  } catch {
    return false;
  }
};

export const removeWhatMatters = (course) => {
  try {
    localStorage.removeItem(keyOf(course));
  } catch {
    // Nothing could be kept, so there is nothing to remove.
  }
};

const partOf = (field) => field.closest("[data-part]");

const answerOf = (answers, { part, key }) => (key ? answers[part][key] : answers[part]) ?? "";

const setAnswer = (answers, { part, key }, value) => {
  if (key) answers[part][key] = value;
  else answers[part] = value;
};

const showFields = (place, answers) => {
  for (const part of place.querySelectorAll("[data-part]")) {
    const answer = answerOf(answers, part.dataset);
    if (part.matches("textarea")) part.value = answer;
    for (const radio of part.querySelectorAll("[type=radio]")) radio.checked = radio.value === answer;
  }
};

const showFits = (place, answers) => {
  const matters = ({ dataset }) => ["a-lot", "a-little"].includes(answers.values[dataset.fitsStatement]);
  const reasons = [...place.querySelectorAll("[data-fits-statement]")];
  for (const reason of reasons) reason.hidden = !matters(reason);
  for (const option of place.querySelectorAll("[data-option]")) {
    option.hidden = !option.querySelector("[data-fits-statement]:not([hidden])");
  }
  const isEmpty = !reasons.some(matters);
  for (const nothing of place.querySelectorAll("[data-nothing]")) nothing.hidden = !isEmpty;
  for (const row of place.querySelectorAll("tbody[data-fits]")) row.hidden = isEmpty;
};

const showSheet = (place, answers) => {
  for (const line of place.querySelectorAll("[data-shown]")) {
    const answer = answerOf(answers, { part: line.dataset.shown, key: line.dataset.key });
    let isShown = false;
    for (const words of line.querySelectorAll("[data-answer]")) {
      words.hidden = words.dataset.answer !== answer;
      isShown ||= !words.hidden;
    }
    const own = line.querySelector("[data-words]");
    if (own) {
      own.textContent = answer;
      own.hidden = !(isShown = Boolean(answer));
    }
    line.querySelector(".app-write-on").hidden = isShown;
  }
};

const show = (place) => {
  const answers = readWhatMatters(place.dataset.whatMatters);
  showFields(place, answers);
  showFits(place, answers);
  showSheet(place, answers);
};

const say = (place, text) => {
  const said = place.querySelector("[data-kept]");
  if (text) said.textContent = text;
};

const keep = ({ target }) => {
  const part = partOf(target);
  const place = part?.closest("[data-what-matters]");
  if (!place) return;
  const course = place.dataset.whatMatters;
  // Read again first: another tab may have written meanwhile.
  const answers = readWhatMatters(course);
  setAnswer(answers, part.dataset, target.value);
  if (writeWhatMatters(course, answers)) show(place);
  else say(place, place.querySelector("[data-kept]").dataset.refused);
};

const remove = (place) => {
  removeWhatMatters(place.dataset.whatMatters);
  show(place);
  say(place, place.querySelector("[data-kept]").dataset.removed);
};

// Fields have no name in the page, so that nothing can send them. Browsers need one to
// know which radio buttons belong together.
const group = (part) => {
  for (const radio of part.querySelectorAll("[type=radio]")) {
    radio.name = `matters-${part.dataset.part}-${part.dataset.key ?? ""}`;
  }
};

const begin = (place) => {
  place.querySelectorAll("[data-part]").forEach(group);
  place.querySelectorAll("[data-without-scripts]").forEach((text) => (text.hidden = true));
  place.querySelectorAll("[data-kept], [data-remove]").forEach((part) => (part.hidden = false));
  place.querySelector("[data-remove]")?.addEventListener("click", () => remove(place));
  place.addEventListener("change", keep);
  show(place);
};

const places = () => document.querySelectorAll("[data-what-matters]");

places().forEach(begin);
addEventListener("storage", () => places().forEach(show));
addEventListener("pageshow", (event) => event.persisted && places().forEach(show));

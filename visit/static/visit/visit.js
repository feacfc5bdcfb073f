// What somebody writes for their visit stays in this browser: the fields have no name, so
// that no form can send them. This module alone reads and writes it, under one key.

const KEY = "anteroom.my-visit";
const FIELDS = ["when", "time", "questions", "notes", "listed"];

// If cookies are blocked, browsers do not even allow access to it.
const storage = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();

export const readOwnWords = () => {
  let kept;
  try {
    kept = JSON.parse(storage?.getItem(KEY) ?? null);
  } catch {
    kept = null;
  }
  return Object.fromEntries(FIELDS.map((name) => [name, typeof kept?.[name] === "string" ? kept[name] : ""]));
};

// Returns false if the browser refuses, because it is full or it is forbidden.
export const writeOwnWords = (words) => {
  try {
    storage.setItem(KEY, JSON.stringify(words));
    return true;
  } catch {
    return false;
  }
};

export const removeOwnWords = () => {
  try {
    storage?.removeItem(KEY);
  } catch {
    // Where nothing may be kept, nothing is.
  }
};

const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

// Two tabs of one visit: lines that only the other one has are added, never lost.
const unite = (mine, theirs) => {
  const known = new Set(linesOf(mine));
  const added = linesOf(theirs).filter((line) => !known.has(line));
  return [mine.trimEnd(), ...added].filter(Boolean).join("\n");
};

const fields = () => [...document.querySelectorAll("[data-keep]")];
const said = document.querySelector("[data-own-said]");
const say = (which) => {
  if (said) said.textContent = said.dataset[which];
};
// What this tab last read or wrote. A field that differs from it was changed here.
let seen = readOwnWords();

const keep = () => {
  const now = readOwnWords();
  for (const field of fields()) {
    const name = field.dataset.keep;
    const isChangedElsewhere = now[name] !== seen[name];
    if (isChangedElsewhere && field.matches("textarea")) field.value = unite(field.value, now[name]);
    now[name] = field.value;
  }
  seen = now;
  say(writeOwnWords(now) ? "saidKept" : "saidNotKept");
  showOwnWords();
};

const fillIn = () => {
  const now = readOwnWords();
  for (const field of fields()) {
    const name = field.dataset.keep;
    if (field.value === seen[name]) field.value = now[name];
    else if (field.matches("textarea")) field.value = unite(field.value, now[name]);
  }
  seen = now;
};

// On pages that only show them: as items of a list, or as text.
const showOwnWords = () => {
  const words = fields().length ? seen : readOwnWords();
  for (const place of document.querySelectorAll("[data-kept]")) {
    const text = place.dataset.kept === "when" ? momentIn(words) : words[place.dataset.kept];
    const lines = linesOf(text);
    place.replaceChildren(...(place.matches("span") ? [text] : lines.map(inParagraph)));
  }
  const note = document.querySelector("[data-own-note]");
  if (note) note.hidden = !linesOf(words.questions + words.notes).length;
  showCalendar(words);
};

// The day as people write it, with the time if there is one.
const momentIn = ({ when, time }) => {
  const day = new Date(`${when}T12:00`);
  const form = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const { lang } = document.documentElement;
  // The site writes its English dates as in Britain.
  const dates = lang === "en" ? "en-GB" : lang;
  return when && !Number.isNaN(day.valueOf()) ? [day.toLocaleDateString(dates, form), time].filter(Boolean).join(", ") : when;
};

// Where a phone answers without a network, the list is kept for the page that does so then.
const keepListed = () => {
  const place = document.querySelector("[data-keep-listed]");
  if (!place || !navigator.serviceWorker?.controller) return;
  const asked = [...place.querySelectorAll(".app-visit__words")].filter((words) => !words.querySelector("s"));
  const listed = asked.map((words) => words.textContent.trim()).join("\n");
  if (seen.listed === listed) return;
  seen = { ...readOwnWords(), listed };
  writeOwnWords(seen);
};

const showListed = () => {
  const place = document.querySelector("[data-listed]");
  if (!place) return;
  const lines = linesOf(seen.listed);
  document.querySelector("[data-not-listed]").hidden = lines.length > 0;
  place.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
};

const inParagraph = (line) => {
  const paragraph = document.createElement("p");
  paragraph.textContent = line;
  return paragraph;
};

// The list with the reader's own words, for whoever they choose to send it to.
const wholeText = () => {
  const words = readOwnWords();
  const own = [...linesOf(words.questions), ...linesOf(words.notes)].map((line) => `- ${line}`);
  const text = document.querySelector("[data-visit-text]").textContent.trim();
  return [text, ...own].join("\n");
};

const beginOwnWords = () => {
  const part = document.querySelector("[data-own]");
  if (!part) return;
  part.querySelector("[data-own-without]").remove();
  part.querySelector("[data-own-fields]").hidden = false;
  for (const field of fields()) field.value = seen[field.dataset.keep];
  part.addEventListener("input", keep);
  part.querySelector("[data-own-remove]").addEventListener("click", () => {
    removeOwnWords();
    seen = readOwnWords();
    for (const field of fields()) field.value = "";
    say("saidRemoved");
    showOwnWords();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) fillIn();
    showOwnWords();
  });
};

const beginWaysOut = () => {
  if (!document.querySelector("[data-visit-text]")) return;
  const title = document.title;
  const share = document.querySelector("[data-share]");
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ title, text: wholeText() }).catch(() => {}));
  const mail = document.querySelector("[data-mail]");
  mail.addEventListener("click", () => {
    const [start] = mail.getAttribute("href").split("&body=");
    mail.href = `${start}&body=${encodeURIComponent(wholeText())}`;
  });
  const file = document.querySelector("[data-download]");
  file.addEventListener("click", () => {
    file.href = URL.createObjectURL(new Blob([wholeText()], { type: "text/plain" }));
  });
};

// A calendar file (RFC 5545): CRLF, and lines of at most 75 bytes. Its ids are those of the
// days, so that a calendar which gets the file again has each only once.
const folded = (line) => {
  const parts = [""];
  for (const letter of line) {
    const longer = parts.at(-1) + letter;
    if (new TextEncoder().encode(longer).length > 74) parts.push(letter);
    else parts[parts.length - 1] = longer;
  }
  return parts.join("\r\n ");
};

const eventOf = (kind, day, time, summary, address) => {
  const at = day.replaceAll("-", "");
  const start = time ? `DTSTART:${at}T${time.replace(":", "")}00` : `DTSTART;VALUE=DATE:${at}`;
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  return [
    "BEGIN:VEVENT",
    `UID:${kind}-${at}@${location.hostname}`,
    `DTSTAMP:${now}`,
    start,
    `SUMMARY:${summary.replace(/[\\;,]/g, "\\$&")}`,
    `URL:${address}`,
    "END:VEVENT",
  ];
};

const calendarOf = ({ days, visit, lookBack, address: page }, words, address) => {
  const events = lookBackDays(days).map((day) => eventOf("look-back", day, "", lookBack, address));
  if (words.when) events.push(eventOf("visit", words.when, words.time, visit, new URL(page, location).href));
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Anteroom//My visit//EN", ...events.flat(), "END:VCALENDAR", ""]
    .map(folded)
    .join("\r\n");
};

const lookBackDays = (days) => days.split(" ").filter(Boolean);

const showCalendar = (words) => {
  const part = document.querySelector("[data-calendar]");
  if (part) part.hidden = !(words.when || lookBackDays(part.querySelector("a").dataset.days).length);
};

const beginCalendar = () => {
  const link = document.querySelector("[data-calendar] a");
  if (!link) return;
  const address = link.href;
  link.addEventListener("click", () => {
    const text = calendarOf(link.dataset, readOwnWords(), address);
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  });
};

const beginPrinting = () => {
  const button = document.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
};

beginOwnWords();
keepListed();
showListed();
beginWaysOut();
beginPrinting();
beginCalendar();
showOwnWords();

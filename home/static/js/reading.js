// The panel in which readers choose how pages look: on a page of its own, and in a dialog
// over the page they were reading. This module alone writes `anteroom.reading`;
// anteroom.js reads it before a page is drawn.

const KEY = "anteroom.reading";
const root = document.documentElement;

const radiosIn = (panel) => [...panel.querySelectorAll("[data-look] input")];

const nameOf = (radio) => radio.closest("[data-look]").dataset.look;

const show = (panel) => {
  for (const radio of radiosIn(panel)) radio.checked = (root.dataset[nameOf(radio)] ?? "") === radio.value;
};

// Returns false if the browser refuses, because storage is full or forbidden.
const keep = (looks) => {
  try {
    if (Object.values(looks).some(Boolean)) localStorage.setItem(KEY, JSON.stringify(looks));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
};

const choose = (panel) => {
  const chosen = radiosIn(panel).filter((radio) => radio.checked);
  const looks = Object.fromEntries(chosen.map((radio) => [nameOf(radio), radio.value]));
  Object.assign(root.dataset, looks);
  const said = panel.querySelector("[role=status]");
  said.textContent = keep(looks) ? "" : said.dataset.refused;
};

const reset = (panel) => {
  for (const radio of radiosIn(panel)) radio.checked = !radio.value;
  choose(panel);
};

const begin = (panel) => {
  panel.hidden = false;
  // Radio buttons belong together by their names, which no form sends: there is no form.
  for (const radio of radiosIn(panel)) radio.name = `look-${nameOf(radio)}`;
  panel.addEventListener("change", () => choose(panel));
  panel.querySelector("[data-reset]").addEventListener("click", () => reset(panel));
  show(panel);
};

const fetchPanel = async (address) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const panel = page.querySelector("[data-reading]");
  const dialog = document.createElement("dialog");
  dialog.className = "app-reading";
  dialog.setAttribute("aria-label", page.querySelector("h1").textContent);
  dialog.append(panel);
  begin(panel);
  const close = panel.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => dialog.close());
  return dialog;
};

// Raises an error if the panel could not be fetched: the link then leads to its page.
export const use = async (link) => {
  const found = document.querySelector("dialog.app-reading");
  const dialog = found ?? (await fetchPanel(link.href));
  if (!found) document.body.append(dialog);
  show(dialog.querySelector("[data-reading]"));
  dialog.showModal();
};

const here = document.querySelector("main [data-reading]");
if (here) begin(here);

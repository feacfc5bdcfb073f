// On a tablet in a waiting room: after two minutes without a touch, asks whether somebody
// is still there, and half a minute later makes the tablet forget them. The server does
// so by itself after ten minutes without a request, with scripts or without.

const REST = 120_000;
const WARNING = 30_000;
const TELL_SERVER = 60_000;

let touched = Date.now();
let told = Date.now();

// Looked up each time, because a quiz exchanges the page for the next one.
const bar = () => document.querySelector("[data-tablet]");
const dialog = () => bar().querySelector("dialog");

const finish = () => location.replace(`${bar().dataset.finish}?idle`);

const tellServer = () => {
  told = Date.now();
  fetch(bar().dataset.here, { cache: "no-store" }).catch(() => {});
};

const stay = () => {
  touched = Date.now();
  if (touched - told > TELL_SERVER) tellServer();
};

const touch = () => {
  if (!dialog().open) stay();
};

const answer = (event) => {
  if (!event.target.closest("[data-still-here]")) return;
  dialog().close();
  stay();
};

// A sleeping tablet runs no timers, so the clock decides, not how often this ran.
const look = () => {
  const rested = Date.now() - touched;
  if (rested > REST + WARNING) finish();
  else if (rested > REST && !dialog().open) dialog().showModal();
};

const idle = document.querySelector("[data-finish-now]");
if (idle) {
  idle.requestSubmit();
} else {
  for (const type of ["pointerdown", "keydown", "scroll", "input"]) {
    addEventListener(type, touch, { capture: true, passive: true });
  }
  // The Escape key closes the question, too.
  addEventListener("close", stay, { capture: true });
  addEventListener("click", answer);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

// A page that “Back” brings to life again may be another person's.
addEventListener("pageshow", (event) => event.persisted && location.reload());

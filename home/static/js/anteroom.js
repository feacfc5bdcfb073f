// Every page works without this file. It only moves focus and stops double sending.

const focusTarget = () =>
  document.querySelector("[data-focus]") ?? document.querySelector(".nhsuk-error-summary");

const moveFocus = (element) => {
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) {
    element.tabIndex = -1;
  }
  element.focus();
};

// A disabled button loses focus and its name, so sent forms are marked instead.
const stopDoubleSending = (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
};

// A page brought back by the back button can be sent again.
const allowSending = () =>
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);

const target = focusTarget();
if (target) moveFocus(target);
document.addEventListener("submit", stopDoubleSending);
window.addEventListener("pageshow", allowSending);

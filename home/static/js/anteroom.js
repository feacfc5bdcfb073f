// Every page loads this, and works without it. Its reasons: home/README.md.
"use strict";
{
  const look = () => {
    try {
      Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("anteroom.reading")));
    } catch {}
  };
  look();

  const focusTarget = () =>
    document.querySelector("[data-focus]") ?? document.querySelector(".nhsuk-error-summary");

  const moveFocus = (element, options) => {
    if (!element.matches("a, button, input, select, textarea, [tabindex]")) {
      element.tabIndex = -1;
    }
    element.focus(options);
  };

  const TOO_LONG = 8000;

  const stopDoubleSending = (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = setTimeout(() => allowSending(form, true), TOO_LONG);
    saySaving(form);
  };

  const saySaving = (form) => {
    const button = form.querySelector("[data-waiting]");
    if (!button) return;
    button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.waiting;
    form.querySelector("[data-too-long]").textContent = button.dataset.waiting;
  };

  const allowSending = (form, isLate = false) => {
    clearTimeout(form.dataset.sent);
    delete form.dataset.sent;
    const button = form.querySelector("[data-waiting]");
    if (!button?.dataset.label) return;
    button.textContent = button.dataset.label;
    const said = form.querySelector("[data-too-long]");
    said.textContent = isLate ? said.dataset.tooLong : "";
  };

  const allowAll = () => document.querySelectorAll("form[data-sent]").forEach((f) => allowSending(f));

  const beginOffline = async () => {
    const keep = document.querySelector("[data-keep][data-script]");
    if (keep) (await import(keep.dataset.script)).begin(keep);
  };

  const useScript = async (event) => {
    const used = event.target.closest("a[data-ask], a[data-script], [data-share-page] button, [data-listen] [data-script]");
    if (!used || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const script = used.dataset.script ?? document.querySelector("[data-asking]").dataset.asking;
      await (await import(script)).use(used);
    } catch {
      if (used.href) location.assign(used.href);
    }
  };

  const openFolds = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let fold = named?.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    named.scrollIntoView();
  };

  const dropUnsent = () => {
    try {
      if (!document.querySelector("form[data-names]")) sessionStorage.removeItem("unsent");
    } catch {}
  };

  const showListening = () => {
    const bar = document.querySelector("[data-listen]");
    const fits = ({ localService, lang }) =>
      localService && lang.split(/[-_]/)[0] === bar.dataset.listen.split("-")[0];
    if (bar) bar.hidden = !window.speechSynthesis?.getVoices().some(fits);
  };

  let shown = location.pathname;

  const begin = (options) => {
    shown = location.pathname;
    const target = focusTarget();
    if (target) moveFocus(target, options);
    dropUnsent();
    beginOffline();
    showListening();
  };

  const start = () => {
    openFolds();
    for (const part of document.querySelectorAll("[data-share-page]")) part.hidden = false;
    begin();
  };

  document.addEventListener("DOMContentLoaded", start);
  window.addEventListener("storage", look);
  window.addEventListener("hashchange", openFolds);
  document.addEventListener("click", useScript);
  window.speechSynthesis?.addEventListener?.("voiceschanged", showListening);
  document.addEventListener("submit", stopDoubleSending);
  document.addEventListener("app:shown", () => begin({ preventScroll: true }));
  window.addEventListener("popstate", () => {
    if (location.pathname !== shown) location.reload();
  });
  document.addEventListener("app:unsent", (event) => allowSending(event.target, true));
  window.addEventListener("pageshow", allowAll);
  document.addEventListener("notkept", allowAll);
  window.navigation?.addEventListener("navigate", (event) =>
    event.signal.addEventListener("abort", allowAll),
  );
}

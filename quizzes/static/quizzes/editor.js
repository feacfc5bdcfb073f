/* The Quiz tab of the lesson editor: each question has a one-line summary and only shows
   the fields of its kind, and all of them can be collapsed at once. Without this file the
   panels work like Wagtail's own, with every field. */
(() => {
  const words = document.currentScript.dataset;
  const KINDS = JSON.parse(words.kinds);

  const children = (list) => [...list.querySelectorAll(":scope > [data-inline-panel-child]")];
  const toggleOf = (child) => child.querySelector("[data-panel-toggle]");

  function fold(child, folded) {
    const toggle = toggleOf(child);
    if ((toggle.getAttribute("aria-expanded") === "false") !== folded) toggle.click();
  }

  /* Return what the line says, from the fields, or from the one field of a folded question. */
  function contentOf(child) {
    const kind = child.querySelector("select[name$='-kind']");
    if (kind) {
      return {
        kind: kind.value,
        isCritical: child.querySelector("input[name$='-critical']").checked,
        stem: child.querySelector("textarea[name$='-stem']").value,
      };
    }
    const fields = new URLSearchParams(child.querySelector("[data-folded-child]").value);
    return { kind: fields.get("kind"), isCritical: fields.has("critical"), stem: fields.get("stem") };
  }

  function summaryOf(child) {
    const { kind, isCritical, stem } = contentOf(child);
    const state = child.querySelector("[data-question-state]").dataset;
    const parts = [
      KINDS[kind]?.label,
      isCritical && words.critical,
      state.checkKey,
      Number(state.toFix) > 0 && words.toFix.replace("0", state.toFix),
      state.answers,
      stem.trim(),
    ];
    return parts.filter(Boolean).join(" · ");
  }

  function summarise(child) {
    if (child.querySelector("[data-question-summary]")) return;
    const line = document.createElement("span");
    line.className = "app-question-summary";
    line.dataset.questionSummary = "";
    child.querySelector("[data-panel-heading-text]").append(line);
    const update = () => { line.textContent = summaryOf(child); };
    child.addEventListener("input", update);
    child.addEventListener("change", update);
    update();
  }

  const isBlank = (control) => (control.type === "checkbox" ? !control.checked : !control.value.trim());

  // Fields that are filled in stay visible: they must be cleared before the lesson goes live.
  function showFieldsOfKind(child) {
    const kind = child.querySelector("select[name$='-kind']");
    const { help = "", unused = [] } = KINDS[kind.value] ?? {};
    const line = child.querySelector("[data-kind-help]");
    if (line.textContent !== help) line.textContent = help;
    for (const control of child.querySelectorAll("input[name], textarea[name]")) {
      const name = control.name.match(/-(tolerance|unit)$|-options-\d+-value-(match|right|feedback)$/);
      if (!name) continue;
      const field = name[1] ?? `options-${name[2]}`;
      const holder = control.closest(name[1] ? ".w-panel__wrapper" : "[data-contentpath]");
      holder.hidden = unused.includes(field) && isBlank(control);
    }
  }

  function followKind(child) {
    const kind = child.querySelector("select[name$='-kind']");
    if (!kind || child.querySelector("[data-kind-help]")) return;
    const line = document.createElement("p");
    line.className = "app-kind-help";
    line.dataset.kindHelp = "";
    kind.closest(".w-field").append(line);
    const update = () => showFieldsOfKind(child);
    child.addEventListener("change", update);
    new MutationObserver(update).observe(child, { childList: true, subtree: true });
    update();
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function start() {
    const list = document.getElementById("id_questions-FORMS");
    if (!list) return;
    const bar = document.createElement("div");
    bar.className = "app-question-bar";
    // One after the other, because each question is built when it is expanded.
    const foldAll = (folded) => () => children(list).forEach(
      (child, place) => (folded ? fold(child, true) : setTimeout(() => fold(child, false), place)),
    );
    bar.append(button(words.fold, foldAll(true)), button(words.unfold, foldAll(false)));
    list.before(bar);
    const refresh = () => children(list).forEach((child) => { summarise(child); followKind(child); });
    new MutationObserver(refresh).observe(list, { childList: true });
    list.addEventListener("app-child-built", refresh);
    refresh();
  }

  window.addEventListener("load", start);
})();

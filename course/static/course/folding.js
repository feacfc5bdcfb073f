/* Children of an inline panel that are built when an author opens them. Until then, one
   hidden field has what their fields would post (`course/panels/folding.py`). A child that
   was opened but not changed is still posted by that field, so that looking saves nothing. */
(() => {
  const HEAD = ["id", "translation_key", "ORDER", "DELETE", "folded"];
  const TOUCHES = ["focusin", "pointerdown", "keydown", "beforeinput", "paste", "drop"];
  const CHANGES = ["input", "change"];
  const UNTOUCHED = Symbol("nobody has been in it");
  const CHANGED = Symbol("changed before it could be read");
  // The folded field of each child that was opened → what its fields held before that.
  const opened = new Map();
  let isReading = false;

  const childOf = (node) => node.closest?.("[data-inline-panel-child]");
  const foldedIn = (child) => child?.querySelector("[data-folded-child]");

  function fieldsIn(formData, prefix) {
    const head = new Set(HEAD.map((name) => `${prefix}-${name}`));
    return [...formData].filter(([name]) => name.startsWith(`${prefix}-`) && !head.has(name));
  }

  const asText = (fields) => JSON.stringify(fields);

  function read(folded) {
    isReading = true;
    const fields = fieldsIn(new FormData(folded.form), folded.dataset.foldedChild);
    isReading = false;
    return asText(fields);
  }

  document.addEventListener("formdata", ({ formData }) => {
    if (isReading) return;
    for (const [folded, before] of opened) {
      const fields = fieldsIn(formData, folded.dataset.foldedChild);
      if (before === UNTOUCHED || before === asText(fields)) {
        fields.forEach(([name]) => formData.delete(name));
      } else {
        formData.delete(folded.name);
      }
    }
  });

  function touch({ target, type }) {
    const folded = foldedIn(childOf(target));
    if (!folded || opened.get(folded) !== UNTOUCHED || target.type === "hidden") return;
    opened.set(folded, CHANGES.includes(type) ? CHANGED : read(folded));
  }

  [...TOUCHES, ...CHANGES].forEach((type) => document.addEventListener(type, touch, true));

  function fill(control, values) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else {
      control.value = values[0] ?? "";
    }
  }

  function fillIn(content, folded) {
    const start = `${folded.dataset.foldedChild}-`;
    const values = new URLSearchParams(folded.value);
    for (const control of content.querySelectorAll(`[name^="${start}"]`)) {
      fill(control, values.getAll(control.name.slice(start.length)));
    }
    for (const [name, state] of Object.entries(JSON.parse(folded.dataset.blocks))) {
      const block = content.querySelector(`[id="${start}${name}"]`);
      block.setAttribute("data-w-block-arguments-value", JSON.stringify([state, null]));
    }
  }

  /* Return the panel's empty form with the number of this child, as Wagtail's “Add” has it. */
  function emptyForm(prefix) {
    const [, relation, number] = prefix.match(/^(.+)-(\d+)$/);
    const made = document.createElement("template");
    const html = document.getElementById(`id_${relation}-EMPTY_FORM_TEMPLATE`).innerHTML;
    made.innerHTML = html.replace(/__prefix__(.*?('|"|\\u0022))/g, `${number}$1`);
    return made.content.querySelector(".w-panel__content");
  }

  function build(folded) {
    const prefix = folded.dataset.foldedChild;
    const content = emptyForm(prefix);
    HEAD.forEach((name) => content.querySelector(`[name="${prefix}-${name}"]`)?.remove());
    content.querySelectorAll("[data-stays-when-folded]").forEach((panel) => panel.remove());
    fillIn(content, folded);
    opened.set(folded, UNTOUCHED);
    folded.after(...content.childNodes);
    folded.dispatchEvent(new CustomEvent("app-child-built", { bubbles: true }));
  }

  document.addEventListener("wagtail:panel-toggle", ({ target, detail }) => {
    const folded = detail.expanded && foldedIn(childOf(target));
    if (folded && !opened.has(folded)) build(folded);
  });

  document.addEventListener("wagtail:panel-init", ({ target, detail }) => {
    const folded = detail.expanded && foldedIn(childOf(target));
    if (folded && !opened.has(folded)) target.click();
  });
})();

/* Keep the meaning of pasted text: superscripts and subscripts are kept, and struck-out
   text is left out and listed. Draft.js ignores both on paste, and a plain field only takes
   the letters: 10⁹ would be pasted as 109. `course/rules/raised.py` has the rule for plain
   text. */
(() => {
  const words = document.currentScript.dataset;
  const raised = JSON.parse(words.raised);
  const ornaments = new RegExp(raised.ornaments, "u");
  const STRUCK = "del, s, strike";
  const STYLES = [
    ["struck", /text-decoration[^;}]*line-through/i],
    ["sup", /vertical-align:\s*super\b/i],
    ["sub", /vertical-align:\s*sub\b/i],
  ];
  const BLOCKS = /^(P|DIV|LI|UL|OL|H[1-6]|TR|TABLE|BLOCKQUOTE|PRE|DT|DD|SECTION|ARTICLE)$/;
  // Noncharacters, which never occur in text, carry a mark through Draft.js's own parsing.
  const MARKS = { sup: ["\uFDD0", "SUPERSCRIPT"], sub: ["\uFDD1", "SUBSCRIPT"] };
  const END = "\uFDD2";
  const STYLE_OF = Object.fromEntries(Object.values(MARKS));

  /* Convert what a style sheet or style attribute says to the element with that meaning. */
  function nameStyles(body, sheet) {
    const mark = (element, style) => STYLES.forEach(([name, pattern]) => {
      if (pattern.test(style)) element.dataset.pasted = `${element.dataset.pasted || ""} ${name}`;
    });
    for (const [, selector, style] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!STYLES.some(([, pattern]) => pattern.test(style))) continue;
      try {
        body.querySelectorAll(selector).forEach((element) => mark(element, style));
      } catch { /* A selector specific to Word, such as @page. */ }
    }
    body.querySelectorAll("[style]").forEach((element) => mark(element, element.getAttribute("style")));
  }

  const selectorOf = (name) => `${name}, [data-pasted~="${name}"]`;

  /* Return the pasted body without struck-out text, and the texts left out, or nothing if
       no marks would be lost. */
  function read(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    const sheets = [...page.querySelectorAll("style")].map((style) => style.textContent);
    page.querySelectorAll("style, script, title, template").forEach((element) => element.remove());
    nameStyles(page.body, sheets.join("\n").replace(/<!--|-->|\/\*.*?\*\//gs, ""));
    const struck = [...page.body.querySelectorAll(`${STRUCK}, ${selectorOf("struck")}`)]
      .filter((element) => !element.parentElement.closest(`${STRUCK}, ${selectorOf("struck")}`));
    const meant = page.body.querySelector(`${selectorOf("sup")}, ${selectorOf("sub")}`);
    if (!meant && !struck.length) return null;
    struck.forEach((element) => element.remove());
    return { body: page.body, struck: struck.map((element) => element.textContent.trim()).filter(Boolean) };
  }

  const markOf = (node) => ["sup", "sub"].find((name) => node.parentElement.closest(selectorOf(name)));

  function textsOf(body) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  }

  /* Show next to the field what was left out. */
  function tell(field, struck) {
    field.parentElement.querySelector(":scope > [data-pasted-note]")?.remove();
    if (!struck.length) return;
    const note = document.createElement("p");
    note.dataset.pastedNote = "";
    note.className = "help-block help-warning";
    note.setAttribute("role", "status");
    field.after(note);
    // Screen readers announce what is added to a status, not its initial content.
    requestAnimationFrame(() => {
      note.textContent = words.leftOut.replace("…", struck.join("”, “"));
    });
  }

  /* Rich text. */

  function withStyles(block) {
    const text = block.getText();
    let style = "";
    const characters = block.getCharacterList().map((character, place) => {
      style = STYLE_OF[text[place]] || (text[place] === END ? "" : style);
      return style ? window.DraftJS.CharacterMetadata.applyStyle(character, style) : character;
    });
    const isMark = (letter) => letter === END || letter in STYLE_OF;
    return block.merge({
      text: [...text].filter((letter) => !isMark(letter)).join(""),
      characterList: characters.filter((character, place) => !isMark(text[place])),
    });
  }

  function insert(body, editorState) {
    const { convertFromHTML, BlockMapBuilder, EditorState, Modifier } = window.DraftJS;
    textsOf(body).forEach((node) => {
      const name = markOf(node);
      if (name && node.data.trim()) node.data = `${MARKS[name][0]}${node.data}${END}`;
    });
    const { contentBlocks, entityMap } = convertFromHTML(body.innerHTML);
    const fragment = BlockMapBuilder.createFromArray((contentBlocks || []).map(withStyles));
    const content = Modifier.replaceWithFragment(
      editorState.getCurrentContent(), editorState.getSelection(), fragment,
    );
    return EditorState.push(editorState, content.set("entityMap", entityMap), "insert-fragment");
  }

  function pasteIntoRichText(text, html, editorState, { setEditorState }) {
    const pasted = read(html);
    if (!pasted) return "not-handled";
    if (textsOf(pasted.body).some((node) => node.data.trim())) {
      setEditorState(insert(pasted.body, editorState));
    }
    tell(document.activeElement.closest("[data-draftail-editor]"), pasted.struck);
    return "handled";
  }

  window.draftail?.registerPlugin(
    { type: "pasting", handlePastedText: pasteIntoRichText }, "plugins",
  );

  /* Plain text. */

  function set(text, characters, sign) {
    const bare = text.trim();
    if (!bare) return text;
    const small = [...bare].every((letter) => letter in characters)
      ? [...bare].map((letter) => characters[letter]).join("")
      : sign + (/^[\p{L}\p{N}]+$/u.test(bare) ? bare : `(${bare})`);
    return text.replace(bare, () => small);
  }

  const plain = {
    sup(text) {
      const bare = text.trim();
      if (!bare || ornaments.test(bare)) return text;
      if (bare in raised.signs) return text.replace(bare, () => raised.signs[bare]);
      return set(text, { ...raised.above, ",": ",", " ": " " }, "^");
    },
    sub(text) {
      const letters = /[0-9]/.test(text) ? text.match(/\p{L}/gu) || [] : [];
      const kept = Object.fromEntries(letters.map((letter) => [letter, letter]));
      return set(text, { ...kept, ...raised.below }, "_");
    },
  };

  /* Return the inner text, with one line per block. */
  function lines(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\r\n\f]+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.tagName === "BR") return "\n";
    const inside = [...node.childNodes].map(lines).join("");
    const name = ["sup", "sub"].find((mark) => node.matches(selectorOf(mark)));
    if (name) return plain[name](inside);
    if (/^T[DH]$/.test(node.tagName)) return `${inside.trim()}\t`;
    return BLOCKS.test(node.tagName) ? `\n${inside}\n` : inside;
  }

  function plainText(body) {
    return lines(body).split("\n").map((line) => line.replace(/ {2,}/g, " ").trim()).filter(Boolean).join("\n");
  }

  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.("textarea, input:not([type]), input[type=text]");
    const pasted = field && read(event.clipboardData?.getData("text/html"));
    if (!pasted) return;
    event.preventDefault();
    const text = plainText(pasted.body);
    // The only way to insert text that the browser's Undo can revert.
    if (text) document.execCommand("insertText", false, field.matches("input") ? text.replace(/\s+/g, " ") : text);
    tell(field, pasted.struck);
  });

  // For the test that compares this with the server's rule.
  window.anteroomPasting = plain;
})();

// Reads the page aloud, sentence by sentence, with a voice of the device, and marks the
// sentence. A pause ends the sentence, which is read again: on many phones, speech that was
// paused does not go on.

const KEY = "anteroom.listening"; // This module alone reads and writes it.
const NOT_READ = "nav, button, select, script, style, svg, template, [aria-hidden=true], .app-cite, .app-listen";
const marks = window.Highlight && CSS.highlights ? new Highlight() : null;
marks && CSS.highlights.set("spoken", marks);

let bar = null;
let sentences = [];
let at = 0;
let turn = 0; // What ends after its turn, was cancelled.

// What is read is content, whose language may not be that of the page around it.
const languageRead = () => document.querySelector("[data-listen]").dataset.listen;

const findVoice = (language = languageRead()) =>
  speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language.split("-")[0])
    .sort((one, other) => (other.lang === language) - (one.lang === language))[0];

const findBlock = (element) => {
  let block = element;
  while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
  return block;
};

// Runs of text that nobody would read in one breath are in different blocks.
const findRuns = (main) => {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const runs = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(NOT_READ)) continue;
    if (element.checkVisibility && !element.checkVisibility()) continue;
    const block = findBlock(element);
    if (runs.at(-1)?.block === block) runs.at(-1).nodes.push(node);
    else runs.push({ block, nodes: [node] });
  }
  return runs;
};

const splitSentences = (text) => {
  if (!Intl.Segmenter) return [{ index: 0, segment: text }];
  return new Intl.Segmenter(languageRead(), { granularity: "sentence" }).segment(text);
};

const rangeOf = (nodes, from, to) => {
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const end = before + node.length;
    if (from >= before && from < end) range.setStart(node, from - before);
    if (to > before && to <= end) range.setEnd(node, to - before);
    before = end;
  }
  return range;
};

const findSentences = (main) =>
  findRuns(main).flatMap(({ block, nodes }) => {
    const text = nodes.map((node) => node.data).join("");
    return [...splitSentences(text)]
      .map(({ index, segment }) => ({
        block,
        text: segment.replace(/\s+/g, " ").trim(),
        range: rangeOf(nodes, index, index + segment.trimEnd().length),
      }))
      .filter((sentence) => sentence.text);
  });

const mark = (sentence) => {
  marks?.clear();
  for (const block of document.querySelectorAll("[data-spoken]")) delete block.dataset.spoken;
  if (!sentence) return;
  if (marks) marks.add(sentence.range);
  else sentence.block.dataset.spoken = "";
  const { top, bottom } = sentence.range.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - bar.offsetHeight) sentence.block.scrollIntoView({ block: "center" });
};

const show = (state) => {
  const play = bar.querySelector("[data-script]");
  play.dataset.play ??= play.textContent;
  play.textContent = play.dataset[{ playing: "pause", paused: "resume" }[state] ?? "play"];
  bar.dataset.state = state;
  for (const part of bar.querySelectorAll("[data-while]")) part.hidden = !state;
};

const say = () => {
  const mine = ++turn;
  const sentence = sentences[at];
  const voice = findVoice();
  if (!sentence?.block.isConnected || !voice) return stop();
  mark(sentence);
  const utterance = new SpeechSynthesisUtterance(sentence.text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = Number(bar.querySelector("select").value);
  utterance.onend = () => {
    if (mine !== turn) return;
    at += 1;
    say();
  };
  utterance.onerror = () => mine === turn && pause();
  speechSynthesis.speak(utterance);
};

const pause = () => {
  turn += 1;
  speechSynthesis.cancel();
  show("paused");
};

const play = () => {
  speechSynthesis.cancel();
  show("playing");
  say();
};

const stop = () => {
  turn += 1;
  speechSynthesis.cancel();
  mark(null);
  if (bar) show("");
};

const showKeptSpeed = (select) => {
  try {
    const kept = localStorage.getItem(KEY);
    if ([...select.options].some((each) => each.value === kept)) select.value = kept;
  } catch {
    // Where nothing may be kept, pages are read at the usual speed.
  }
};

const keepSpeed = (select) => {
  try {
    if (select.selectedOptions[0].defaultSelected) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, select.value);
  } catch {
    // It holds for this page.
  }
};

const start = (element) => {
  bar = element;
  const speed = bar.querySelector("select");
  showKeptSpeed(speed);
  bar.querySelector("[data-stop]").onclick = () => {
    stop();
    bar.querySelector("[data-script]").focus();
  };
  speed.onchange = () => {
    keepSpeed(speed);
    if (bar.dataset.state === "playing") play();
  };
};

export const use = (button) => {
  const here = button.closest(".app-listen");
  if (here !== bar) {
    stop();
    start(here);
  }
  if (bar.dataset.state === "playing") return pause();
  if (bar.dataset.state !== "paused") {
    sentences = findSentences(document.querySelector("main"));
    at = 0;
  }
  play();
};

addEventListener("pagehide", stop);
document.addEventListener("app:shown", stop);
addEventListener("keydown", (event) => event.key === "Escape" && bar?.dataset.state && stop());

// Without a network: of all options, which a phone keeps side by side, leaves those that the
// address names. The list of options has the order of the columns.

const FEWEST = 2;
const MOST = 3;
const named = new Set(new URLSearchParams(location.search).getAll("option"));
const boxes = [...document.querySelectorAll("[name=option]")];
for (const box of boxes) box.checked = named.has(box.value);
const isChosen = boxes.map((box) => box.checked);
const number = isChosen.filter(Boolean).length;

const leaveChosen = (table) => {
  const options = boxes.length;
  for (const row of table.rows) {
    const cells = [...row.cells];
    if (cells.length === options) cells.forEach((cell, place) => isChosen[place] || cell.remove());
    else cells[0].colSpan = number;
  }
  table.className = `app-compare app-compare--${number}`;
};

if (number >= FEWEST && number <= MOST) {
  leaveChosen(document.querySelector("[data-compared] table"));
  for (const part of document.querySelectorAll("[data-compared]")) part.hidden = false;
}
// The list itself says how many to choose.
const problem = document.querySelector("[data-problem]");
problem.hidden = number === named.size;
if (!problem.hidden) problem.focus();

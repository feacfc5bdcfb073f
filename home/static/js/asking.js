// What “Ask this” and “Share” do when they are pressed. Without this file, “Ask this” is a
// link, and the buttons that share are not shown.

// The same form that stands on the page behind the link, fetched and sent in place.
const askInPlace = async (link) => {
  const text = await (await fetch(link.href)).text();
  const form = new DOMParser().parseFromString(text, "text/html").querySelector("main form");
  const response = await fetch(link.href, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Prefer: "return=minimal" },
  });
  if (response.status !== 204) throw new Error(response.status);
  link.href = new URL("../", link.href); // The list itself.
  link.textContent = link.dataset.ask;
  link.removeAttribute("data-ask");
  link.focus();
};

// A lesson is shared whole or in part: the button offers its headings as well.
const sharePage = (part, button) => {
  const headings = [...document.querySelectorAll(".app-lesson__body h2[id]")];
  const { sharePage: address, isOpen } = part.dataset;
  if (button.dataset.address || !headings.length) return share(part, button.dataset.address ?? address);
  if (isOpen) return undefined;
  part.dataset.isOpen = "yes";
  const choices = [[address, button.textContent], ...headings.map((each) => [`#${each.id}`, each.textContent])];
  const made = choices.map(([to, label]) => {
    const choice = button.cloneNode();
    choice.dataset.address = to;
    choice.textContent = label;
    return choice;
  });
  button.after(...made.flatMap((choice) => [document.createElement("br"), choice]));
  made[0].focus();
  return undefined;
};

// The device's own sheet, or else the link is copied; if that is forbidden, it is shown.
const share = async (part, address) => {
  const said = part.querySelector("[role=status]");
  const url = new URL(address, location.href).href;
  try {
    if (navigator.share) return await navigator.share({ url });
    await navigator.clipboard.writeText(url);
    said.textContent = said.dataset.copied;
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = url;
  }
};

// Raises an error if a question could not be put on the list.
export const use = (used) => (used.dataset.ask ? askInPlace(used) : sharePage(used.parentElement, used));

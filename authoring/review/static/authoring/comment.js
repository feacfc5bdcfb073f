// The start page leads to a comment. Wagtail marks it, but keeps the comments closed.
window.addEventListener("load", () => {
  const wanted = new URLSearchParams(window.location.search).get("comment");
  const toggle = document.querySelector('[data-side-panel-toggle="comments"]');
  const openComments = () => {
    if (toggle.getAttribute("aria-expanded") !== "true") {
      toggle.click();
    }
  };
  if (wanted && toggle) {
    // Wagtail opens what was open last a moment later.
    setTimeout(openComments);
  }
});

/* Buttons that move a list item into the list above it, and out again, as Tab and
   Shift + Tab do. Who writes on a tablet, or leaves a field with Tab, needs a button. */
(() => {
  // Some pages with editors have none for rich text.
  if (!window.draftail) return;
  const words = document.currentScript.dataset;
  // As Wagtail sets `maxListNesting`.
  const DEEPEST = 4;
  const [inwards, outwards] = document.documentElement.dir === "rtl" ? "⇤⇥" : "⇥⇤";
  const MOVES = [
    { name: "deeper", text: inwards, label: words.deeper, shiftKey: false },
    { name: "higher", text: outwards, label: words.higher, shiftKey: true },
  ];

  const moved = (state, shiftKey) =>
    window.DraftJS.RichUtils.onTab({ preventDefault() {}, shiftKey }, state, DEEPEST);

  /* `onTab` returns the state that it got where there is nothing to move. */
  const button = ({ name, text, label, shiftKey }, { getEditorState, onChange }) =>
    window.React.createElement(window.Draftail.ToolbarButton, {
      key: name,
      name,
      label: text,
      title: label,
      onClick: () => onChange(moved(getEditorState(), shiftKey)),
    });

  const SubListButtons = (editor) => {
    const isInList = window.Draftail.DraftUtils.getSelectedBlock(editor.getEditorState())
      .getType().endsWith("-list-item");
    return isInList ? MOVES.map((move) => button(move, editor)) : null;
  };

  window.draftail.registerPlugin({ type: "sub-list", inline: SubListButtons }, "controls");
})();

// Ctrl+S, or Cmd+S, presses the button that saves a form and goes on with it. Without it the button is pressed by hand.
"use strict";

document.addEventListener("keydown", (event) => {
  const isSave = event.key?.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const button = document.querySelector("[name=_continue]") ?? document.querySelector("[name=_save]");
  if (!isSave || !button || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (!event.repeat) button.click();
});

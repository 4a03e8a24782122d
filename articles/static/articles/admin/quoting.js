// Takes words selected in the text as a quote by hand, with their exact place. Without it they are copied into the field.
"use strict";

const quoteButton = document.createElement("button");
quoteButton.type = "button";
quoteButton.className = "quote-these";
quoteButton.textContent = "Quote these words";
let taken = null;

// Code points, as the server counts them: an emoji is one, though it is two units of a JavaScript string.
function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element.closest("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + Array.from(before.toString()).length;
}

function selectedWords() {
  const selection = document.getSelection();
  const text = document.getElementById("record-text");
  if (!selection.rangeCount || selection.isCollapsed || !document.getElementById("by-hand")) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  const words = selection.toString().trim();
  return start === null || end === null || !words ? null : { start, end, words, place: range.getBoundingClientRect() };
}

document.addEventListener("selectionchange", () => {
  taken = selectedWords();
  if (!taken) return quoteButton.remove();
  document.body.append(quoteButton);
  quoteButton.style.left = `${Math.max(8, taken.place.left + window.scrollX)}px`;
  quoteButton.style.top = `${taken.place.bottom + window.scrollY + 6}px`;
});

quoteButton.addEventListener("mousedown", (event) => event.preventDefault());
quoteButton.addEventListener("click", () => {
  document.getElementById("words-new").value = taken.words;
  document.querySelector("[name=start]").value = taken.start;
  document.querySelector("[name=end]").value = taken.end;
  document.getElementById("number-new").value = "";
  document.getSelection().removeAllRanges();
  document.getElementById("by-hand").scrollIntoView({ block: "nearest" });
  document.getElementById("who-new").focus();
});

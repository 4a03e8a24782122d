// Who said it: on hover, focus or touch of a quoted passage a note names the speaker and leads to the quote.
// Without this script the style sheet names the speaker on hover. The note can be reached, stays, and goes with Escape.
const BLOCKS = "p, li, h2, h3, blockquote";
const LINGER = 300; // ms: for a pointer on its way from the words to the note
const quotes = [...document.querySelectorAll("q.said")];
const note = document.createElement("span");
let leaving = 0;
let shown = null;

function hide() {
  clearTimeout(leaving);
  note.remove();
  shown?.removeAttribute("aria-describedby");
  for (const part of document.querySelectorAll(".is-shown")) part.classList.remove("is-shown");
  shown = null;
}

function hideSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, LINGER);
}

function show(words) {
  clearTimeout(leaving);
  if (shown === words) return;
  hide();
  const link = document.createElement("a");
  link.href = words.cite;
  link.textContent = words.closest("[data-quote]").dataset.quote;
  const who = document.createElement("span");
  who.id = "said-who";
  who.textContent = words.dataset.who;
  note.replaceChildren(who, " ", link);
  words.after(note);
  words.setAttribute("aria-describedby", who.id);
  for (const part of quotes) part.classList.toggle("is-shown", part.cite === words.cite);
  shown = words;
}

// The note stays while the pointer is in its paragraph, or the focus on the words or in the note.
function leave(event) {
  const to = event.relatedTarget;
  if (!shown || shown.contains(to) || note.contains(to)) return;
  if (shown.contains(document.activeElement) || note.contains(document.activeElement)) return;
  hideSoon();
}

function follow(words) {
  if (words.closest("a")) return;
  words.tabIndex = 0;
  words.addEventListener("pointerenter", () => show(words));
  words.addEventListener("focus", () => show(words));
  words.addEventListener("click", () => show(words));
}

function begin() {
  note.className = "said-note";
  note.addEventListener("pointerenter", () => clearTimeout(leaving));
  document.documentElement.classList.add("has-said");
  quotes.forEach(follow);
  for (const block of new Set(quotes.map((one) => one.closest(BLOCKS)))) {
    block?.addEventListener("pointerleave", leave);
  }
  document.addEventListener("focusout", (event) => {
    if (shown && (event.target === shown || note.contains(event.target))) {
      if (event.relatedTarget !== shown && !note.contains(event.relatedTarget)) hideSoon();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

if (quotes.length) begin();

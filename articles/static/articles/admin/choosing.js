// Opens the fields of a find in its place; digits and letters choose who it is. Without it the link leads to a page.
"use strict";

const folded = new Map(); // cards as they were before their fields were opened
let [opening, letters, lastLetter] = [null, "", 0];

function listAll(place) {
  for (const select of place.querySelectorAll(".find.opened select[name^=who-]")) {
    select.size = Math.min(select.options.length, 9);
    [...select.options].slice(1, 10).forEach((one, at) => { one.label = `${at + 1}. ${one.text}`; });
  }
}

async function openFind(link) {
  const find = link.closest(".find");
  const address = new URL(link.href);
  address.searchParams.set("place", partOf("finds").elements.place.value);
  const response = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = answer.getElementById(find.id);
  if (!fresh?.classList.contains("opened")) return say("It waits no longer, or you are logged out. Load the page again.");
  folded.set(find.id, find);
  letters = "";
  putBack(fresh, answer.getElementById(find.id.replace("find-", "record-")));
  listAll(document);
  focusOn(fresh.id);
}

function change(find) {
  const link = find.querySelector("a.change");
  if (!link) focusOn(find.id); else opening ??= openFind(link).catch(() => say("No answer from the desk. Try again.")).finally(() => { opening = null; });
}

function close(find) {
  const before = folded.get(find.id);
  if (before) find.replaceWith(before);
  folded.delete(find.id);
  (before?.querySelector(DECIDES) ?? find.querySelector("button[name=accept]"))?.focus();
}

function byLetters(select, letter) {
  letters = Date.now() - lastLetter < 1000 ? letters + letter : letter;
  lastLetter = Date.now();
  const fits = [...select.options].find((one) => ` ${one.text}`.toLowerCase().includes(` ${letters.toLowerCase()}`));
  if (fits) return void (fits.selected = true);
  const field = select.closest(".find").querySelector(".by-name input");
  select.value = "known"; // nobody of the list: the letters begin a name
  field.value = letters;
  field.focus();
  field.setSelectionRange(letters.length, letters.length);
}

function choose(select, key) {
  const card = select.closest(".find");
  const empty = [...card.querySelectorAll(".by-name input, .if-unnamed input")].find((one) => one.offsetParent && !one.value);
  if (/^[1-9]$/.test(key)) select.selectedIndex = select.options[key] ? Number(key) : select.selectedIndex;
  else if (key === "Enter") (empty ? empty.focus() : card.querySelector("button[name=accept]").click());
  else if (/^[\p{L}\p{M}]$/u.test(key)) byLetters(select, key);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isWho = (place) => place.matches(".find.opened select[name^=who-]");
  const card = event.target.closest(".find.opened");
  if (opening) opening = opening.then(() => { if (isWho(document.activeElement)) choose(document.activeElement, event.key); });
  else if (event.key === "Escape" && card) close(card);
  else if (!isWho(event.target) || !choose(event.target, event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".find a.change");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  change(link.closest(".find"));
});
document.addEventListener("record-shown", () => { folded.clear(); listAll(document); });
listAll(document);

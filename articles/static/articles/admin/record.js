// Sends a decision about the record and shows what came of it in its place. Without it each is a page of its own.
"use strict";

const SWAPPED = ["record-panel", "record-text", "by-hand", "record-forms", "publish-check"];

const ACCEPTS = "button.default, [name=accept-shown]:not(.rival)";
const DECIDES = `${ACCEPTS}, a.change`;
const partOf = (id) => document.getElementById(id);
function say(words) {
  partOf("record-said").textContent = words;
}

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
}

function isTyped(place) {
  return [...place.querySelectorAll("input, select, textarea")].some(isChanged);
}

// What somebody has written at another find stays, with the form that it belongs to.
function putBack(find, form) {
  const fresh = partOf(find.id);
  if (!fresh || fresh.classList.contains("done")) return;
  fresh.replaceWith(find);
  partOf(form.id)?.remove();
  partOf("record-forms").append(form);
}

function focusOn(id) {
  const place = partOf(id);
  if (!place) return;
  const field = place.querySelector("select, textarea") ?? place.querySelector(DECIDES);
  place.scrollIntoView({ block: "nearest" });
  (id === "record-panel" ? place : field ?? place).focus({ preventScroll: true });
}

function show(answer, key) {
  const open = [...document.querySelectorAll(".find.opened, .find.loose")];
  const kept = open.filter((find) => find.id !== `find-${key}` && isTyped(find))
    .map((find) => [find, partOf(find.id.replace("find-", "record-"))]);
  const isFolded = !partOf("record-folded")?.open;
  const text = partOf("record-text")?.scrollTop;
  for (const id of SWAPPED) {
    const [old, fresh] = [partOf(id), answer.getElementById(id)];
    if (old && fresh && !(id === "by-hand" && key !== "new" && isTyped(old))) old.replaceWith(document.adoptNode(fresh));
  }
  if (text) partOf("record-text").scrollTop = text;
  if (!isFolded) partOf("record-folded")?.setAttribute("open", "");
  for (const [find, form] of kept) putBack(find, form);
  partOf("record-said").replaceChildren(...answer.getElementById("record-said").childNodes);
  document.dispatchEvent(new Event("record-shown"));
  focusOn(partOf("record-panel").dataset.focus);
}

async function send(form, button) {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const options = { method: "POST", body, headers: { "X-Requested-With": "fetch" } };
  const response = await fetch(form.getAttribute("action"), options);
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  const key = form.id === "finds" ? button.value.split("=")[0] : form.id.replace("record-", "");
  if (answer.getElementById("record-panel")) return show(answer, key);
  say(`Not done: the desk answered ${response.status}. Load the page again; you may have been logged out.`);
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.closest("#record-forms") || !button) return;
  event.preventDefault();
  if (document.querySelector("[data-sending]")) return;
  button.dataset.sending = "";
  button.setAttribute("aria-busy", "true");
  send(event.target, button)
    .catch(() => say("No answer from the desk: it is not known whether this was done. Load the page again."))
    .finally(() => { delete button.dataset.sending; button.removeAttribute("aria-busy"); });
});

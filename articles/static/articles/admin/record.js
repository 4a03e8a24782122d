// Sends a decision about the record and shows what came of it in its place. Without it each is a page of its own.
"use strict";

const SWAPPED = ["record-panel", "record-text", "by-hand", "record-forms", "publish-check"];

function say(words) {
  document.getElementById("record-said").textContent = words;
}

function fieldsOutside(formId) {
  const all = document.querySelectorAll("#record-panel [name], #by-hand [name]");
  return [...all].filter((field) => field.form?.id !== formId && field.type !== "hidden" && field.tagName !== "BUTTON");
}

function typedOutside(formId) {
  const typed = new Map();
  for (const field of fieldsOutside(formId)) {
    const isChanged = field.type === "checkbox" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? !field.selectedOptions[0]?.defaultSelected
      : field.value !== field.defaultValue;
    if (isChanged) typed.set(field.name, field.type === "checkbox" ? field.checked : field.value);
  }
  return typed;
}

function putBack(typed, opened) {
  for (const [name, value] of typed) {
    const field = document.getElementsByName(name)[0];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value; else field.value = value;
    if (field.tagName === "SELECT" && field.value !== value) field.selectedIndex = 0;
    field.closest("details")?.setAttribute("open", "");
  }
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
}

function focusOn(id) {
  const place = document.getElementById(id);
  if (!place) return;
  const field = place.querySelector("details.answers[open] select, textarea") ?? place.querySelector(".as-shown");
  place.scrollIntoView({ block: "nearest" });
  (id === "record-panel" ? place : field || place).focus({ preventScroll: true });
}

function show(answer, formId) {
  const typed = typedOutside(formId);
  const opened = [...document.querySelectorAll("#record-panel details[open]:not([data-unfolded])")].map((one) => one.id);
  const text = document.getElementById("record-text")?.scrollTop;
  for (const id of SWAPPED) {
    const fresh = answer.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
  }
  if (text) document.getElementById("record-text").scrollTop = text;
  putBack(typed, opened.filter((id) => id !== formId.replace("record-", "answers-")));
  say(answer.getElementById("record-said").textContent);
  focusOn(document.getElementById("record-panel").dataset.focus);
}

async function send(form, button) {
  const body = new FormData(form);
  body.append(button.name, button.value);
  const options = { method: "POST", body, headers: { "X-Requested-With": "fetch" } };
  const response = await fetch(form.getAttribute("action"), options);
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (answer.getElementById("record-panel")) return show(answer, form.id);
  say(`Not done: the desk answered ${response.status}. Load the page again; you may have been logged out.`);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.id.startsWith("record-") || !event.submitter) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  event.submitter.setAttribute("aria-busy", "true");
  send(form, event.submitter)
    .catch(() => say("No answer from the desk: it is not known whether this was done. Load the page again."))
    .finally(() => { delete form.dataset.busy; event.submitter.removeAttribute("aria-busy"); });
});

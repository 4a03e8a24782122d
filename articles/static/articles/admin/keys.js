// One key a decision: on the find that has the focus, else on the first that waits. Never while somebody writes.
"use strict";

const SWITCH = "desk-keys"; // kept in this browser: "off" when single keys are switched off
const isForm = Boolean(partOf("article_form"));
const isOn = () => { try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; } };

function waitingFinds() {
  return [...document.querySelectorAll(".finds .find:not(.done)")].filter((one) => one.offsetParent);
}

function currentFind() {
  return document.activeElement.closest(".finds .find") ?? waitingFinds()[0];
}

function goTo(find) {
  if (!find) return say("That was the last one.");
  find.scrollIntoView({ block: "nearest" });
  (find.querySelector(`${DECIDES}, button`) ?? find).focus({ preventScroll: true });
}

function step(by) {
  const waiting = waitingFinds();
  const at = waiting.indexOf(document.activeElement.closest(".finds .find"));
  goTo(at < 0 ? waiting[0] : waiting[at + by]);
}

function press(name) {
  currentFind()?.querySelector(`button[name=${name}]`)?.click();
}

function accept() {
  const find = currentFind();
  const button = find?.querySelector(ACCEPTS);
  if (button) button.click(); else if (find) change(find);
}

function undo() {
  const button = document.activeElement.closest(".find.done")?.querySelector("[name=undo]")
    ?? document.querySelector("#record-said [name=undo]");
  if (button) button.click(); else say("There is nothing to undo here.");
}

function help() {
  const keys = partOf("record-keys");
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
}

const KEYS = {
  y: accept, x: () => press("reject"), c: () => { if (currentFind()) change(currentFind()); }, u: undo,
  j: () => step(1), k: () => step(-1), "?": help,
};

document.addEventListener("keydown", (event) => {
  const place = event.target;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !isOn()) return;
  if (place.closest("input, select, textarea, [contenteditable=true], [role=textbox]")) return;
  if (isForm && !place.closest("#record-panel, #record-said, #record-keys")) return;
  if (!(event.key in KEYS) || document.querySelector("[data-sending]")) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("focusin", (event) => {
  const find = event.target.closest(".finds .find:not(.done)");
  const names = { [ACCEPTS]: "y", "a.change": "c", "button[name=reject]": "x" };
  for (const [which, key] of Object.entries(find && isOn() ? names : {})) find.querySelector(which)?.setAttribute("aria-keyshortcuts", key);
});
for (const list of document.querySelectorAll("#record-keys")) {
  list.hidden = false;
  partOf("keys-switch").checked = isOn();
  partOf("keys-switch").addEventListener("change", (event) => {
    try { localStorage.setItem(SWITCH, event.target.checked ? "on" : "off"); } catch { say("This browser keeps no settings."); }
  });
}
if (!isForm && !location.hash && matchMedia("(min-width: 1024px)").matches && waitingFinds()[0]) focusOn(waitingFinds()[0].id);

// The form of a story as its values: what is compared, stored and sent. The page tells the rest (session/_draft.html).
"use strict";

const storyForm = document.getElementById("article_form");
const draftLine = document.getElementById("draft");
// What belongs to the page and not to the text: another one each time that the form is shown.
const FIELDS_OF_PAGE = ["csrfmiddlewaretoken", "form_token", "form_owner", "draft_token", "draft_changed"];

// Gives the fields as [name, value] pairs; files cannot be kept.
function draftValues(form = storyForm) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !FIELDS_OF_PAGE.includes(name));
}

// Gives values as a text that is the same for the same words, whatever revision they were written on.
function draftState(values) {
  return JSON.stringify(values.filter(([name]) => name !== "seen_revision"));
}

// Gives the state of the form as the page brought it, also when the browser has filled it in again.
function stateOfPage() {
  const form = storyForm.cloneNode(true);
  form.reset();
  return draftState(draftValues(form));
}

// Gives milliseconds since 1970 as the time where the paper is, with the day if ``parts`` ask for it.
function draftTime(at, parts = {}) {
  const language = document.documentElement.lang.replace(/^en$/, "en-GB") || "en-GB";
  const options = { timeZone: draftLine.dataset.timeZone, hour: "2-digit", minute: "2-digit", ...parts };
  return new Date(at).toLocaleString(language, options);
}

async function freshCsrfToken() {
  const session = await (await fetch(document.getElementById("sign-in").dataset.address)).json();
  if (session.username !== draftLine.dataset.username) throw new Error("signed out");
  return session.csrf_token;
}

// Posts [name, value] pairs as this page's account and gives the answer; throws for any but a good one.
async function postToDesk(address, pairs, isLeaving = false) {
  const csrf = storyForm.elements.csrfmiddlewaretoken;
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value ?? "");
  body.append("form_owner", storyForm.elements.form_owner.value);
  const options = { method: "POST", body, redirect: "manual", keepalive: isLeaving };
  const post = () => fetch(address, { ...options, headers: { "X-CSRFToken": csrf.value }, signal: AbortSignal.timeout(20_000) });
  let response = await post();
  if (response.status === 403 && !isLeaving) { // signed in anew in another tab: the token is another one
    csrf.value = await freshCsrfToken();
    response = await post();
  }
  if (!response.ok) throw new Error(`The desk answered ${response.status}`);
  return response.json();
}

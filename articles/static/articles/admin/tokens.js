// A form that the back button fills in again is the form that was sent: the page is fetched anew, with another token,
// but what was written in it is put back by the browser, and its token here. Without it the desk sees a form of its own.
"use strict";

const TOKEN = "input[name=form_token]";
const keyOf = (form) => `token of ${form.id} ${form.action}`;

function isFilledIn(form) {
  const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea")];
  return fields.some((field) => field.value !== field.defaultValue);
}

document.addEventListener("submit", ({ target }) => {
  const field = target.querySelector(TOKEN);
  if (field) history.replaceState({ ...history.state, [keyOf(target)]: field.value }, "");
});

window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(TOKEN)) {
    const sent = history.state?.[keyOf(field.form)];
    if (sent && isFilledIn(field.form)) field.value = sent;
  }
});

// Asks before a page with unsaved changes is left. The server refuses nothing for want of it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  if (!form) return;
  let isChanged = Boolean(document.querySelector(".errornote:not(.record *), .notice.opened"));
  // Fields of the record stand inside, but belong to forms of their own: nothing of the story changes with them.
  const isOurs = (field) => !field.form || field.form === form;
  const note = (event) => { if (event.isTrusted && isOurs(event.target)) isChanged = true; };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
});

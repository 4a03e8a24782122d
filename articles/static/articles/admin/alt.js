// Asks for the alternative text before a picture is sent, so that the file stays chosen. Without it the server refuses.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const alt = document.getElementById("id_alt");
  const decorative = document.getElementById("id_is_decorative");
  if (!alt || !decorative) return;
  const errors = document.createElement("ul");
  errors.className = "errorlist";
  errors.id = "alt-missing";
  const say = (text) => {
    errors.replaceChildren(...(text ? [Object.assign(document.createElement("li"), { textContent: text })] : []));
    alt.setAttribute("aria-invalid", text ? "true" : "false");
  };
  errors.setAttribute("role", "alert");
  alt.closest(".form-row").prepend(errors);
  // At the window, before the session is asked for: nothing is sent that the server would refuse.
  window.addEventListener("submit", (event) => {
    if (event.target !== alt.form || alt.value.trim() || decorative.checked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(alt.dataset.missing);
    alt.focus();
  }, true);
  for (const field of [alt, decorative]) field.addEventListener("input", () => say(""));
});

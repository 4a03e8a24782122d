// Counts the characters of headline, kicker and dek while they are written. Without it the help text and maxlength remain.
"use strict";

function counter(input) {
  const best = Number(input.dataset.count);
  const output = document.createElement("output");
  output.className = "count";
  output.htmlFor = input.id;
  const show = () => {
    const length = Array.from(input.value).length;
    output.value = `${length} of about ${best}`;
    output.classList.toggle("over", length > best);
  };
  input.addEventListener("input", show);
  input.closest(".form-row").prepend(output);
  show();
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-count]").forEach(counter);
});

// Names what other programs leave without a name, for those who hear the page: the editor and the choosers' search fields.
"use strict";

function labelled(row) {
  return row?.querySelector("label, legend")?.textContent.replace(/:\s*$/, "").trim();
}

function nameAll() {
  const nameless = ".ProseMirror[contenteditable=true]:not([aria-label]), .select2-search__field:not([aria-label]), "
    + ".select2-selection--single:not([aria-label]), .select2-selection__rendered[role=textbox]:not([aria-label])";
  for (const element of document.querySelectorAll(nameless)) {
    const name = labelled(element.closest(".form-row")) || "Search";
    element.setAttribute("aria-label", name);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
});

// The ways of leaving a story's form: each stores what is written, and asks only where it is stored nowhere.
"use strict";

if (storyForm && draftLine) {
  let looking = 0;
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return startDraft();
    if (draft.sent !== null) storyForm.elements.draft_token.value = newDraftToken(); // the text before was sent, and may be saved
    Object.assign(draft, { sent: null, here: null });
  });
  storyForm.addEventListener("input", () => {
    clearTimeout(looking);
    looking = setTimeout(lookAtForm, 400); // sooner than the next look: who leaves now is not asked
  });
  storyForm.addEventListener("submit", () => {
    lookAtForm();
    draft.sent = draft.now;
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") lookAtForm(true); });
  window.addEventListener("pagehide", () => lookAtForm(true));
  window.addEventListener("beforeunload", (event) => {
    lookAtForm(true);
    if (!isDraftStored()) event.preventDefault();
  });
}

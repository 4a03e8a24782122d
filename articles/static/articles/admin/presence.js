// Tells who else has this story open, and who saved it meanwhile: a request a minute while the page is seen. Without it
// the page says who had it open when it was opened, and the next Save says who saved it.
"use strict";

{
  const line = document.getElementById("presence");
  const EVERY = 60_000;
  let [requestedAt, requestedState] = [Date.now(), null];

  function tell(part, text) {
    if (part.textContent !== text) part.textContent = text;
  }

  async function ask() {
    const typed = requestedState !== null && draft.now !== requestedState ? [["typed", "1"]] : [];
    [requestedAt, requestedState] = [Date.now(), draft.now];
    const seen = storyForm.elements.seen_revision?.value;
    const answer = await postToDesk(line.dataset.address, [["seen", seen], ...typed]);
    tell(line.querySelector("[data-others]"), answer.others);
    tell(line.querySelector("[data-saved] span"), answer.saved);
    line.querySelector("[data-saved]").hidden = !answer.saved;
  }

  function askInTime() {
    const isTime = document.visibilityState === "visible" && Date.now() - requestedAt >= EVERY;
    if (isTime) ask().catch(() => {}); // the next minute asks again; Save compares in any case
  }

  if (storyForm && line) {
    window.addEventListener("pageshow", () => { requestedState ??= draft.now; });
    document.addEventListener("visibilitychange", askInTime);
    setInterval(askInTime, EVERY / 12);
  }
}

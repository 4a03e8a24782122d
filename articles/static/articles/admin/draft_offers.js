// Offers what this browser has stored and the desk has not, beside what the desk offers: each text once, the newest first.
"use strict";

const offerList = document.getElementById("unsaved-forms");

// Puts a text of this browser among the others.
function offerDraft(row) {
  const offer = document.getElementById("local-draft").content.firstElementChild.cloneNode(true);
  const words = offer.querySelector("strong");
  const headline = Object.fromEntries(row.values).headline?.trim().slice(0, 80);
  words.textContent = words.textContent.replace("{at}", draftTime(row.changed, { day: "numeric", month: "short" }));
  if (headline) words.after(`: ${headline}`);
  offer.dataset.at = new Date(row.changed).toISOString();
  offer.classList.add("unsaved");
  offer.querySelector("[data-open]").addEventListener("click", () => openDraft(row));
  offer.querySelector("[data-discard]").addEventListener("click", async () => {
    await draftRows.remove(row);
    offer.remove();
  });
  offerList.insertBefore(offer, [...offerList.children].find((other) => other.dataset.at < offer.dataset.at) ?? null);
}

// The desk opens it: it shows what differs from what is stored by now.
async function openDraft(row) {
  try {
    const answer = await postToDesk(draftLine.dataset.address, [...row.values, ["draft_token", row.token], ["draft_changed", row.changed]]);
    await draftRows.put({ ...row, desk: row.changed });
    location.assign(answer.address);
  } catch {
    draftLine.textContent = draftLine.dataset.unreachable;
  }
}

// Tells whether a text of this browser is to be offered. One that the desk has taken is the desk's to offer.
function isOnlyHere(row) {
  if (row.path !== draftLine.dataset.path || row.token === draftKey().token) return false;
  const ofTheDesk = [...offerList.children].find((offer) => offer.dataset.token === row.token);
  if (!ofTheDesk) return row.desk !== row.changed;
  const changed = Number(ofTheDesk.dataset.changed);
  ofTheDesk.hidden = changed === row.desk && row.desk !== row.changed; // it was written on here
  return changed !== row.changed;
}

async function offerDrafts() {
  const saved = draftLine.dataset.saved.split(" ");
  const oldest = Date.now() - draftLine.dataset.days * 86_400_000;
  for (const row of await draftRows.all(draftLine.dataset.username)) {
    const isHere = row.path === draftLine.dataset.path;
    const isVoid = isHere && row.changed < Number(draftLine.dataset.voidBefore); // it may hold a name that was removed
    const isOver = isVoid || saved.includes(row.token) || row.changed < oldest || (isHere && draftState(row.values) === draft.initial);
    if (isOver && row.token !== draftKey().token) await draftRows.remove(row);
    else if (isOnlyHere(row)) offerDraft(row);
  }
}

if (storyForm && draftLine) {
  window.addEventListener("pageshow", ({ persisted }) => { if (!persisted) offerDrafts().catch(() => {}); });
  // What is discarded at the desk is discarded here.
  document.addEventListener("submit", ({ target }) => {
    const token = target.closest(".unsaved")?.dataset.token;
    if (token) draftRows.remove({ ...draftKey(), token }).catch(() => {});
  });
}

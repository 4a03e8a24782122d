// Stores what is written in a story's form: in this browser every few seconds, at the desk after a pause. What counts is
// what the form holds, not what happened to it. Without it a form that is refused is stored by the desk alone.
"use strict";

const LOOK_EVERY = 3_000, PAUSE = 10_000, AT_MOST = 30_000, KEEPALIVE_BYTES = 60_000;
// States of the form (see draftState): as the page brought it, now, stored here, stored at the desk, sent by a button.
const draft = { initial: null, now: null, here: null, desk: null, sent: null, values: [], isSending: false };
// Times: of the last change, of the first one that the desk has not, of the last failure, of the change that the desk has.
const draftTimes = { changed: 0, unsent: 0, failed: 0, desk: 0 };

const draftKey = () => ({ username: draftLine.dataset.username, path: draftLine.dataset.path, token: storyForm.elements.draft_token.value });
const isDraftStored = () => [draft.initial, draft.here, draft.desk, draft.sent].includes(draft.now);

function tellStored(sentence) {
  const text = sentence.replace("{at}", draftTime(Date.now()));
  if (draftLine.textContent !== text) draftLine.textContent = text;
}

async function storeHere() {
  const { now, values } = draft;
  await draftRows.put({ ...draftKey(), changed: draftTimes.changed, desk: draftTimes.desk, values });
  draft.here = now;
  if (now !== draft.desk && (!draftTimes.desk || draftTimes.failed)) tellStored(draftLine.dataset.here);
}

async function storeAtDesk(isLeaving) {
  const { now, values } = draft, { changed } = draftTimes;
  draft.isSending = true;
  try {
    await postToDesk(draftLine.dataset.address, [...values, ["draft_token", draftKey().token], ["draft_changed", changed]], isLeaving);
    Object.assign(draftTimes, { desk: changed, unsent: 0, failed: 0 });
    draft.desk = now;
    tellStored(draftLine.dataset.atDesk);
    await storeHere();
  } catch {
    draftTimes.failed = Date.now();
    if (draft.here === draft.now) tellStored(draftLine.dataset.here);
  }
  draft.isSending = false;
}

// The form is again as it was opened: there is nothing to offer.
function forgetDraft() {
  draftTimes.unsent = 0;
  if (draft.here !== null) draftRows.remove(draftKey()).catch(() => {});
  if (draft.desk !== null) postToDesk(draftLine.dataset.address, [["draft_token", draftKey().token], ["unchanged", "1"]]).catch(() => {});
  draftLine.textContent = "";
  Object.assign(draft, { here: null, desk: null });
  draftTimes.desk = 0;
}

// Stores what is new in the form; one that is left waits for no pause.
function lookAtForm(isLeaving = false) {
  const values = draftValues(), now = draftState(values);
  if (now !== draft.now) {
    Object.assign(draft, { now, values });
    storyForm.elements.draft_changed.value = draftTimes.changed = Date.now();
    draftTimes.unsent ||= Date.now();
  }
  if (now === draft.initial) return void forgetDraft();
  if (now !== draft.here) storeHere().catch(() => {});
  const hasPassed = (time, wait) => Date.now() - time >= wait;
  const isPause = hasPassed(draftTimes.changed, PAUSE) || hasPassed(draftTimes.unsent, AT_MOST);
  if ([draft.desk, draft.sent].includes(now) || draft.isSending || !(isLeaving || (isPause && hasPassed(draftTimes.failed, AT_MOST)))) return;
  storeAtDesk(isLeaving && new TextEncoder().encode(now).length < KEEPALIVE_BYTES);
}

// A form that the browser has filled in again goes on with its text; what comes with errors or was opened is not saved.
function startDraft() {
  const [opened, field, values] = [document.querySelector(".notice.opened"), storyForm.elements.draft_token, draftValues()];
  const [now, token] = [draftState(values), history.state?.draftToken];
  draft.initial = opened || document.querySelector(".errornote:not(.record *)") ? null : stateOfPage();
  const isFilledIn = draft.initial !== null && now !== draft.initial;
  if (token && isFilledIn && !draftLine.dataset.saved.split(" ").includes(token)) field.value = token;
  history.replaceState({ ...history.state, draftToken: field.value }, "");
  if (opened) Object.assign(draft, { now, values, desk: now });
  if (opened) draftTimes.changed = draftTimes.desk = Number(opened.dataset.changed);
  lookAtForm();
  setInterval(lookAtForm, LOOK_EVERY);
}

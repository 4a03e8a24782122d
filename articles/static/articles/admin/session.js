// Asks who is signed in before a form of the desk is sent: who is not any more signs in here, and the form goes on.
// Without it a form is refused after the session has ended, and the desk keeps the text of a story until it is signed in.
"use strict";

{
  const box = document.getElementById("sign-in");
  const confirmed = new WeakSet(); // forms whose sender is known: their next submit passes
  let [pending, csrfToken] = [null, ""];

  // The record sends its forms itself, and says when it was not answered.
  const isOurs = (form) => form.elements.form_token && !form.closest("#record-forms") && form.id !== "logout-form";

  function goOn() {
    const { form, button } = pending;
    pending = null;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = csrfToken || field.value;
    confirmed.add(form);
    form.requestSubmit(button?.isConnected ? button : null);
  }

  function ask(options) {
    return fetch(box.dataset.address, { ...options, signal: AbortSignal.timeout(15_000) });
  }

  // The state of the box: signed-out, other (somebody else is signed in in this browser) or unreachable.
  function open(state) {
    for (const part of box.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
    for (const field of box.querySelectorAll("input")) field.disabled = state === "unreachable";
    box.querySelector("[role=alert]").textContent = "";
    if (!box.open) box.showModal();
    box.querySelector("[type=password]:enabled")?.focus();
  }

  async function check() {
    try {
      const response = await ask();
      if (!response.ok) return goOn(); // the desk itself says what is wrong
      const session = await response.json();
      csrfToken = session.csrf_token;
      if (session.username !== box.dataset.username) return open(session.username ? "other" : "signed-out");
    } catch {
      return open("unreachable");
    }
    box.close();
    goOn();
  }

  async function signIn(form) {
    const response = await ask({ method: "POST", body: new FormData(form), headers: { "X-CSRFToken": csrfToken } });
    const session = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    csrfToken = session.csrf_token ?? csrfToken;
    form.elements.password.value = "";
    if (session.username === box.dataset.username) return check();
    box.querySelector("[role=alert]").textContent = session.error || box.dataset.failed;
    form.elements.password.focus();
  }

  if (box) {
    document.addEventListener("submit", (event) => {
      if (!isOurs(event.target) || confirmed.delete(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pending) return;
      pending = { form: event.target, button: event.submitter };
      check();
    }, true);
    box.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const isUnreachable = event.target.elements.password.disabled;
      (isUnreachable ? check() : signIn(event.target)).catch(() => open("unreachable"));
    });
    box.querySelector("[type=button]").addEventListener("click", () => box.close());
    box.addEventListener("close", () => { pending = null; });
  }
}

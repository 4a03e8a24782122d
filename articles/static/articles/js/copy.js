// A button that copies a text: without this script there is the text, to be copied by hand.
function select(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    status.textContent = text.dataset.copied;
  } catch {
    select(text);
    status.textContent = text.dataset.selected;
  }
}

function addButton(text) {
  const place = document.createElement("p");
  const button = document.createElement("button");
  const status = document.createElement("span");
  place.className = "copy";
  button.type = "button";
  button.textContent = text.dataset.copy;
  status.setAttribute("role", "status");
  button.addEventListener("click", () => copy(text, status));
  place.append(button, " ", status);
  text.after(place);
}

document.querySelectorAll("[data-copy]").forEach(addButton);

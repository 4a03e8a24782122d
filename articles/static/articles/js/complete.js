// A field that completes names: a combobox with a list of people, organizations and tags (APG, list autocomplete).
// Without this script the form leads to a page of the names that fit. A chosen name joins the form, which is sent.
const [SHORTEST, PAUSE] = [2, 150]; // letters; ms after the last one

async function ask(url, text) {
  try {
    const response = await fetch(`${url}?${new URLSearchParams({ q: text })}`);
    return response.ok ? (await response.json()).names : [];
  } catch {
    return [];
  }
}

function option(row, id) {
  const item = Object.assign(document.createElement("li"), { id, role: "option", ariaSelected: "false" });
  const kind = Object.assign(document.createElement("span"), { textContent: row.kind });
  item.append(row.name, " ", kind);
  return item;
}

function send(form, row) {
  const input = { type: "hidden", name: row.filter, value: row.value };
  if (row.filter === "section" && form.elements.section) form.elements.section.value = row.value;
  else form.append(Object.assign(document.createElement("input"), input));
  form.elements.name.value = "";
  form.requestSubmit();
}

function complete(input) {
  const list = document.getElementById(input.dataset.list);
  const status = document.getElementById(input.dataset.status);
  let [rows, active, timer] = [[], -1, 0];

  function mark(place) {
    active = rows[place] ? place : -1;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active]?.id ?? "");
  }

  function show(isOpen) {
    clearTimeout(timer);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    mark(-1);
    if (!isOpen) status.textContent = "";
  }

  async function look(text) {
    const answer = text.length < SHORTEST ? [] : await ask(input.dataset.complete, text);
    if (text !== input.value.trim() || document.activeElement !== input) return;
    rows = answer;
    list.replaceChildren(...rows.map((row, place) => option(row, `${list.id}-${place}`)));
    show(rows.length > 0);
    if (rows.length) status.textContent = `${status.dataset.some} ${rows.length}`;
    else if (text.length >= SHORTEST) status.textContent = status.dataset.none;
  }

  function press(event) {
    const steps = { ArrowDown: (active + 1) % rows.length, ArrowUp: (active > 0 ? active : rows.length) - 1 };
    if (event.key in steps && rows.length && input.value) {
      const place = steps[event.key];
      if (list.hidden) show(true);
      mark(place);
    } else if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && active >= 0) send(input.form, rows[active]);
    else return;
    event.preventDefault();
  }

  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => look(input.value.trim()), PAUSE); });
  input.addEventListener("keydown", press);
  input.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", ({ target }) => send(input.form, rows[[...list.children].indexOf(target.closest("li"))]));
}

document.querySelectorAll("[data-complete]").forEach(complete);

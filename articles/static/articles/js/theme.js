// The switch between light and dark: remembered in this browser only, no cookie, no query.
const KEY = "theme";
const root = document.documentElement;

function kept() {
  try {
    return localStorage.getItem(KEY) || "";
  } catch {
    return "";
  }
}

function apply(choice) {
  if (choice) root.dataset.theme = choice;
  else delete root.dataset.theme;
}

function keep(choice) {
  apply(choice);
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}

function addSwitch(place) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  const { themeSwitch, auto, light, dark } = place.dataset;
  label.append(`${themeSwitch} `, select);
  for (const [value, name] of Object.entries({ "": auto, light, dark })) {
    select.append(new Option(name, value, false, value === kept()));
  }
  select.addEventListener("change", () => keep(select.value));
  place.append(label);
}

apply(kept());
document.querySelectorAll("[data-theme-switch]").forEach(addSwitch);

// Shows the picture that was chosen; without it the picture shown is the one saved last.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const shown = document.querySelector(".field-picture .readonly");
  if (!shown) return;
  const show = (address) => {
    shown.replaceChildren();
    if (!address) return;
    const picture = new Image(240);
    picture.className = "picture";
    picture.alt = "";
    picture.src = address;
    shown.append(picture);
  };
  const field = django.jQuery("#id_lead_image");
  field.on("select2:select", (event) => show(event.params.data.thumbnail));
  field.on("select2:clear", () => show(""));
});

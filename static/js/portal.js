// Everything works without this; it starts the design system's components and asks before typed text is lost.
import { initAll } from "../govuk/govuk-frontend.min.js";

initAll();

// A form marked with data-warn-unsaved: leaving with unsaved typing asks first.
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}

// "Print this page" is a button that appears only where it can do something.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Everything works without this; it starts the design system's components and asks before typed text is lost.
import { initAll } from "../govuk/govuk-frontend.min.js";

initAll();

// An address with an anchor takes the focus away again from the words on what has just happened.
const said = location.hash && document.querySelector(".govuk-notification-banner[role=alert]");
if (said) {
  addEventListener("load", () => setTimeout(() => {
    said.tabIndex = -1;
    said.focus();
  }));
}

// A form marked with data-warn-unsaved: leaving with unsaved typing asks first.
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}

// Signing in elsewhere made this page's token too old. It is fetched anew, so that "Save again" is pressed once.
for (const form of document.querySelectorAll("form[data-renew-token]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch("/", { headers: { Accept: "text/html" } }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page && page.querySelector("[name=csrfmiddlewaretoken]");
    if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    form.submit();
  });
}

// "Print this page" is a button that appears only where it can do something.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Work in progress: the region is fetched again until it no longer asks for it. Without this there is a link.
const watch = (region) => {
  const seconds = Number(region.dataset.reloadSeconds);
  if (!seconds) return;
  setTimeout(async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page && page.querySelector("[data-reload-region]");
    if (fresh && fresh.innerHTML !== region.innerHTML) region.innerHTML = fresh.innerHTML;
    if (fresh) region.dataset.reloadSeconds = fresh.dataset.reloadSeconds ?? "";
    watch(region);
  }, seconds * 1000);
};
document.querySelectorAll("[data-reload-region]").forEach(watch);

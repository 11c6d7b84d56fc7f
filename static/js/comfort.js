// The page shows at once what is being chosen. Without this the button "Show me first" does it.
const form = document.querySelector("form[data-comfort]");
const ATTRIBUTES = { font: "font", text_size: "size", spacing: "spacing", tint: "tint" };

const show = () => {
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    if (chosen?.value) document.documentElement.dataset[attribute] = chosen.value;
    else delete document.documentElement.dataset[attribute];
  }
};

if (form) {
  form.addEventListener("change", show);
  form.querySelector("[name=show]")?.remove();
  // A page that comes back from the browser's memory shows what its buttons say.
  window.addEventListener("pageshow", show);
}

// "Copy" beside each answer, only where the browser can. Without it the text is there to select.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    said.textContent = done ? "Copied" : "Your browser did not let us. Select the text instead";
  });
}

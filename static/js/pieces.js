// Says how many are ticked in a list that may be closed again. Without this they stand first once the form is saved.
for (const list of document.querySelectorAll("[data-pieces]")) {
  const said = list.querySelector("[data-ticked]");
  const count = () => {
    const ticked = list.querySelectorAll(":checked").length;
    said.textContent = ticked ? `, ${ticked} ticked` : "";
  };
  list.addEventListener("change", count);
  count();
}

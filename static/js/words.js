// Counts the words of a piece while they are typed. The server counts again when it is saved; nothing is ever cut.
const words = (text) => (text.match(/\S+/g) ?? []).length;

for (const line of document.querySelectorAll("[data-words]")) {
  const form = line.closest("form");
  // Beside the line that stays in sight while one types, where there is one.
  form.querySelector("[data-draft-line]")?.append(line);
  const count = () => {
    const texts = [...form.querySelectorAll("[data-counted] textarea")];
    const total = texts.reduce((sum, text) => sum + words(text.value), 0);
    line.querySelector("[data-words-count]").textContent = total.toLocaleString("en-GB");
    line.querySelector("[data-words-over]").hidden = total <= Number(line.dataset.most);
  };
  form.addEventListener("input", count);
  count();
}

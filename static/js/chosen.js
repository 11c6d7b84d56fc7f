// The programme builder adds up while one ticks. Without this, "Add up again" does the same.
const words = (count, one, many) => `${count} ${count === 1 ? one : many}`;

for (const form of document.querySelectorAll("form[data-adds-up]")) {
  const sum = form.querySelector("[data-sum]");
  const addUp = () => {
    const ticked = [...form.querySelectorAll("[data-minutes]:checked")];
    const minutes = ticked.reduce((total, box) => total + Number(box.dataset.minutes), 0);
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const parts = [hours && words(hours, "hour", "hours"), (rest || !hours) && words(rest, "minute", "minutes")];
    sum.querySelector("[data-count]").textContent = words(ticked.length, "session", "sessions");
    sum.querySelector("[data-together]").textContent = parts.filter(Boolean).join(" ");
    for (const line of sum.querySelectorAll("[data-any-of]")) {
      const anyOf = line.dataset.anyOf.split(" ");
      line.hidden = ticked.some((box) => anyOf.includes(box.value));
    }
  };
  form.addEventListener("change", addUp);
  addUp();
}

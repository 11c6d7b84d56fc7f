// The form of a piece: the questions of the chosen kind, areas suggested while one types, one's own tags.
// Without this file buttons of the form do the same.
const PAUSE = 1200;
const MANY = 3;

const kinds = (form) => {
  const select = form.elements.namedItem("kind");
  form.querySelector("[data-show-kind]").remove();
  const show = () => {
    for (const guide of form.querySelectorAll("[data-guide]")) guide.hidden = guide.dataset.guide !== select.value;
  };
  select.addEventListener("change", show);
  show();
};

class Areas {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.said = form.querySelector("[data-areas-said]");
    this.many = form.querySelector("[data-many-areas]");
    this.asked = this.words();
    form.querySelector("[data-suggest]").remove();
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.soon());
    place.addEventListener("click", (event) => {
      const button = event.target.closest("[name=add_area]");
      if (!button) return;
      event.preventDefault();
      this.accept(button);
    });
    this.count();
  }

  data() {
    const all = new FormData(this.form);
    const sent = new FormData();
    for (const name of ["title", "body", "kind", "areas"]) {
      for (const value of all.getAll(name)) sent.append(name, value);
    }
    sent.append("session_area", this.place.dataset.sessionArea);
    return sent;
  }

  words() {
    return JSON.stringify([...this.data()]);
  }

  count() {
    this.many.hidden = this.form.querySelectorAll("[name=areas]:checked").length <= MANY;
  }

  soon() {
    this.count();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.words();
    if (words === this.asked) return;
    this.asked = words;
    const answer = await fetch(this.place.dataset.url, {
      method: "POST",
      body: this.data(),
      headers: { "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken").value },
      redirect: "manual",
    }).catch(() => null);
    // Only a help: without an answer nothing is lost, and with newer words it is no answer any more.
    if (!answer?.ok || this.words() !== words) return;
    const html = await answer.text(); // drawn and escaped by the server
    if (this.place.contains(document.activeElement) || this.place.innerHTML === html) return;
    this.place.innerHTML = html;
    const number = this.place.querySelectorAll("[name=add_area]").length;
    this.said.textContent = number ? `${number} ${number === 1 ? "area" : "areas"} suggested` : "";
  }

  accept(button) {
    const box = this.form.querySelector(`[name=areas][value="${CSS.escape(button.value)}"]`);
    this.said.textContent = `Added: ${box.labels[0].textContent}`;
    button.closest("li").remove();
    if (!this.place.querySelector("li")) this.place.replaceChildren();
    if (!box.checked) box.click();
    document.getElementById(box.getAttribute("aria-controls"))?.querySelector("input")?.focus();
  }
}

// A list of the browser's own completes a whole line: each choice is offered behind what stands there already.
const tags = (input) => {
  const options = [...input.list.options];
  const own = options.map((option) => option.value);
  input.addEventListener("input", () => {
    const before = input.value.includes(",") ? `${input.value.slice(0, input.value.lastIndexOf(","))}, ` : "";
    const has = new Set(before.split(",").map((tag) => tag.trim()));
    options.forEach((option, place) => {
      option.value = before + own[place];
      option.disabled = has.has(own[place]);
    });
  });
};

for (const place of document.querySelectorAll("[data-guides]")) kinds(place.closest("form"));
for (const place of document.querySelectorAll("[data-areas-suggested]")) new Areas(place.closest("form"), place);
for (const input of document.querySelectorAll("input[list=own_tags]")) tags(input);

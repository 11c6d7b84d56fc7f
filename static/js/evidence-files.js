// Each chosen file is sent at once, by itself, and the form then only names it. Without this file the form sends them.
const megabytes = (bytes) => `${Math.floor(bytes / (1024 * 1024))} MB`;
const element = (name, { text = "", ...attributes } = {}) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
};

class Row {
  constructor(files, name, file = null) {
    this.files = files;
    this.name = name;
    this.file = file;
    this.item = element("li", { class: "pp-files__row" });
    this.state = "waiting"; // then "here", "refused" or "away"
  }

  // What stands in the row: its name, how it is, and what can be done with it.
  show(...parts) {
    const name = element("span", { class: "pp-files__name", text: this.name });
    this.item.replaceChildren(name, ...parts, this.button("Remove", () => this.remove()));
  }

  button(label, press) {
    const button = element("button", { type: "button", class: "pp-link-button", text: label });
    button.append(element("span", { class: "govuk-visually-hidden", text: ` ${this.name}` }));
    button.addEventListener("click", press);
    return button;
  }

  isHere({ id, name, size }) {
    this.state = "here";
    this.id = id;
    this.name = name;
    this.show(
      element("span", { class: "pp-quiet", text: size }),
      element("input", { type: "hidden", name: "kept", value: id }),
    );
  }

  fails(state, problem) {
    this.state = state;
    const error = element("p", { class: "govuk-error-message govuk-!-margin-bottom-0" });
    error.append(element("span", { class: "govuk-visually-hidden", text: "Error: " }), problem);
    this.show(error, ...(state === "away" ? [this.button("Try again", () => this.send())] : []));
    this.files.say(problem);
  }

  send(hasNewToken = false) {
    if (this.file.size > this.files.most) {
      this.fails("refused", `“${this.name}” is larger than ${megabytes(this.files.most)}. Choose a smaller file`);
      return;
    }
    this.state = "waiting";
    const bar = element("progress", { class: "pp-progress__bar pp-files__bar", max: "100", value: "0", "aria-label": `Sending ${this.name}` });
    const words = element("span", { class: "pp-quiet", text: "0% sent" });
    this.show(bar, words);
    const request = new XMLHttpRequest();
    this.request = request;
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      const percent = Math.round((100 * loaded) / total);
      bar.value = percent;
      words.textContent = percent < 100 ? `${percent}% sent` : "Being looked at";
    });
    request.addEventListener("load", () => this.hear(request, hasNewToken));
    for (const kind of ["error", "timeout"]) {
      request.addEventListener(kind, () => this.fails("away", `“${this.name}” could not be sent: the network is away.`));
    }
    request.addEventListener("loadend", () => this.files.settled());
    request.open("POST", this.files.url);
    request.setRequestHeader("X-CSRFToken", this.files.token);
    request.setRequestHeader("Accept", "application/json");
    const data = new FormData();
    data.append("attachments", this.file);
    // Never for somebody else who signed in since.
    const writer = this.files.form.elements.namedItem("draft_writer");
    if (writer) data.append(writer.name, writer.value);
    request.send(data);
  }

  hear({ status, responseText }, hasNewToken) {
    if (status === 201) {
      this.isHere(JSON.parse(responseText));
      this.files.say(`${this.name} is here`);
      this.files.changed();
    } else if (status === 400) {
      this.fails("refused", JSON.parse(responseText).problem);
    } else if (status === 413) {
      this.fails("refused", `“${this.name}” is too large to be sent. Choose a smaller file`);
    } else if (status === 403 && !hasNewToken) {
      this.files.renewToken().then((done) => (done ? this.send(true) : this.signedOut()));
    } else if (status === 401 || status === 403) {
      this.signedOut();
    } else {
      this.fails("away", `“${this.name}” could not be kept: the portal does not answer.`);
    }
  }

  signedOut() {
    this.fails("away", `“${this.name}” could not be sent: you are signed out. Sign in, then try again.`);
  }

  remove() {
    this.request?.abort();
    if (this.id) this.files.forget(this.id);
    const next = this.item.nextElementSibling ?? this.item.previousElementSibling;
    this.item.remove();
    this.files.rows.delete(this);
    this.files.say(`${this.name} is removed`);
    this.files.changed();
    (next?.querySelector("button") ?? this.files.input).focus();
  }
}

class Files {
  constructor(place) {
    this.place = place;
    this.form = place.closest("form");
    this.list = place.querySelector("ul");
    this.input = place.querySelector("input[type=file]");
    this.said = place.querySelector("[data-files-said]");
    this.url = place.dataset.url;
    this.most = Number(place.dataset.maxBytes);
    this.rows = new Set();
    this.isAsked = false; // to be saved once the files are here
    this.submitter = null;
    for (const item of [...this.list.children]) this.adopt(item);
    this.input.addEventListener("change", () => this.take());
    // Before the one that keeps the draft.
    this.form.addEventListener("submit", (event) => this.submit(event), { capture: true });
  }

  get token() {
    return this.form.elements.namedItem("csrfmiddlewaretoken").value;
  }

  // A file that came with an earlier try.
  adopt(item) {
    const row = new Row(this, item.dataset.name);
    item.replaceWith(row.item);
    this.rows.add(row);
    row.isHere({ id: item.dataset.file, name: item.dataset.name, size: item.dataset.size });
  }

  take() {
    const chosen = [...this.input.files];
    this.input.value = "";
    for (const file of chosen) {
      const row = new Row(this, file.name, file);
      this.rows.add(row);
      this.list.append(row.item);
      row.send();
    }
    this.changed(chosen.length > 0);
  }

  // The draft names the files, so that they are there when it is opened again.
  changed(isOnItsWay = false) {
    this.list.hidden = this.rows.size === 0;
    if (!isOnItsWay) this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(words) {
    this.said.textContent = words;
  }

  in(state) {
    return [...this.rows].filter((row) => row.state === state);
  }

  settled() {
    // After the row has heard the answer.
    setTimeout(() => {
      if (!this.isAsked || this.in("waiting").length) return;
      this.isAsked = false;
      this.form.removeAttribute("aria-busy");
      this.form.requestSubmit(this.submitter);
    });
  }

  submit(event) {
    const away = this.in("away");
    if (away.length) {
      event.preventDefault();
      away[0].item.querySelector("button").focus();
      this.say(`${away[0].name} is not here yet. Try again or remove it.`);
    } else if (this.in("waiting").length) {
      event.preventDefault();
      this.isAsked = true;
      this.submitter = event.submitter;
      this.form.setAttribute("aria-busy", "true");
      this.say("Saving as soon as the files are here");
    }
  }

  forget(id) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.token });
    const url = this.place.dataset.removeUrl.replace(/[0-9a-f-]{36}/, id);
    // What is not taken away now goes by itself within a day.
    fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => {});
  }

  async renewToken() {
    const line = this.form.querySelector("[data-draft-line]");
    const answer = await fetch(line.dataset.token, { redirect: "manual" }).catch(() => null);
    if (answer?.ok) this.form.elements.namedItem("csrfmiddlewaretoken").value = (await answer.json()).token;
    return Boolean(answer?.ok);
  }
}

for (const place of document.querySelectorAll("[data-files]")) new Files(place);

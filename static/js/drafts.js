// What is typed is kept on the server while one types. Nothing is stored in the browser.
// Without this file "Save draft" does the same.
const EVERY = 2000;
const AGAIN = 3000;
const AGAIN_SIGNED_OUT = 1000;
const PATIENCE = 10000;
// The browser sends no more than this much of a page that is being closed.
const MOST_WHILE_CLOSING = 60000;
const OURS = new Set(["csrfmiddlewaretoken", "draft_revision", "draft_based_on", "draft_page", "draft_writer"]);

// Other than what a search within the form is for (lib/drafts.py).
const isOurs = (name) => OURS.has(name) || name.startsWith("find_");

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

class Draft {
  constructor(form, line) {
    this.form = form;
    this.line = line;
    this.status = line.querySelector("[data-draft-status]");
    this.signIn = line.querySelector("[data-draft-sign-in]");
    this.choose = line.querySelector("[data-draft-choose]");
    this.unseen = form.querySelector("[data-draft-unseen]");
    this.keptAt = line.dataset.keptAt ?? "";
    this.openedAt = clock();
    this.inFlight = null;
    this.timer = 0;
    this.sent = new Set(); // what went out and was never answered
    this.conflict = null; // what another window has kept, until one chooses
    this.hasCompared = false;
    this.refused = null; // words that will not be taken, and why
    this.ended = false; // the form is on its way
    this.kept = line.hasAttribute("data-unsaved") ? "" : this.words();
    // What is saved, if the form opens with nothing else: once one is back at it nothing is left to keep.
    this.opened = this.field("draft_revision").value === "0" && isAsServed(form) ? this.kept : null;
    this.listen();
    line.hidden = false;
    for (const button of form.querySelectorAll("[data-draft-button]")) button.remove();
    if (line.hasAttribute("data-differs")) {
      this.hasCompared = true;
      this.conflict = { revision: this.field("draft_revision").value };
      this.choose.hidden = false;
      this.lead();
    } else if (!this.kept) {
      this.save();
    }
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  payload() {
    const payload = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !isOurs(name)) (payload[name] ??= []).push(value);
    }
    return payload;
  }

  words() {
    return JSON.stringify(this.payload());
  }

  listen() {
    for (const kind of ["input", "change"]) {
      this.form.addEventListener(kind, () => this.soon(EVERY));
    }
    this.form.addEventListener("focusout", () => this.save());
    document.addEventListener("visibilitychange", () => this.save());
    window.addEventListener("pagehide", () => this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.save());
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.ended = false;
      this.form.removeAttribute("aria-busy");
    });
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.choose.querySelector("[data-draft-keep]").addEventListener("click", () => this.keepMine());
  }

  // While typing goes on this does not wait for a pause: the first letter sets the time.
  soon(delay) {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.save();
    }, delay);
  }

  tell(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  notSaved(why) {
    const since = this.keptAt ? `Not saved since ${this.keptAt}` : `Not saved since you opened this page at ${this.openedAt}`;
    this.tell(`${since}: ${why} Your text stays on this page.`);
  }

  // true: what is on the page is kept. Else why not: "away", "signed_out", "conflict", "refused" or "gone".
  async save() {
    if (this.conflict) return "conflict";
    if (this.ended) return "refused";
    if (this.inFlight) {
      await this.inFlight;
      return this.save();
    }
    const words = this.words();
    if (words === this.kept && !this.sent.size) return true;
    if (words === this.refused?.words) return this.refused.why;
    this.inFlight = this.send(words);
    const result = await this.inFlight;
    this.inFlight = null;
    if (result === true && this.words() !== this.kept) this.soon(EVERY);
    return result;
  }

  async send(words, hasNewToken = false) {
    const body = JSON.stringify({
      payload: JSON.parse(words),
      revision: Number(this.field("draft_revision").value),
      based_on: Number(this.field("draft_based_on").value),
      page: this.field("draft_page").value,
      author: this.line.dataset.author,
      as_opened: words === this.opened,
    });
    this.sent.add(words);
    let answer;
    try {
      answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.field("csrfmiddlewaretoken").value },
        keepalive: new Blob([body]).size < MOST_WHILE_CLOSING,
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await this.hear(answer, words, hasNewToken);
    } catch {
      this.notSaved("the network is away.");
      this.soon(AGAIN);
      return "away";
    }
  }

  async hear(answer, words, hasNewToken) {
    this.signIn.hidden = answer.status !== 401;
    if (answer.status === 200) return this.isKept(await answer.json(), words);
    if (answer.status === 409) return this.isOther(await answer.json());
    if (answer.status === 403 && !hasNewToken) {
      return (await this.renewToken()) ? this.send(words, true) : this.signedOut({});
    }
    if (answer.status === 401) return this.signedOut(await answer.json());
    if (answer.status === 400 || answer.status === 413) {
      const { problem } = await answer.json().catch(() => ({}));
      return this.isRefused(words, "refused", `${problem ?? "this could not be read"}.`);
    }
    if (answer.status === 404) {
      return this.isRefused(words, "gone", "it cannot be saved here any more. Copy what you want to keep.");
    }
    this.notSaved("the portal does not answer.");
    this.soon(AGAIN);
    return "away";
  }

  isKept({ revision, time }, words) {
    this.field("draft_revision").value = revision;
    this.kept = words;
    this.keptAt = time;
    this.sent.clear();
    this.tell(time ? `Saved ${time}` : ""); // no time: there was nothing to keep yet
    return true;
  }

  // The same again would be refused again.
  isRefused(words, why, said) {
    this.sent.delete(words);
    this.refused = { words, why };
    this.notSaved(said);
    return why;
  }

  signedOut({ reason }) {
    this.signIn.hidden = false;
    const why = reason === "somebody_else" ? "somebody else is signed in." : "you are signed out.";
    this.notSaved(why);
    this.soon(AGAIN_SIGNED_OUT);
    return "signed_out";
  }

  async isOther(other) {
    // Our own words, whose answer got lost on its way.
    const own = [...this.sent].find((words) => sameWords(JSON.parse(words), other.current));
    if (own) {
      this.isKept(other, own);
      const words = this.words();
      return words === own ? true : this.send(words);
    }
    this.conflict = other;
    this.opened = null;
    this.unseen.innerHTML = other.differences; // drawn and escaped by the server
    this.unseen.hidden = false;
    this.choose.hidden = false;
    this.notSaved("another window has kept other words.");
    return "conflict";
  }

  // To the heading over both texts. The browser would put the middle of them into sight.
  lead() {
    this.unseen.scrollIntoView();
    this.unseen.querySelector("[data-draft-heading]").focus({ preventScroll: true });
  }

  keepMine() {
    this.field("draft_revision").value = this.conflict.revision;
    this.conflict = null;
    this.kept = "";
    this.unseen.hidden = true;
    this.choose.hidden = true; // with the button that has the focus
    (this.form.querySelector("textarea") ?? this.form.querySelector("input:not([type=hidden]), select"))?.focus();
    this.save();
  }

  async renewToken() {
    const answer = await fetch(this.line.dataset.token, { redirect: "manual" });
    if (answer.ok) this.field("csrfmiddlewaretoken").value = (await answer.json()).token;
    return answer.ok;
  }

  // With the network away the browser would show a page of its own in place of the text, and so would the portal
  // where it can no longer be saved.
  async submit(event) {
    if (this.ended || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    this.form.setAttribute("aria-busy", "true");
    const result = await this.save();
    // While the browser is still telling of this submit it would pass over another one.
    await new Promise((resolve) => { setTimeout(resolve); });
    if (result === "away" || result === "gone") {
      this.form.removeAttribute("aria-busy");
      return;
    }
    if (result === "conflict" && !this.hasCompared) {
      this.form.removeAttribute("aria-busy");
      this.hasCompared = true; // saving after having been led to the other text is a choice
      this.lead();
      return;
    }
    if (result === "conflict") this.field("draft_revision").value = this.conflict.revision;
    this.ended = true;
    this.form.requestSubmit(submitter);
  }
}

// Some browsers put what was typed before into a page that is loaded anew.
const isAsServed = (form) =>
  [...form.elements].every((field) => field.defaultValue === undefined || field.value === field.defaultValue);

const sameWords = (one, other) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const plain = (values) => JSON.stringify(values)?.replaceAll("\\r\\n", "\\n");
  return [...names].every((name) => plain(one[name]) === plain(other[name]));
};

for (const form of document.querySelectorAll("form[data-draft]")) {
  const line = form.querySelector("[data-draft-line]");
  if (line && !form.dataset.draftRuns) {
    form.dataset.draftRuns = "true";
    new Draft(form, line);
  }
}

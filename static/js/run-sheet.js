// The big screen: how much of the block is left, and the arrow keys. Without this the page has its times and links.
const MINUTE = 60 * 1000;

const words = (left) => {
  const minutes = Math.ceil(left / MINUTE);
  if (left < MINUTE) return "Less than a minute left";
  return minutes === 1 ? "1 minute left" : `${minutes} minutes left`;
};

for (const clock of document.querySelectorAll("[data-run-clock]")) {
  const starts = Date.parse(clock.dataset.startsAt);
  const ends = Date.parse(clock.dataset.endsAt);
  const left = clock.querySelector("[role=timer]");
  const said = clock.querySelector("[role=status]");
  const bar = clock.querySelector("progress");
  let phase = "";
  const show = () => {
    const now = Date.now();
    const next = now < starts ? "before" : now < ends ? "now" : "after";
    const text = { before: "Not yet", now: words(ends - now), after: "This block’s time is over" }[next];
    if (left.textContent !== text) left.textContent = text;
    const passed = Math.floor(Math.min(Math.max(now - starts, 0), ends - starts) / MINUTE);
    if (bar.value !== passed) bar.value = passed;
    // Said aloud only where one block gives way to the next, not while it runs.
    if (phase && phase !== next) said.textContent = next === "now" ? "This block begins" : text;
    phase = next;
  };
  clock.hidden = false;
  show();
  setInterval(show, 1000);
}

// Remote controls for slides send the keys for pages: those scroll first, and lead on from the page's end.
const page = document.documentElement;
const paging = () => ({
  PageDown: window.scrollY + window.innerHeight >= page.scrollHeight - 2 && "next",
  PageUp: window.scrollY <= 0 && "prev",
});
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.matches("input, textarea, select")) return;
  const to = { ArrowRight: "next", ArrowLeft: "prev", ...paging() }[event.key];
  const link = to && document.querySelector(`.pp-run__steps [rel=${to}]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});

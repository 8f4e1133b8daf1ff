// From one change to the next: by button, and by the keys n and p unless they are switched off.

const redline = document.querySelector("[data-redline]");
const KEPT = "compare-keys";
let reached = null; // a press of a button takes the focus away from the change reached last

function remembered() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // Storage is barred: the keys are on until they are switched off on this page.
  }
}

function remember(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // Storage is barred: the choice lasts until the next page.
  }
}

function step(by) {
  const changes = [...redline.querySelectorAll("[data-change]")];
  const at = reached ? changes.indexOf(reached) + by : by > 0 ? 0 : changes.length - 1;
  const next = changes[(at + changes.length) % changes.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function start(steps) {
  const keys = redline.querySelector("[data-step-keys]");
  keys.checked = remembered();
  keys.addEventListener("change", () => remember(keys.checked));
  steps.hidden = false;
  steps.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      step(event.key === "n" ? 1 : -1);
    }
  });
}

// A link of the list leads the keyboard along, so that the next n goes on from there.
redline?.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const there = link && document.getElementById(link.hash.slice(1));
  if (there) there.focus({ preventScroll: true });
});

redline?.addEventListener("focusin", (event) => {
  reached = event.target.closest("[data-change]") ?? reached;
});

const steps = redline?.querySelector("[data-steps]");
if (steps) start(steps);

// What every page does without a server: theme, dialogs, barred buttons, one submission a form.

const root = document.documentElement;

function darkNow() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const theme = darkNow() ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is barred: the choice lasts until the next page.
  }
}

const barred = (element) => element?.getAttribute("aria-disabled") === "true";

// Capture: a barred button does nothing at all, whatever else listens to it.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button, a");
    if (!barred(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open], [data-close], [data-theme-switch], [data-dismiss], [data-print]");
  if (!button) return;
  if (button.dataset.open) document.getElementById(button.dataset.open)?.showModal();
  if ("close" in button.dataset) button.closest("dialog")?.close();
  if ("themeSwitch" in button.dataset) switchTheme();
  if ("dismiss" in button.dataset) button.closest(".note").remove();
  if ("print" in button.dataset) print();
});

// A form is sent once. The server refuses a second sending too, by its idempotency key;
// this only spares the reader the refusal.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent || barred(event.submitter)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});

function release(form) {
  delete form.dataset.sent;
  for (const button of document.querySelectorAll('.btn[aria-busy="true"]')) {
    if (button.form === form) button.removeAttribute("aria-busy");
  }
}

// Back from the next page, or a refusal swapped in: the form may be sent again.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});

// A refusal answered to htmx stands above the act: the eye is led to it, what was typed stays.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "notes") event.target.scrollIntoView({ block: "nearest" });
});

// Native date inputs follow the browser's language, so the chosen day is repeated in words.
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

function dayInWords(value) {
  const [year, month, day] = value.split("-").map(Number);
  if (!day) return "";
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const padded = month < 3 ? `0${month}` : month; // Decree 30: months 3 to 9 bare
  return `${weekday}, ${String(day).padStart(2, "0")}/${padded}/${year}`;
}

for (const output of document.querySelectorAll("[data-day-of]")) {
  const input = document.getElementById(output.dataset.dayOf);
  if (!input) continue;
  const show = () => {
    output.textContent = dayInWords(input.value);
  };
  input.addEventListener("input", show);
  show();
}

// A long list of people is narrowed by name or department; without script it is simply long.
const bare = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

for (const box of document.querySelectorAll("[data-filter]")) {
  const groups = box.parentElement.querySelectorAll("[data-filtered]");
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = bare(event.target.value.trim());
    for (const group of groups) {
      const whole = bare(group.querySelector("legend").textContent).includes(wanted);
      let shown = 0;
      for (const item of group.querySelectorAll("[data-filtered-item]")) {
        item.hidden = !(whole || bare(item.textContent).includes(wanted) || item.querySelector("input").checked);
        shown += !item.hidden;
      }
      group.hidden = !shown;
    }
  });
}

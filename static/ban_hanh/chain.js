// The day slider of a chain. Without it the form beside the drawing chooses the day.

const DAY = 86_400_000;
const BINDING = new Set(["in_force", "partly_ceased"]);
const panel = document.querySelector("[data-chain]");
const table = document.querySelector("[data-chain-table]");

function written(iso) {
  const [year, month, day] = iso.split("-");
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`; // Decree 30: months 3 to 9 bare
}

// Half-open: a state holds from its day on, until the next one does.
function stateOn(first, changes, iso) {
  return changes.reduce((held, [day, state]) => (day <= iso ? state : held), first);
}

function badge(state, expected) {
  const pair = document.querySelector("[data-chain-badges]").content.querySelector(`[data-state="${state}"]`);
  return pair.children[expected ? 1 : 0].cloneNode(true);
}

function start() {
  const begins = Date.parse(panel.dataset.begins);
  const slider = panel.querySelector("input[type=range]");
  const plans = panel.querySelector("[data-chain-plans]");
  const span = Number(panel.dataset.days);

  function showRow(row, iso) {
    const changes = JSON.parse(row.dataset.changes);
    const withPlans = [...changes, ...JSON.parse(row.dataset.planned)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const plain = stateOn(row.dataset.first, changes, iso);
    const state = plans?.checked ? stateOn(row.dataset.first, withPlans, iso) : plain;
    row.querySelector("[data-chain-state]").replaceChildren(badge(state, state !== plain));
    for (const bar of panel.querySelectorAll(`rect[data-place="${row.dataset.place}"]`)) {
      bar.classList.toggle("on", BINDING.has(state));
    }
    return BINDING.has(state) ? row.dataset.name : null;
  }

  function moveCursor(words) {
    const part = Number(slider.value) / span;
    for (const cursor of panel.querySelectorAll("[data-chain-cursor]")) {
      const across = cursor.dataset.chainCursor === "x";
      const to = across ? 20 + 960 * part : 14 + 552 * part;
      const by = to - Number(cursor.dataset.at);
      cursor.setAttribute("transform", across ? `translate(${by} 0)` : `translate(0 ${by})`);
      cursor.querySelector(".flagt").textContent = words;
    }
  }

  function show() {
    const iso = new Date(begins + Number(slider.value) * DAY).toISOString().slice(0, 10);
    const words = written(iso);
    const names = [...table.tBodies[0].rows].map((row) => showRow(row, iso)).filter(Boolean);
    const said = names.length ? names.join(", ") : "không có văn bản";
    panel.querySelector("[data-chain-day]").textContent = words;
    panel.querySelector("[data-chain-result]").textContent = `${plans?.checked ? "dự kiến " : ""}${said} còn hiệu lực`;
    slider.setAttribute("aria-valuetext", words);
    moveCursor(words);
  }

  panel.querySelector("[data-chain-slider]").hidden = false;
  slider.addEventListener("input", show);
  plans?.addEventListener("change", show);
  panel.querySelector("[data-chain-form]").addEventListener("submit", (event) => {
    const iso = event.submitter?.dataset.chainGo;
    if (!iso) return;
    event.preventDefault();
    slider.value = Math.round((Date.parse(iso) - begins) / DAY);
    show();
  });
}

if (panel && table) start();

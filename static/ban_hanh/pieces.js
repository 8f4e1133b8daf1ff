// A draft written piece by piece, beside draft.js: presses and their answers, the caret, what is
// said at each piece. A page is replaced after every press, so elements are looked up when needed.

// Written in pieces: a press sends the page and puts the answer in its place. What is typed while
// it is on its way is no part of the answer; such a page stays, and is joined with what came back
// as soon as the writer rests.
const OPEN = "[…]";
let sentWith;
let focused;
let pressed;
let arrived = () => {};
const written = () => JSON.stringify([...form().querySelectorAll("textarea")].map((one) => one.value));

document.addEventListener("htmx:confirm", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  pressed = event.detail.triggeringEvent?.submitter;
  keeping = keeping.then(
    () =>
      new Promise((resolve) => {
        arrived = resolve;
        // Whatever becomes of a press, sent, refused or not sent at all, keeping goes on after it.
        if (event.target === form()) Promise.resolve(event.detail.issueRequest(true)).then(resolve, resolve);
        else resolve();
      }),
  );
});
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== form()) return;
  // The button that was pressed, though the focus has moved on.
  if (pressed?.name) event.detail.parameters[pressed.name] = pressed.value;
  sentWith = written();
  focused = document.activeElement;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig.elt !== form()) return;
  if (event.detail.target.id !== "noi-dung" || written() === sentWith) {
    caret = event.detail.target.id === "noi-dung" ? caretNow() : undefined;
    return;
  }
  event.detail.shouldSwap = false;
  takeOver(new DOMParser().parseFromString(event.detail.serverResponse, "text/html"), event.detail.xhr.status);
});
addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.requestConfig.elt.matches("[data-draft]")) return;
  if (event.detail.successful) forget();
  arrived();
});

function takeOver(page, status) {
  const answered = page.querySelector("[data-draft]");
  const mine = form().elements;
  unsaved = true;
  if (status >= 400 || answered?.dataset.posted === undefined) {
    mine.aside.value = answered?.elements.aside.value ?? mine.aside.value;
    document.getElementById("notes").replaceChildren(...(page.getElementById("notes")?.childNodes ?? []));
    return;
  }
  mine.base.value = answered.dataset.posted;
  mine.lock_version.value = answered.elements.lock_version.value;
  mine.aside.value = "";
  showWhenAtRest();
}

function showWhenAtRest() {
  stopTimers();
  keepTimer = setTimeout(() => form()?.querySelector("[data-keep-now]")?.click(), READ_AFTER);
}

// The caret goes on in the field that says the same, wherever it now stands; an answer that leads
// elsewhere leads there, unless the writer has moved on meanwhile.
let caret;
function caretNow() {
  const field = document.activeElement;
  if (!field.matches("[data-draft] textarea")) return undefined;
  const alike = [...form().querySelectorAll(`textarea[name=${field.name}]`)].filter((one) => one.value === field.value);
  return {
    name: field.name,
    value: field.value,
    nth: alike.indexOf(field),
    from: field.selectionStart,
    to: field.selectionEnd,
    top: field.getBoundingClientRect().top,
    moved: field !== focused,
  };
}
for (const moment of ["htmx:afterSwap", "htmx:afterSettle"]) {
  document.addEventListener(moment, () => {
    if (!caret || !form()) return;
    const led = form().querySelector("[autofocus]");
    if (led && !caret.moved) return;
    const alike = [...form().querySelectorAll(`textarea[name=${caret.name}]`)].filter((one) => one.value === caret.value);
    const field = alike[Math.min(caret.nth, alike.length - 1)];
    if (field && moment === "htmx:afterSwap") {
      field.focus({ preventScroll: true });
      field.setSelectionRange(caret.from, caret.to);
      scrollBy(0, field.getBoundingClientRect().top - caret.top);
    } else if (field && led) {
      field.focus({ preventScroll: true });
    }
    if (moment === "htmx:afterSettle") caret = undefined;
  });
}
// A button that went with its answer leaves the keyboard nowhere: it goes on at the buttons above.
document.addEventListener("htmx:afterSettle", () => {
  if (!pressed || document.activeElement !== document.body) return;
  const again = [...(form()?.querySelectorAll("button") ?? [])].find((one) => one.value === pressed.value && one.checkVisibility());
  (again ?? form()?.querySelector("[data-keep-now]"))?.focus({ preventScroll: true });
  pressed = undefined;
});

// The lines of the text that each piece holds now, as the server joins them; a table has one a row.
function placePieces() {
  const shape = JSON.parse(form().elements.shape.value);
  let line = 0;
  for (const [at, piece] of [...document.querySelectorAll("[data-first]")].entries()) {
    const [kind, gap] = shape[at];
    const text = piece.querySelector("textarea").value.replace(/^\n+|\n+$/g, "");
    const rows = kind === "table" ? piece.querySelectorAll("tr").length : text.split("\n").length;
    if (kind !== "table" && !text.trim()) continue;
    line += line ? gap : 1;
    piece.dataset.first = line;
    line += rows - 1;
    piece.dataset.last = line;
  }
}

// What is said of the text is said at its pieces too: at once, not after the next press.
document.addEventListener("draft:read", sayAtPieces);
function sayAtPieces() {
  placePieces();
  const said = [...preview().querySelectorAll(".finding")].map((finding) => {
    const line = Number(finding.querySelector("[data-line]")?.dataset.line);
    const copy = finding.cloneNode(true);
    for (const part of copy.querySelectorAll("strong, .meta, a")) part.remove();
    const words = copy.querySelector("span");
    words.textContent = words.textContent.replace(/[\s·]+$/, "").trim();
    return { line, copy };
  });
  for (const piece of document.querySelectorAll("[data-first]")) {
    const here = said.filter((one) => one.line >= Number(piece.dataset.first) && one.line <= Number(piece.dataset.last));
    const old = piece.querySelector(".said");
    const list = old ?? document.createElement("ul");
    list.className = "findings said";
    list.id ||= `${piece.id}-nx`;
    list.replaceChildren(...here.map((one) => one.copy));
    if (!old && here.length) piece.append(list);
    if (!here.length) list.remove();
    piece.querySelector(":scope > textarea")?.toggleAttribute("aria-describedby", false);
    if (here.length) piece.querySelector(":scope > textarea")?.setAttribute("aria-describedby", list.id);
  }
}

// Words left open in a new piece are taken up by the first letter typed there.
document.addEventListener("focusin", (event) => {
  const start = event.target.matches?.("[data-draft] textarea") ? event.target.value.indexOf(OPEN) : -1;
  if (start >= 0 && event.target.selectionStart === event.target.selectionEnd) {
    event.target.setSelectionRange(start, start + OPEN.length);
  }
});

// One menu is open at a time; a press elsewhere or Escape closes it.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".more[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest?.(".more[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

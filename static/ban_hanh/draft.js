// The pages of a draft: what is typed is read live into the sheet beside it, and kept.
// Without this script the buttons of the page do the same. Elements are looked up when needed,
// because a page written piece by piece is replaced after every edit.

const READ_AFTER = 600;
const KEEP_AFTER = 2500;
// What could not be kept is tried again so often, and as soon as the network or the reader is back.
const AGAIN_AFTER = 15000;
const NO_NETWORK = "Chưa lưu tạm được: mất kết nối. Chữ đã gõ vẫn còn ở đây, có mạng sẽ lưu lại.";
const SIGN_IN = "Chưa lưu tạm được: cần đăng nhập lại bằng tài khoản đã mở trang này.";
const OPEN = "[…]";
const BY_SCRIPT = { "X-Requested-With": "fetch" };

const form = () => document.querySelector("[data-draft]");
const preview = () => document.getElementById("preview");

function say(words) {
  const kept = document.querySelector("[data-kept]");
  if (kept) kept.textContent = words;
}

function body() {
  const data = new FormData(form());
  data.delete("act");
  data.delete("do");
  return data;
}

let reading;
async function read() {
  const asked = form();
  if (!asked) return;
  reading?.abort();
  reading = new AbortController();
  try {
    const answer = await fetch(asked.dataset.preview, {
      method: "POST",
      headers: BY_SCRIPT,
      body: body(),
      signal: reading.signal,
    });
    const words = await answer.text();
    if (!answer.ok || asked !== form()) return;
    preview().innerHTML = words;
    sayAtPieces();
  } catch (error) {
    if (error.name !== "AbortError") say("Mất kết nối; chữ đã gõ vẫn còn ở đây.");
  }
}

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
function sayAtPieces() {
  if (!form()?.elements.shape) return;
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

// Whether something was typed that the server does not hold yet; and whether it has to be sent
// anew, first under a fresh token where the session had ended.
let unsaved = false;
let again;
let ended = false;
let troubled = false;

function later(words) {
  say(words);
  troubled = true;
  clearTimeout(again);
  again = setTimeout(retry, AGAIN_AFTER);
}

function retry() {
  if (!again) return;
  clearTimeout(again);
  again = undefined;
  keepNext();
}
addEventListener("online", retry);
addEventListener("focus", retry);

// Signing in again gives new tokens. They are taken over for the person the page was drawn for,
// and for nobody else: what one has typed is never kept in the name of another.
async function renewed() {
  const answer = await fetch(location.pathname, { headers: BY_SCRIPT });
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-draft] [name=csrfmiddlewaretoken]");
  if (!fresh || page.body.dataset.person !== document.body.dataset.person) return false;
  for (const old of document.querySelectorAll("[name=csrfmiddlewaretoken]")) old.value = fresh.value;
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  return true;
}

// One thing after the other: each keeping and each press goes on from what the last one sent.
let keeping = Promise.resolve();
function keepNext(leaving = false) {
  keeping = keeping.then(() => keep(leaving));
  return keeping;
}

// A request that outlives its page may be so large, for all its fields together.
const OUTLIVES = 60000;
function isShort(sent) {
  const bytes = new TextEncoder();
  return [...sent].reduce((sum, [, value]) => sum + 160 + bytes.encode(value).length, 0) < OUTLIVES;
}

// Gives what the server said once it holds the words; nothing where it does not.
async function keep(leaving) {
  const asked = form();
  if (!asked) return;
  let answer;
  let sent;
  try {
    if (ended) ended = !(await renewed());
    if (ended) {
      later(SIGN_IN);
      return;
    }
    sent = body();
    unsaved = false;
    const keepalive = leaving && isShort(sent);
    answer = await fetch(asked.dataset.keep, { method: "POST", headers: BY_SCRIPT, body: sent, keepalive });
  } catch {
    unsaved = true;
    later(NO_NETWORK);
    return;
  }
  const said = await answer.json().catch(() => ({}));
  // The page was replaced meanwhile: it was drawn from what the server holds.
  if (asked !== form()) return;
  if (!answer.ok || !said.lock_version) {
    // Where others changed the same paragraph, the server holds the words beside the draft.
    unsaved = unsaved || !said.join;
    if (said.aside) asked.elements.aside.value = said.aside;
    refused(answer, said);
    return;
  }
  if (troubled) document.getElementById("notes").replaceChildren();
  troubled = false;
  // From now on changes are told from what was sent, whatever was joined to it on the server.
  asked.elements.lock_version.value = said.lock_version;
  asked.elements.base.value = said.typed ?? sent.get("text");
  asked.elements.aside.value = "";
  say(`Đã lưu tạm ${said.kept_at}`);
  if (said.joined_with) {
    note("", "Đã nhập cùng", `${said.joined_with} vừa sửa chỗ khác của dự thảo; hai phần đã được nhập vào nhau. Bấm “Lưu tạm” để hiện phần mới.`);
  }
  return said;
}

function refused(answer, said) {
  // 401: nobody is signed in; 403: somebody signed in again meanwhile, or may not write here.
  const known = troubled;
  ended = answer.status === 401 || answer.status === 403;
  if (ended) later(SIGN_IN);
  else say("Chưa lưu tạm được");
  // Tried again and again, but said aloud once.
  if (ended && known) return;
  const link = said.join ? [said.join, "Xem và nhập"] : said.sign_in && [said.sign_in, "Đăng nhập lại ở thẻ khác"];
  note("warn", said.sentence ?? "Chưa lưu tạm được.", said.advice ?? "Chữ đã gõ vẫn còn ở đây.", link);
}

function note(kind, title, words, link) {
  const framed = document.createElement("section");
  framed.className = `note ${kind}`;
  framed.setAttribute("role", "alert");
  for (const [tag, text] of [["strong", title], ["p", words]]) {
    const part = document.createElement(tag);
    part.textContent = text;
    framed.append(part);
  }
  if (link) {
    const led = document.createElement("a");
    led.className = "btn";
    [led.href, led.textContent] = link;
    // A page that holds unkept words is not left.
    if (ended) led.target = "_blank";
    framed.append(led);
  }
  document.getElementById("notes").replaceChildren(framed);
}

// Leaving with unkept words: they are sent at once, and the browser asks before it drops them.
addEventListener("beforeunload", (event) => {
  if (!unsaved || !form()) return;
  stopTimers();
  keepNext(true);
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const led = event.target.closest("#notes a");
  if (led && !led.target) unsaved = false;
});
document.addEventListener("visibilitychange", () => {
  if (!unsaved || again || document.visibilityState !== "hidden") return;
  stopTimers();
  keepNext(true);
});

// A press that never reached the server says so; one that was refused leaves its words unkept.
document.addEventListener("htmx:sendError", (event) => {
  if (!event.target.closest?.("[data-draft]")) return;
  unsaved = true;
  later(NO_NETWORK);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const status = event.detail.xhr?.status;
  if (!status || !event.target.closest?.("[data-draft]")) return;
  unsaved = !event.detail.successful;
  ended = status === 401 || status === 403;
  if (ended) later(SIGN_IN);
});

let readTimer;
let keepTimer;
function stopTimers() {
  clearTimeout(readTimer);
  clearTimeout(keepTimer);
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-draft]") || event.target.readOnly || event.target.name === "q") return;
  stopTimers();
  unsaved = true;
  say("Chưa lưu");
  readTimer = setTimeout(read, READ_AFTER);
  keepTimer = setTimeout(keepNext, KEEP_AFTER);
});

// Written as a whole text: the words are kept first, and the page is left only when they are.
let going = false;
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-draft]")) return;
  stopTimers();
  reading?.abort();
  if (event.target.hasAttribute("hx-post") || going) {
    unsaved = false;
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  (button?.value === "check" ? read() : keepNext()).then((said) => {
    // Not sent after all: see the guard of every form in app.js.
    delete form().dataset.sent;
    button?.removeAttribute("aria-busy");
    if (!said || button?.value === "check") return;
    if (button?.value !== "keep") go(button);
    else if (said.is_more && !unsaved) location.reload();
  });
});

// What was typed into a page that is going would be typed for nobody.
function go(button) {
  going = true;
  form().querySelector("textarea").readOnly = true;
  form().requestSubmit(button);
}
addEventListener("pageshow", (event) => {
  if (!event.persisted || !going) return;
  going = false;
  form().querySelector("textarea").readOnly = false;
});

// Written in pieces: a press sends the page and puts the answer in its place. What is typed while
// it is on its way is no part of the answer; such a page stays, and is joined with what came back
// as soon as the writer rests.
let sentWith;
let focused;
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
        if (event.target === form()) event.detail.issueRequest(true);
        else resolve();
      }),
  );
});
let pressed;
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
  if (event.detail.requestConfig.elt.matches("[data-draft]")) arrived();
});

function takeOver(page, status) {
  const answered = page.querySelector("[data-draft]");
  const mine = form().elements;
  unsaved = true;
  if (status >= 400) {
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

// A finding names its line: pressing it puts the caret there, in the pane or in the piece.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link || !form()) return;
  const line = Number(link.dataset.line);
  const pane = document.getElementById("id_text");
  const piece = [...document.querySelectorAll("[data-first]")].findLast((one) => Number(one.dataset.first) <= line);
  const field = pane ?? piece?.querySelector("textarea");
  if (!field) return;
  event.preventDefault();
  select(field, pane ? line : line - Number(piece.dataset.first) + 1);
  if (piece) piece.scrollIntoView({ block: "center" });
});

function select(field, wanted) {
  const lines = field.value.split("\n");
  const line = Math.min(wanted, lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = field.scrollHeight / lines.length;
  field.scrollTop = Math.max(0, height * (line - 4));
}

// Piece by piece, by keyboard: each key presses the button that the menu of the place holds.
const KEYS = [
  { alt: true, key: "ArrowUp", row: "[data-row-up]", piece: "[data-up]" },
  { alt: true, key: "ArrowDown", row: "[data-row-down]", piece: "[data-down]" },
  { ctrl: true, key: "Enter", row: "[data-row-add]", piece: "[data-add]" },
];
document.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.target.closest?.("[data-draft]")) return;
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.key === "s") {
    event.preventDefault();
    (form().querySelector("[data-keep-now]") ?? form().querySelector("[value=keep]"))?.click();
    return;
  }
  if (event.key === "Enter" && event.target.matches("[data-find]")) {
    event.preventDefault();
    form().querySelector("[value=find]").click();
    return;
  }
  const asked = KEYS.find((one) => one.key === event.key && Boolean(one.alt) === event.altKey && Boolean(one.ctrl) === ctrl);
  if (!asked) return;
  const row = event.target.closest("tr");
  const place = row ?? event.target.closest("[data-first]");
  const button = place?.querySelector(row ? asked.row : asked.piece);
  if (!button) return;
  event.preventDefault();
  button.click();
});

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

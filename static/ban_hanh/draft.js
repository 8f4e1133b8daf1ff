// The pages of a draft: what is typed is read live into the sheet beside it, and kept.
// Without this script the buttons of the page do the same. Elements are looked up when needed,
// because a page written piece by piece is replaced after every edit.

const READ_AFTER = 600;
const KEEP_AFTER = 2500;

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
  if (!form()) return;
  reading?.abort();
  reading = new AbortController();
  try {
    const answer = await fetch(form().dataset.preview, {
      method: "POST",
      body: body(),
      signal: reading.signal,
    });
    if (answer.ok) preview().innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") say("Mất kết nối; chữ đã gõ vẫn còn ở đây.");
  }
}

let keeping = Promise.resolve();
async function keep() {
  const asked = form();
  if (!asked) return;
  const sent = body();
  let answer;
  try {
    answer = await fetch(asked.dataset.keep, { method: "POST", body: sent });
  } catch {
    say("Chưa lưu tạm được: mất kết nối. Chữ đã gõ vẫn còn ở đây.");
    return;
  }
  const said = await answer.json().catch(() => ({}));
  // The page was replaced meanwhile: it was drawn from what the server holds.
  if (asked !== form()) return;
  if (!answer.ok) {
    say("Chưa lưu tạm được");
    note("warn", said.sentence ?? "Chưa lưu tạm được.", said.advice ?? "Chữ đã gõ vẫn còn ở đây.", said.join);
    return;
  }
  // From now on changes are told from what was sent, whatever was joined to it on the server.
  asked.elements.lock_version.value = said.lock_version;
  asked.elements.base.value = said.typed ?? sent.get("text");
  say(`Đã lưu tạm ${said.kept_at}`);
  if (said.joined_with) {
    note("", "Đã nhập cùng", `${said.joined_with} vừa sửa chỗ khác của dự thảo; hai phần đã được nhập vào nhau. Bấm “Lưu tạm” để hiện phần mới.`);
  }
}

function note(kind, title, words, join) {
  const framed = document.createElement("section");
  framed.className = `note ${kind}`;
  framed.setAttribute("role", "alert");
  for (const [tag, text] of [["strong", title], ["p", words]]) {
    const part = document.createElement(tag);
    part.textContent = text;
    framed.append(part);
  }
  if (join) {
    const link = document.createElement("a");
    link.className = "btn";
    link.href = join;
    link.textContent = "Xem và nhập";
    framed.append(link);
  }
  document.getElementById("notes").replaceChildren(framed);
}

let readTimer;
let keepTimer;
function stopTimers() {
  clearTimeout(readTimer);
  clearTimeout(keepTimer);
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-draft]") || event.target.readOnly || event.target.name === "q") return;
  stopTimers();
  say("Chưa lưu");
  readTimer = setTimeout(read, READ_AFTER);
  keepTimer = setTimeout(() => {
    keeping = keeping.then(keep);
  }, KEEP_AFTER);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-draft]")) stopTimers();
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

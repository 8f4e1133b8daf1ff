// The draft page: the text is read live into the sheet beside it, and kept while it is typed.
// Without this script "Kiểm tra" and "Lưu tạm" do the same by pressing.

const form = document.querySelector("[data-draft]");
const pane = document.getElementById("id_text");
const preview = document.getElementById("preview");
const kept = document.querySelector("[data-kept]");
const READ_AFTER = 600;
const KEEP_AFTER = 2500;

function body() {
  const data = new FormData(form);
  data.delete("act");
  return data;
}

let reading;
async function read() {
  reading?.abort();
  reading = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: body(),
      signal: reading.signal,
    });
    if (answer.ok) preview.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") kept.textContent = "Mất kết nối; chữ đã gõ vẫn còn ở đây.";
  }
}

let stopped = false;
let keeping = Promise.resolve();
async function keep() {
  if (stopped) return;
  let answer;
  try {
    answer = await fetch(form.dataset.keep, { method: "POST", body: body() });
  } catch {
    kept.textContent = "Chưa lưu tạm được: mất kết nối. Chữ đã gõ vẫn còn ở đây.";
    return;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    form.elements.lock_version.value = said.lock_version;
    kept.textContent = `Đã lưu tạm ${said.kept_at}`;
    return;
  }
  // Somebody else's text is not written over: saving stops, the typed text stays in the pane.
  stopped = answer.status === 409;
  kept.textContent = "Chưa lưu tạm được";
  const note = document.createElement("section");
  note.className = "note warn";
  note.setAttribute("role", "alert");
  for (const [tag, words] of [
    ["strong", said.sentence ?? "Chưa lưu tạm được."],
    ["p", said.advice ?? "Chữ đã gõ vẫn còn ở đây."],
  ]) {
    const part = document.createElement(tag);
    part.textContent = words;
    note.append(part);
  }
  document.getElementById("notes").replaceChildren(note);
}

let readTimer;
let keepTimer;
if (pane && !pane.readOnly) {
  pane.addEventListener("input", () => {
    clearTimeout(readTimer);
    clearTimeout(keepTimer);
    kept.textContent = "Chưa lưu";
    readTimer = setTimeout(read, READ_AFTER);
    keepTimer = setTimeout(() => {
      keeping = keeping.then(keep);
    }, KEEP_AFTER);
  });
  form.addEventListener("submit", () => {
    clearTimeout(readTimer);
    clearTimeout(keepTimer);
  });
}

// A finding names its line: pressing it puts the caret there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link || !pane) return;
  event.preventDefault();
  const lines = pane.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  pane.focus();
  pane.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = pane.scrollHeight / lines.length;
  pane.scrollTop = Math.max(0, height * (line - 4));
});

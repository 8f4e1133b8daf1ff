// The pages of a draft: what is typed is read live into the sheet beside it, and kept.
// Without this script the buttons of the page do the same. Elements are looked up when needed,
// because a page written piece by piece is replaced after every edit.

const READ_AFTER = 600;
const KEEP_AFTER = 2500;
// What could not be kept is tried again so often, and as soon as the network or the reader is back.
const AGAIN_AFTER = 15000;
const NO_NETWORK = "Chưa lưu tạm được: mất kết nối. Chữ đã gõ vẫn còn ở đây, có mạng sẽ lưu lại.";
const SIGN_IN = "Chưa lưu tạm được: cần đăng nhập lại bằng tài khoản đã mở trang này.";
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
    document.dispatchEvent(new Event("draft:read"));
  } catch (error) {
    if (error.name !== "AbortError") say("Mất kết nối; chữ đã gõ vẫn còn ở đây.");
  }
}

let keeping = Promise.resolve();

// Whether something was typed that the server does not hold yet; and whether it has to be sent
// anew, first under a fresh token where the session had ended.
let unsaved = false;
let again;
let ended = false;
let troubled = false;

// What cannot be kept yet outlives a page that is closed: this tab holds it, for this person and
// this page, until the server does. What an earlier page left and the server did not take is never
// written over by what this one types.
const slot = () => `ban-hanh-unkept:${document.body.dataset.person}:${location.pathname}`;
let left;
const STILL_LEFT = "Phần gõ lần trước chưa vào dự thảo; thẻ này vẫn giữ. Tải lại trang để thử lại, đừng đóng thẻ.";
const TAKEN_UP = "Phần gõ lúc mất kết nối đã được lưu vào dự thảo.";

function remember() {
  if (left) return;
  try {
    sessionStorage.setItem(slot(), JSON.stringify({ fields: [...body()] }));
  } catch {
    // Storage is barred or full: the page alone holds the words, and asks before it is left.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(slot())) ?? undefined;
  } catch {
    return undefined;
  }
}

function forget() {
  if (!left && remembered()) sessionStorage.removeItem(slot());
}

async function takeUp() {
  const unkept = form() && remembered();
  if (!unkept) return;
  if (unkept.done) {
    forget();
    note("", "Đã lưu lại", TAKEN_UP);
    return;
  }
  const sent = new FormData();
  const token = form().elements.csrfmiddlewaretoken.value;
  for (const [name, value] of unkept.fields) sent.append(name, name === "csrfmiddlewaretoken" ? token : value);
  const answer = await fetch(form().dataset.keep, { method: "POST", headers: BY_SCRIPT, body: sent }).catch(() => undefined);
  const said = await answer?.json().catch(() => ({}));
  if (answer?.ok && said.lock_version) {
    sessionStorage.setItem(slot(), JSON.stringify({ fields: [], done: true }));
    location.reload();
  } else if (said?.join) {
    forget();
    refused(answer, said);
  } else {
    left = unkept;
    note("warn", said?.sentence ?? "Chưa lưu lại được", STILL_LEFT);
  }
}
keeping = takeUp();

function later(words) {
  say(words);
  remember();
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
  forget();
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

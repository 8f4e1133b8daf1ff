// One line says that the page is older than the office. A push carries a topic and a version;
// what changed is fetched through the page's own guarded address, and nothing on the page moves
// until the reader presses.

const line = document.querySelector("[data-live][data-topic]");
const WAIT_FIRST = 1000;
const WAIT_MOST = 30000;
const GATHER = 120; // Several announcements of one act are one piece of news.
const SIGNED_OUT = 4401;
const REFUSED = 4403;

if (line) listen();

function listen() {
  const words = line.querySelector("[data-live-words]");
  const button = line.querySelector("[data-live-show]");
  const address = line.dataset.href || location.pathname + location.search;
  const hasRows = Boolean(document.querySelector('[data-live-part="viec"]'));
  let wait = WAIT_FIRST;
  let gathering = 0;
  let heardAt = "";
  let lostSince = "";
  let shown = Number(line.dataset.version) || 0;
  let newest = shown;
  let leaving = false;

  connect();
  addEventListener("pagehide", () => {
    leaving = true;
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    connect();
  });
  button.addEventListener("click", show);

  function connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const topics = encodeURIComponent(line.dataset.topic);
    const socket = new WebSocket(`${scheme}//${location.host}/truc-tiep/?chu-de=${topics}`);
    socket.addEventListener("open", () => {
      line.dataset.connected = "";
      wait = WAIT_FIRST;
      if (!lostSince) return;
      // What was announced meanwhile was missed: look once.
      lostSince = "";
      if (line.dataset.state === "lost") say("quiet", "");
      look(localTime());
    });
    socket.addEventListener("message", (event) => heard(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => {
      delete line.dataset.connected;
      if (leaving) return;
      lost(event.code);
      if (event.code === SIGNED_OUT || event.code === REFUSED) return;
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, WAIT_MOST);
    });
  }

  function heard(message) {
    // A print moved on: its part of the page asks again by itself, the paper has not changed.
    if (message.topic.startsWith("prints.")) {
      document.body.dispatchEvent(new CustomEvent("prints"));
      return;
    }
    if (!hasRows && message.version && message.version <= shown) return;
    newest = Math.max(newest, message.version);
    heardAt = message.at.slice(11, 16);
    clearTimeout(gathering);
    gathering = setTimeout(() => look(heardAt), GATHER);
  }

  // Said once: the reader is not told again of every attempt.
  function lost(code) {
    if (lostSince) return;
    lostSince = localTime();
    if (line.dataset.state === "news") return;
    const what = code === SIGNED_OUT ? "Phiên làm việc đã kết thúc" : "Mất kết nối trực tiếp";
    say("lost", `${what} từ ${lostSince}; tải lại để xem mới nhất`);
  }

  async function look(at) {
    if (!hasRows) {
      say("news", `Văn bản vừa đổi lúc ${at}`);
      return;
    }
    const page = await fetched();
    if (!page) return;
    const news = difference(page);
    if (!news) {
      say("quiet", "");
      return;
    }
    document.title = page.title;
    say("news", `${news} lúc ${at}`);
  }

  async function fetched() {
    let answer;
    try {
      answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    } catch {
      return null; // The socket's own loss says so.
    }
    if (answer.redirected && new URL(answer.url).pathname !== new URL(address, location).pathname) {
      lost(SIGNED_OUT);
      return null;
    }
    if (!answer.ok) {
      say("lost", "Trang này không còn mở cho tài khoản này; tải lại để biết vì sao");
      return null;
    }
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function difference(page) {
    const before = rows(document);
    const after = rows(page);
    const fresh = [...after.keys()].filter((key) => !before.has(key)).length;
    const gone = [...before.keys()].filter((key) => !after.has(key)).length;
    const moved = changed(before, after).length;
    const parts = [];
    if (fresh) parts.push(`${fresh} việc mới`);
    if (moved) parts.push(`${moved} việc vừa đổi`);
    if (gone) parts.push(`${gone} việc không còn chờ`);
    if (parts.length) return `Có ${parts.join(", ")}`;
    return beside(page) ? "Phần bên cạnh danh sách vừa đổi" : "";
  }

  function beside(page) {
    return [...document.querySelectorAll("[data-live-part]")].some((part) => {
      const other = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      return other && other.textContent.trim() !== part.textContent.trim();
    });
  }

  async function show() {
    if (!hasRows) {
      if (document.querySelector('main form[method="post"]:not([data-plain])')) location.assign(address);
      else await showWhole();
      return;
    }
    const page = await fetched();
    if (!page) return;
    const moved = changed(rows(document), rows(page));
    const held = document.activeElement;
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const other = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (other) part.replaceChildren(...other.childNodes);
    }
    for (const key of moved) tag(key);
    document.title = page.title;
    settle(held);
  }

  // A page without rows is read, not typed in: its whole content is exchanged in its place.
  async function showWhole() {
    const page = await fetched();
    const other = page?.querySelector("main");
    if (!other) return;
    document.title = page.title;
    other.querySelector("[data-live]")?.replaceWith(line);
    const main = document.querySelector("main");
    main.replaceChildren(...other.childNodes);
    window.htmx?.process(main);
    shown = newest;
    settle(button);
  }

  function settle(held) {
    say("quiet", "");
    // The pressed button is gone: the reader stays at its line instead of the page's top.
    if (held === button || !held?.isConnected) {
      line.tabIndex = -1;
      line.focus({ preventScroll: true });
    }
  }

  function tag(key) {
    const row = document.querySelector(`[data-key="${key}"]`);
    const mark = document.createElement("span");
    mark.className = "tag";
    mark.textContent = `Vừa đổi ${heardAt || localTime()}`;
    row.classList.add("moved");
    row.querySelector(".meta").append(mark);
  }

  function say(state, sentence) {
    line.dataset.state = state;
    words.textContent = sentence;
    button.hidden = state !== "news";
  }
}

function rows(page) {
  return new Map([...page.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row.dataset.version]));
}

function changed(before, after) {
  return [...after.keys()].filter((key) => before.has(key) && before.get(key) !== after.get(key));
}

function localTime() {
  return new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
}

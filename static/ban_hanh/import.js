// The import pages: HTML from the clipboard becomes plain text with its tables and lists, and a
// finding leads to its line. Without this script plain text is pasted, and findings name their line.

const target = document.querySelector("[data-paste]");
const pasted = target?.querySelector("textarea");
const told = target?.querySelector("[data-pasted]");

function put(text) {
  pasted.focus();
  pasted.setRangeText(text, pasted.selectionStart, pasted.selectionEnd, "end");
  pasted.dispatchEvent(new Event("input", { bubbles: true }));
}

pasted?.addEventListener("paste", async (event) => {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  const body = new FormData();
  body.set("html", html);
  body.set("csrfmiddlewaretoken", pasted.form.elements.csrfmiddlewaretoken.value);
  told.textContent = "Đang chuyển bảng và danh sách thành chữ…";
  try {
    const answer = await fetch(target.dataset.paste, { method: "POST", body });
    const said = await answer.json();
    if (answer.ok) {
      put(said.text);
      told.textContent = "Đã dán; bảng và danh sách được giữ.";
      return;
    }
    told.textContent = `${said.sentence} Đã dán chữ trơn.`;
  } catch {
    told.textContent = "Không chuyển được bảng và danh sách; đã dán chữ trơn.";
  }
  put(plain);
});

const pane = document.getElementById("id_text");

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link || !pane) return;
  event.preventDefault();
  const lines = pane.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  pane.focus();
  pane.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  // Wrapped lines have no height of their own: a copy of the text above tells how far to scroll.
  const copy = pane.cloneNode();
  copy.removeAttribute("id");
  copy.removeAttribute("name");
  copy.setAttribute("aria-hidden", "true");
  copy.rows = 1;
  copy.className = "measure";
  copy.value = lines.slice(0, line - 1).join("\n");
  pane.after(copy);
  pane.scrollTop = Math.max(0, copy.scrollHeight - pane.clientHeight / 3);
  copy.remove();
});

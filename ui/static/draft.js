/* Soạn báo cáo: messages beside fields, evidence of a paragraph, paragraphs edited by hand, saving while typing. */
(() => {
  "use strict";
  const { keep, kept, pageState } = window.tlbc;
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const SHAPES = { error: "● Lỗi: ", warning: "▲ Cần xem: ", info: "○ " };

  // ------------------------------------------------ messages beside the fields
  window.tlbc.signals = (el) => {
    const signals = JSON.parse(el.dataset.signals || "[]");
    for (const box of $$("#draft-form .form-field")) {
      const mine = signals.filter((s) => s.key === box.dataset.key);
      const place = box.querySelector(".signals");
      place.replaceChildren(...mine.map((s) => Object.assign(document.createElement("div"), { className: `note small ${s.severity}`, textContent: (SHAPES[s.severity] || "") + s.text })));
      for (const input of $$(".field", box)) input.classList.toggle("wrong", mine.some((s) => s.severity === "error"));
    }
  };

  // ------------------------------------------------ saved while typing, not only when the field is left
  let waiting;
  document.addEventListener("input", (e) => {
    const input = e.target;
    if (!input.matches?.("#draft-form [data-change], #draft-form [data-column]")) return;
    clearTimeout(waiting);
    input.dataset.typed = "1";
    waiting = setTimeout(() => input.isConnected && input.dispatchEvent(new Event("change", { bubbles: true })), 900);
  });
  document.addEventListener("change", (e) => { if (e.target.matches?.("#draft-form .field")) clearTimeout(waiting); }, true);
  addEventListener("pagehide", () => { const el = document.activeElement; if (el?.matches?.("#draft-form .field")) el.dispatchEvent(new Event("change", { bubbles: true })); });

  // ------------------------------------------------ steps: the server draws what the step shows
  document.addEventListener("click", (e) => {
    const tab = e.target.closest("#steps > .tab-wrapper [role=tab]");
    if (tab && e.isTrusted !== undefined) window.tlbc.send("draft-bar", { act: "step", step: tab.dataset.tabId });
  });

  // ------------------------------------------------ evidence
  const line = (text, name = "div") => Object.assign(document.createElement("div"), { className: name, textContent: text });
  const format = (value) => {
    if (value === null || value === undefined) return "chưa có số liệu";
    if (typeof value === "number") return value.toLocaleString("vi-VN", { maximumFractionDigits: 2 });
    if (Array.isArray(value)) return `${value.length} mục`;
    if (typeof value === "object") return Object.values(value).filter(Boolean).join(", ");
    return String(value);
  };
  const evidenceLine = (e) => {
    const box = line("", "evidence-item");
    if (e.kind === "conflict") box.append(line(`● ${e.text}`, "value"));
    else if (e.kind === "input") { box.append(line(e.label || e.field, "muted"), line(format(e.value) + (e.rule ? `   =   ${e.rule}` : ""), "value")); }
    else if (e.kind === "registry") box.append(line("Danh mục văn bản", "muted"), line([e.symbol, e.provision].filter(Boolean).join(", "), "value"));
    else box.append(line(e.location || e.document_id, "muted"), line(`«${e.quote}»`, "value"));
    return box;
  };
  const showEvidence = (paragraph) => {
    const side = document.querySelector("#evidence"), all = document.querySelector("[data-evidence]");
    if (!side || !all) return;
    all.parsed ??= JSON.parse(all.dataset.evidence || "{}");
    const items = all.parsed[paragraph.dataset.key] || [];
    for (const el of $$(".paper .looked-at")) el.classList.remove("looked-at");
    paragraph.classList.add("looked-at");
    side.classList.remove("muted");
    side.replaceChildren(...(items.length ? items.map(evidenceLine) : [line("Câu dẫn, không nêu số liệu hay văn bản.")]));
    side.closest(".evidence-card").classList.add("on");
    const edit = document.querySelector("#edit-paragraph");
    edit.hidden = isRow(paragraph);
    edit.dataset.editParagraph = paragraph.dataset.key;
    if (paragraph.classList.contains("da-sua")) side.prepend(line("✎ Đoạn sửa tay", "tag warning"));
  };
  // rows of tables have evidence too; what stands in them is changed in the form
  const isRow = (el) => el.tagName === "TR";
  const paragraphOf = (target) => target.closest?.(".big-paper [data-key]");
  // where the evidence lies over the page, hovering must not bring it up again
  const beside = matchMedia("(min-width: 1001px)");
  document.addEventListener("mouseover", (e) => { const p = beside.matches && paragraphOf(e.target); if (p && !document.querySelector(".editing")) showEvidence(p); });
  document.addEventListener("focusin", (e) => { const p = paragraphOf(e.target); if (p) showEvidence(p); });

  // ------------------------------------------------ editing a paragraph
  const openEditor = (p) => {
    if (isRow(p) || document.querySelector(".editing") || p.closest("#draft-paper") === null) return;
    const text = p.querySelector(".cau")?.innerText ?? p.innerText;
    const box = document.createElement("div");
    box.className = "editing";
    box.innerHTML = `<label class="visually-hidden" for="edit-text">Sửa đoạn</label><textarea class="field" id="edit-text" rows="4"></textarea><div class="row"><button type="button" class="btn primary" data-save>Giữ đoạn này</button><button type="button" class="btn" data-cancel>Thôi</button>${p.classList.contains("da-sua") ? '<button type="button" class="btn quiet" data-return>Trả về bản soạn tự động</button>' : ""}</div>`;
    box.querySelector("textarea").value = text.trim();
    p.hidden = true;
    p.after(box);
    box.querySelector("textarea").focus();
    box.addEventListener("input", () => keep("tlbc-editing", JSON.stringify({ draft: pageState().draft, key: p.dataset.key, text: box.querySelector("textarea").value })));
    box.addEventListener("click", (e) => {
      if (e.target.closest("button")) keep("tlbc-editing", "");
      if (e.target.closest("[data-cancel]")) { box.remove(); p.hidden = false; p.focus(); }
      if (e.target.closest("[data-save]")) window.tlbc.send("draft-paper", { act: "edit", key: p.dataset.key, form: { text: box.querySelector("textarea").value.normalize("NFC") } });
      if (e.target.closest("[data-return]")) window.tlbc.send("draft-paper", { act: "edit", key: p.dataset.key });
    });
    box.addEventListener("keydown", (e) => { if (e.key === "Escape") box.querySelector("[data-cancel]").click(); });
  };
  document.addEventListener("click", (e) => {
    const gap = e.target.closest(".paper mark.thieu[data-field]");
    if (gap && gap.dataset.field) { window.tlbc.send(gap.closest("#draft-paper") ? "draft-paper" : "draft-side", { act: "goto", field: gap.dataset.field }); setTimeout(() => window.tlbc.focusField(gap.dataset.field), 700); return; }
    const p = paragraphOf(e.target);
    if (p && !e.target.closest(".editing")) { showEvidence(p); if (window.getSelection()?.isCollapsed && e.detail === 2) openEditor(p); }
    const edit = e.target.closest("[data-edit-paragraph]");
    const target = edit && document.querySelector(`.big-paper [data-key="${CSS.escape(edit.dataset.editParagraph)}"]`);
    if (target) openEditor(target);
    if (edit || e.target.closest("[data-close-evidence]")) document.querySelector(".evidence-card")?.classList.remove("on");
  });
  document.addEventListener("dblclick", (e) => { const p = paragraphOf(e.target); if (p) { window.getSelection()?.removeAllRanges(); openEditor(p); } });
  document.addEventListener("keydown", (e) => { if (e.key === "Enter" && e.target.matches?.(".big-paper [data-key]")) { e.preventDefault(); openEditor(e.target); } });
  window.tlbc.focusField = (key) => {
    const box = document.querySelector(`#draft-form .form-field[data-key="${CSS.escape(key)}"]`);
    if (!box) return;
    box.scrollIntoView({ block: "center" });
    box.querySelector(".field, button")?.focus({ preventScroll: true });
  };

  const tool = (text, data) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small redraft", textContent: text });
    Object.assign(button.dataset, data);
    return button;
  };
  // an editor that was open when the server went away is opened again with what was written in it
  const reopen = () => {
    const was = JSON.parse(kept("tlbc-editing") || "{}");
    const p = was.draft && was.draft === pageState().draft && document.querySelector(`#draft-paper .big-paper [data-key="${CSS.escape(was.key)}"]`);
    if (!p || document.querySelector(".editing")) return;
    openEditor(p);
    document.querySelector("#edit-text").value = was.text;
  };
  // paragraphs can be reached and edited with the keyboard; headings offer to draft their section again
  new MutationObserver(() => {
    reopen();
    for (const p of $$(".big-paper [data-key]:not([tabindex])")) { p.tabIndex = 0; if (!isRow(p)) p.title = "Bấm đúp hoặc nhấn Enter để sửa đoạn này"; }
    for (const s of $$(".big-paper section[id^=sec-]:not(.has-tools)")) {
      s.classList.add("has-tools");
      const tools = Object.assign(document.createElement("div"), { className: "section-tools" });
      if (s.querySelector(":scope > p[data-key]:not(.da-sua)") && s.closest("[data-rewrites]")) tools.append(tool("✎ Viết lại câu chữ", { act: "rewrite", section: s.id.slice(4) }));
      if (s.querySelector(":scope > [data-key].da-sua, :scope > ul > .da-sua")) tools.append(tool("↻ Soạn lại mục này", { act: "redraft", section: s.id.slice(4), confirm: "Soạn lại mục này từ số liệu? Các đoạn sửa tay trong mục sẽ mất (hoàn tác được)." }));
      if (tools.children.length) s.append(tools);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

/* The thin layer between our HTML and Gradio's events.
   Elements say what they do: data-act sends an event to the server (through the panel they stand in),
   data-do does something here in the browser. What the page is about (which draft, which section) is kept in
   the page itself, in [data-state], so that a restart of the server loses nothing. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---------------------------------------------------------------- what is sent
  const pageState = () => Object.assign({}, ...$$("[data-state]").map((e) => ({ [e.dataset.state]: e.dataset.value || "" })));
  const valueOf = (input) => {
    if (input.type === "checkbox") return input.checked;
    if (input.dataset.kind === "list") return input.value.split("\n").map((line) => line.trim()).filter(Boolean);
    return input.value.normalize("NFC");
  };
  const formOf = (name) => {
    const form = {};
    for (const input of $$(`[data-form="${name}"]`)) {
      if (input.type === "radio" && !input.checked) continue;
      form[input.name] = valueOf(input);
    }
    return form;
  };
  const message = (element, more) => {
    const data = { ...element.dataset };
    return { ...data, ...(data.with ? { form: formOf(data.with) } : {}), ...more, state: pageState() };
  };
  const send = (trigger, element, more) => {
    if (element.getAttribute("aria-disabled") === "true") return;
    if (element.classList.contains("btn") && !("quick" in element.dataset)) {
      element.setAttribute("aria-busy", "true");
      setTimeout(() => element.removeAttribute("aria-busy"), 20000);
    }
    trigger("act", message(element, more));
  };

  // ---------------------------------------------------------------- tables in forms
  const tableRows = (box) => $$("tbody tr", box).map((row) =>
    Object.fromEntries($$("[data-column]", row).map((input) => [input.dataset.column, valueOf(input)])))
    .filter((row) => Object.values(row).some((value) => String(value).trim() !== ""));
  const sendTable = (trigger, box) => trigger("act", message(box, { act: box.dataset.table, value: tableRows(box) }));
  const addRow = (box) => {
    const row = $("template", box).content.firstElementChild.cloneNode(true);
    $("tbody", box).append(row);
    $("[data-column]", row)?.focus();
  };

  // ---------------------------------------------------------------- files
  const sendFile = (file, door, line) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/tai-len/${door}?ten=${encodeURIComponent(file.name.normalize("NFC"))}`);
    request.upload.onprogress = (e) => { if (e.lengthComputable) $("progress", line).value = e.loaded / e.total; };
    request.onloadend = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* not JSON: the connection broke */ }
      if (request.status === 200) { $("progress", line).value = 1; line.dataset.done = "1"; resolve(answer); return; }
      line.innerHTML = `<div class="note error" role="alert"></div>`;
      line.firstChild.textContent = "● " + (answer.message || answer.detail || `Chưa gửi được «${file.name}»; hãy kiểm tra kết nối rồi gửi lại.`);
      resolve(null);
    };
    request.send(file);
  });
  const takeFiles = async (trigger, drop, files) => {
    const list = $(".uploads", drop.parentElement) || drop.insertAdjacentElement("afterend", Object.assign(document.createElement("ul"), { className: "uploads" }));
    list.replaceChildren();
    const answers = await Promise.all([...files].map((file) => {
      const line = document.createElement("li");
      line.innerHTML = `<div class="row between"><span></span></div><progress max="1" value="0"></progress>`;
      $("span", line).textContent = `Đang gửi ${file.name}`;
      $("progress", line).setAttribute("aria-label", `Đang gửi ${file.name}`);
      list.append(line);
      return sendFile(file, drop.dataset.drop, line);
    }));
    const taken = answers.filter(Boolean);
    for (const line of $$("li[data-done]", list)) line.remove();
    if (taken.length) trigger("act", message(drop, { act: drop.dataset.then, files: taken }));
  };

  // ---------------------------------------------------------------- kept in the browser
  const keep = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private window, or too long */ } };
  const kept = (key) => { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } };
  // what was typed is held until the server is known to have outlived it; after a restart it is sent again
  const opened = Date.now(), HOLD_SECONDS = 5;
  const unsent = () => JSON.parse(kept("tlbc-unsent") || "[]");
  const hold = (list) => keep("tlbc-unsent", JSON.stringify(list));
  const held = (data) => {
    if (data.act === "undo") hold([]);
    if (!["set", "set-table", "edit"].includes(data.act)) return;
    const other = (was) => was.state.draft !== data.state.draft || ["act", "section", "field", "key"].some((name) => was[name] !== data[name]);
    hold([...unsent().filter(other), { ...data, at: Date.now() }]);
  };
  const sendAgain = (draft) => {
    const lost = (was) => was.at < opened && was.state.draft === draft;
    const changes = unsent().filter(lost);
    if (!changes.length) return;
    hold(unsent().map((was) => lost(was) ? { ...was, at: Date.now() } : was));
    setTimeout(() => sendTo("draft-bar", { act: "resend", changes }), 300);
  };

  // ---------------------------------------------------------------- one panel and its trigger
  const bind = (panel, fire) => {
    const trigger = (kind, data) => { held(data); fire(kind, data); };
    panel.addEventListener("click", async (e) => {
      const remove = e.target.closest("[data-row-remove]");
      if (remove) { const box = remove.closest("[data-table]"); remove.closest("tr").remove(); sendTable(trigger, box); return; }
      const add = e.target.closest("[data-row-add]");
      if (add) { addRow(add.closest("[data-table]")); return; }
      const element = e.target.closest("[data-act]");
      if (!element || element.tagName === "FORM") return;
      e.preventDefault();
      if (element.dataset.confirm && !(await confirmed(element.dataset.confirm))) return;
      send(trigger, element);
    });
    panel.addEventListener("submit", (e) => {
      const form = e.target.closest("form[data-act]");
      if (!form) return;
      e.preventDefault();
      send(trigger, form, { form: { ...formOf(form.dataset.with || form.dataset.act), ...Object.fromEntries([...new FormData(form)].filter(([, v]) => typeof v === "string")) } });
      if ("clear" in form.dataset) form.reset();
    });
    panel.addEventListener("change", (e) => {
      if (e.target.type === "file") {
        const drop = e.target.closest("[data-drop]");
        if (drop && e.target.files.length) { takeFiles(trigger, drop, e.target.files); e.target.value = ""; }
        return;
      }
      const box = e.target.closest("[data-table]");
      if (box && e.target.dataset.column) { sendTable(trigger, box); return; }
      const input = e.target.closest("[data-change]");
      if (input) trigger("act", message(input, { act: input.dataset.change, value: valueOf(input) }));
    });
    let waiting;
    panel.addEventListener("input", (e) => {
      const input = e.target.closest("[data-input]");
      if (!input) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => trigger("act", message(input, { act: input.dataset.input, value: valueOf(input) })), 350);
    });
    panel.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.target.matches("textarea[data-enter]")) {
        e.preventDefault();
        if (e.target.value.trim()) e.target.form.requestSubmit();
      }
    });
    for (const kind of ["dragover", "dragleave", "drop"]) panel.addEventListener(kind, (e) => {
      const drop = e.target.closest("[data-drop]");
      if (!drop) return;
      e.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && e.dataTransfer.files.length) takeFiles(trigger, drop, e.dataTransfer.files);
    });
    panel.addEventListener("tlbc-send", (e) => trigger("act", { ...e.detail, state: pageState() }));
  };
  // lets a button of one panel speak for another: data-to names the panel's element id
  const sendTo = (id, detail) => $(`#${id} .panel, #${id} [data-panel]`)?.dispatchEvent(new CustomEvent("tlbc-send", { bubbles: true, detail }));

  // ---------------------------------------------------------------- dialogs and toasts
  const confirmed = (text) => new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "ask-dialog";
    dialog.innerHTML = `<p></p><div class="row" style="justify-content:flex-end;margin-top:16px"><button class="btn" value="no">Không</button><button class="btn primary" value="yes">Đồng ý</button></div>`;
    $("p", dialog).textContent = text;
    dialog.addEventListener("click", (e) => { const b = e.target.closest("button"); if (b) dialog.close(b.value); });
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
  const toast = (text, kind = "ok", seconds = 5) => {
    let box = $(".toasts");
    if (!box) { box = Object.assign(document.createElement("div"), { className: "toasts" }); box.setAttribute("role", "status"); box.setAttribute("aria-live", "polite"); document.body.append(box); }
    const shapes = { ok: "✓ ", warning: "▲ ", error: "● ", info: "○ " };
    const note = Object.assign(document.createElement("div"), { className: `note ${kind}` });
    note.append(Object.assign(document.createElement("span"), { textContent: (shapes[kind] || "") + text }));
    const close = Object.assign(document.createElement("button"), { type: "button", className: "btn icon", textContent: "✕" });
    close.setAttribute("aria-label", "Đóng thông báo");
    close.addEventListener("click", () => note.remove());
    if (seconds > 6) note.append(close);
    box.append(note);
    setTimeout(() => note.remove(), seconds * 1000);
  };

  // ---------------------------------------------------------------- done here, without the server
  const copyText = async (text) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    toast("Đã sao chép.");
  };
  const openTab = (id) => $$("#main > .tab-wrapper [role=tab]").find((tab) => tab.dataset.tabId === id)?.click();
  const openStep = (id) => $$("#steps > .tab-wrapper [role=tab]").find((tab) => tab.dataset.tabId === id)?.click();
  const setTheme = (dark) => {
    document.body.classList.toggle("dark", dark);
    document.documentElement.classList.toggle("dark", dark);
    try { localStorage.setItem("tlbc-theme", dark ? "dark" : "light"); } catch { /* private window */ }
  };
  const actions = {
    copy: (el) => copyText(el.dataset.text ?? $(el.dataset.from)?.innerText ?? ""),
    theme: () => setTheme(!document.body.classList.contains("dark")),
    tab: (el) => openTab(el.dataset.tab),
    step: (el) => openStep(el.dataset.step),
    toggle: (el) => $(el.dataset.target)?.classList.toggle(el.dataset.class),
    show: (el) => { const t = $(el.dataset.target); if (t) { t.scrollIntoView({ block: "center" }); t.focus({ preventScroll: true }); } },
    logout: () => { const f = Object.assign(document.createElement("form"), { method: "post", action: "/dang-xuat" }); document.body.append(f); f.submit(); },
    fill: (el) => { const t = $(el.dataset.target); t.value = el.dataset.text; t.focus(); if (t.form && "now" in el.dataset) t.form.requestSubmit(); },
    pick: (el) => { const list = el.closest("[data-picks]"); for (const b of $$("[data-pick]", list)) b.setAttribute("aria-pressed", b === el); for (const p of $$("[data-picked]", document)) p.hidden = p.dataset.picked !== el.dataset.pick; },
    send: (el) => {
      const { to, ...detail } = el.dataset;
      if (detail.tab) openTab(detail.tab);
      // a tab that was never open has no panels yet
      let tries = 0;
      const wait = setInterval(() => {
        if ($(`#${to} [data-panel]`)) { clearInterval(wait); sendTo(to, { ...detail, act: el.dataset.sends }); } else if (++tries > 40) clearInterval(wait);
      }, 100);
    },
  };
  document.addEventListener("click", (e) => {
    const element = e.target.closest("[data-do]");
    if (element) { e.preventDefault(); actions[element.dataset.do]?.(element); }
    if (!e.target.closest("#ask-rail, .rail-toggle")) $("#ask.rail-open")?.classList.remove("rail-open");
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") $("[data-escape]")?.click(); });

  // ---------------------------------------------------------------- after a panel was drawn
  const once = {
    bottom: (el) => { const box = el.closest("#ask-talk"); if (box) box.scrollTop = box.scrollHeight; },
    answer: (el) => { keep("tlbc-question", $("#question")?.value ?? ""); const box = el.closest("#ask-talk"); if (box) box.scrollTop = Math.max(0, el.offsetTop - box.offsetTop - 12); },
    center: (el) => { const box = el.closest(".source-text, .scrolls"); if (box) box.scrollTop = Math.max(0, el.offsetTop - box.offsetTop - box.clientHeight / 3); },
    toast: (el) => toast(el.dataset.text, el.dataset.kind, Number(el.dataset.seconds) || 5),
    step: (el) => openStep(el.dataset.step),
    focus: (el) => el.focus(),
    current: (el) => { const box = el.closest("#draft-outline"); if (box && box.scrollHeight > box.clientHeight) box.scrollTop = Math.max(0, el.offsetTop - box.clientHeight / 2); },
    download: (el) => { const a = Object.assign(document.createElement("a"), { href: el.dataset.href, download: "" }); document.body.append(a); a.click(); a.remove(); },
    draft: (el) => sendAgain(el.dataset.value),
    signals: (el) => window.tlbc.signals?.(el),
    check: (el) => window.tlbc.check?.(el),
  };
  const settle = (root) => {
    const found = root.matches("[data-once]") ? [root] : [];
    for (const el of [...found, ...$$("[data-once]", root)]) {
      const name = el.dataset.once;
      delete el.dataset.once;
      requestAnimationFrame(() => once[name]?.(el));
    }
  };
  // a patched box keeps what was typed in it; the server's value is the one to show
  const showValues = (root) => {
    for (const input of $$("input, textarea, select", root)) {
      if (input.type === "file") continue;
      if (input.type === "checkbox" || input.type === "radio") input.checked = input.defaultChecked;
      else if (input.tagName === "SELECT") input.selectedIndex = Math.max(0, [...input.options].findIndex((o) => o.defaultSelected));
      else input.value = input.defaultValue;
    }
  };
  const fixGradio = () => {
    // Gradio's own parts speak English or lack a name
    const more = $("#main > .tab-wrapper .overflow-menu button");
    if (more) more.setAttribute("aria-label", "Thêm thẻ");
    for (const tab of $$("[role=tab][aria-controls='']")) tab.removeAttribute("aria-controls");
    for (const panel of $$("[role=tabpanel]:not([aria-label])")) {
      const tab = $$("[role=tab]").find((t) => panel.id && t.getAttribute("aria-controls") === panel.id);
      panel.setAttribute("aria-label", tab?.textContent.trim() || "Nội dung thẻ");
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      // Gradio patches what is there: a mark may come back as an attribute of an element that stays
      if (change.type === "attributes") { if (change.attributeName === "data-drawn") showValues(change.target); else if (change.attributeName === "data-once" && change.target.dataset.once) settle(change.target); continue; }
      for (const node of change.addedNodes) if (node.nodeType === 1) settle(node);
    }
    for (const button of $$('.btn[aria-busy="true"]')) if (changes.some((c) => !button.contains(c.target) && c.target !== button && c.addedNodes.length)) button.removeAttribute("aria-busy");
    fixGradio();
    moved();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-once", "data-drawn", "aria-selected"] });

  // ---------------------------------------------------------------- the server may be restarted under an open page
  document.addEventListener("input", (e) => { if (e.target.id === "question") keep("tlbc-question", e.target.value); });
  const takeUp = () => {
    const tab = kept("tlbc-tab"), question = kept("tlbc-question"), talk = kept("tlbc-talk");
    keep("tlbc-tab", "");
    keep("tlbc-talk", "");
    const wait = setInterval(() => {
      if (!$("#ask-talk .talk") || !$("#ask-rail .rail") || !$("#question")) return;
      clearInterval(wait);
      arrive();
      if (talk) $(`#ask-rail [data-act="open"][data-id="${CSS.escape(talk)}"]`)?.click();
      if (question && !$("#question").value) $("#question").value = question;
      if (tab && tab !== "ask") openTab(tab);
    }, 200);
    setTimeout(() => clearInterval(wait), 20000);
  };
  document.addEventListener("DOMContentLoaded", takeUp);
  // drafts are on disk; the place on the page, the conversation and a question not answered are kept here
  addEventListener("pagehide", () => { keep("tlbc-talk", $(".turn") ? pageState().conversation : ""); keep("tlbc-tab", selected("#main") || ""); });
  // a session that has ended leads to the door, and from there back to this place
  const plainFetch = window.fetch.bind(window);
  window.fetch = async (...request) => { const answer = await plainFetch(...request); if (answer.status === 401) location.reload(); return answer; };
  let lost = false, start;
  setInterval(async () => {
    let alive = false;
    const asked = Date.now();
    try {
      const answer = await fetch("/suc-khoe", { cache: "no-store" });
      alive = answer.ok;
      const now = (await answer.json()).start;
      // it may go and come back between two looks
      lost ||= Boolean(start && now !== start);
      start = now;
      if (!lost) hold(unsent().filter((was) => was.at < opened || was.at > asked - 1000 * HOLD_SECONDS));
    } catch { /* no answer: it is down */ }
    // what would be typed now could not be saved
    if (!alive && !lost) { lost = true; for (const form of $$("#draft-form, #draft-paper")) form.inert = true; document.body.insertAdjacentHTML("beforeend", `<div class="offline-bar" role="alert">Mất kết nối với chương trình. Điều đã gõ được giữ lại; trang sẽ tự nối lại.</div>`); }
    if (alive && lost) location.reload();
  }, 4000);

  // ---------------------------------------------------------------- the back button: out of what is open on top, then to the tab and step before
  const selected = (box) => $(`${box} > .tab-wrapper [role=tab][aria-selected=true]`)?.dataset.tabId;
  const onTop = () => $$(".source-pane [data-act=close], .evidence-card.on [data-close-evidence]").find((el) => el.offsetParent);
  const place = () => { const tab = selected("#main"); return tab && { tab, step: tab === "draft" ? selected("#steps") : undefined, over: Boolean(onTop()) }; };
  const same = (a, b, ...keys) => keys.every((key) => a?.[key] === b?.[key]);
  let at, going = false, settling;
  const arrive = () => {
    const now = place(), before = at;
    if (!now || same(now, before, "tab", "step", "over")) return;
    at = now;
    if (!before || going) { history.replaceState(now, ""); going = false; }
    else if (before.over && !now.over && same(now, before, "tab", "step")) history.back();
    else history.pushState(now, "");
  };
  // one act may open a tab and then a step: only where it ends is a place to come back to
  const moved = () => { settling ||= setTimeout(() => { settling = 0; arrive(); }, 150); };
  addEventListener("popstate", (e) => {
    const to = e.state, now = place();
    if (!to?.tab || !now || same(to, now, "tab", "step", "over")) return;
    going = true;
    if (now.over && !to.over) onTop().click();
    if (to.tab !== now.tab) openTab(to.tab);
    if (to.step && to.step !== now.step) openStep(to.step);
    moved();
  });

  const wanted = (() => { try { return localStorage.getItem("tlbc-theme"); } catch { return null; } })();
  const dark = wanted ? wanted === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (dark) document.documentElement.classList.add("dark");
  const applyTheme = () => { if (document.body) setThemeQuietly(dark); };
  const setThemeQuietly = (on) => { document.body.classList.toggle("dark", on); document.documentElement.classList.toggle("dark", on); };
  document.addEventListener("DOMContentLoaded", applyTheme);
  window.tlbc = { bind, toast, send: sendTo, openTab, openStep, copyText, keep, kept, pageState };
})();

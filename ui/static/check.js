/* Kiểm tra: a click on a place shows what is said of it, a click on a finding shows its place. */
(() => {
  "use strict";
  const scrollTo = (box, el) => {
    if (box.scrollHeight > box.clientHeight + 4) box.scrollTop += el.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    // on a phone the text and the findings stand one under the other, between the bars at the top and the foot
    const { top, bottom } = el.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight - 64) el.scrollIntoView({ block: "center" });
  };
  const light = (id) => {
    for (const el of document.querySelectorAll("#check-result .current")) el.classList.remove("current");
    for (const el of document.querySelectorAll("#check-text [data-ids]")) if (el.dataset.ids.split(" ").includes(id)) el.classList.add("current");
    document.querySelector(`#check-findings [data-id="${CSS.escape(id)}"]`)?.classList.add("current");
  };
  const toFinding = (mark) => {
    const ids = mark.dataset.ids.split(" ");
    const item = ids.map((id) => document.querySelector(`#check-findings [data-id="${CSS.escape(id)}"]`)).find(Boolean);
    light(item ? item.dataset.id : ids[0]);
    if (!item) return;
    document.querySelector('[data-pick="findings"]')?.click();
    scrollTo(document.querySelector("#check-findings"), item);
    item.focus({ preventScroll: true });
  };
  const toPlace = (id) => {
    const mark = [...document.querySelectorAll("#check-text [data-ids]")].find((el) => el.dataset.ids.split(" ").includes(id));
    light(id);
    if (mark) { const box = document.querySelector("#check-text"); scrollTo(box, mark); if (mark.tabIndex >= 0) mark.focus({ preventScroll: true }); }
  };
  // what was pasted and which result is open outlive a reload: the server may be restarted under the page
  const { keep, kept } = window.tlbc;
  document.addEventListener("input", (e) => { if (e.target.id === "paste") keep("tlbc-paste", e.target.value); });
  let shown = "";
  window.tlbc.check = (el) => {
    if (el.dataset.state) {
      keep("tlbc-check", el.dataset.value);
      // another result begins at its beginning, whatever place of the last one was looked at
      if (shown !== el.dataset.value) for (const box of document.querySelectorAll("#check-text, #check-findings")) box.scrollTop = 0;
      shown = el.dataset.value;
      return;
    }
    const box = el.querySelector("#paste"), text = kept("tlbc-paste"), open = kept("tlbc-check");
    if (box && text && !box.value) { box.value = text; box.closest("details").open = true; }
    if (open && !document.querySelector('[data-state="check"]')) { keep("tlbc-check", ""); window.tlbc.send("check-form", { act: "open", value: open }); }
  };
  document.addEventListener("click", (e) => {
    const mark = e.target.closest("#check-text [data-ids]");
    if (mark) { toFinding(mark); return; }
    const go = e.target.closest("[data-go]");
    if (go) toPlace(go.dataset.go);
  });
  document.addEventListener("keydown", (e) => {
    if ((e.key === "Enter" || e.key === " ") && e.target.matches?.("#check-text [data-ids]")) { e.preventDefault(); toFinding(e.target); }
  });
})();

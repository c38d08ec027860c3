/* Kiểm tra: a click on a place shows what is said of it, a click on a finding shows its place. */
(() => {
  "use strict";
  const scrollTo = (box, el) => { if (box.scrollHeight > box.clientHeight + 4) box.scrollTop += el.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3; else el.scrollIntoView({ block: "center" }); };
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

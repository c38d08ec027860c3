/* The two-minute tour: five cards, each beside what it speaks of. */
(() => {
  "use strict";
  const STEPS = [
    { tab: "ask", at: "#question", title: "Hỏi đáp", text: "Gõ câu hỏi bằng lời thường. Câu trả lời có số [1], [2]; bấm vào số để xem nguyên văn nguồn." },
    { tab: "draft", at: "#draft-choose", title: "Soạn báo cáo", text: "Chọn loại báo cáo và kỳ, điền số liệu, xem ngay bản in. Mọi thay đổi được lưu; tắt máy cũng không mất." },
    { tab: "draft", at: "#draft-choose, #draft-form", title: "Xã Mẫu, tỉnh Ví Dụ", text: "Có sẵn bản mẫu của một xã giả định để thử: số sai lệch được báo ngay bên cạnh ô.", press: '#draft-choose [data-act="tour-draft"]' },
    { tab: "check", at: "#check-result", title: "Kiểm tra", text: "Thả báo cáo đã viết vào: chương trình đối chiếu viện dẫn, cộng lại số liệu, chỉ chỗ sót. Đây là một đoạn mẫu đã kiểm tra.", press: '#check-result [data-act="sample"]' },
    { tab: "library", at: "#library-add", title: "Kho tri thức", text: "Thêm kế hoạch của tỉnh và báo cáo cũ của xã để câu trả lời sát với địa phương." },
    { tab: "settings", at: "#settings-panel form", title: "Cài đặt", text: "Khai tên xã một lần; mọi báo cáo mới tự điền. Xem lại hướng dẫn này bất cứ lúc nào ở đây." },
  ];
  let card, index = 0;
  const close = () => { card?.remove(); card = null; try { localStorage.setItem("tlbc-tour", "1"); } catch { /* private window */ } };
  const place = () => {
    const target = [...document.querySelectorAll(STEPS[index].at)].find((el) => el.offsetParent);
    for (const el of document.querySelectorAll(".tour-at")) el.classList.remove("tour-at");
    if (!target || !card) return;
    target.classList.add("tour-at");
    const { top } = target.getBoundingClientRect();
    if (top < 0 || top > innerHeight - 160) target.scrollIntoView({ block: "center" });
    // what stands at the foot of the window is not covered
    card.classList.toggle("high", target.getBoundingClientRect().top > innerHeight / 2);
  };
  // a tab that was never open has no buttons yet
  const press = (selector, tries = 20) => {
    const button = document.querySelector(selector);
    if (button) button.click(); else if (tries && card) setTimeout(() => press(selector, tries - 1), 150);
  };
  const show = (to) => {
    index = to;
    const step = STEPS[index];
    window.tlbc.openTab(step.tab);
    if (step.press) press(step.press);
    card ??= document.body.appendChild(Object.assign(document.createElement("section"), { className: "tour card" }));
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", "Hướng dẫn nhanh");
    card.innerHTML = `<div class="row between"><b class="h2" style="margin:0">${step.title}</b><span class="muted small">${index + 1}/${STEPS.length}</span></div><p style="margin:6px 0 12px">${step.text}</p><div class="row between"><button type="button" class="btn quiet" data-tour="end" data-escape>Bỏ qua</button><div class="row">${index ? '<button type="button" class="btn" data-tour="back">← Lùi</button>' : ""}<button type="button" class="btn primary" data-tour="next">${index + 1 < STEPS.length ? "Tiếp →" : "Xong"}</button></div></div>`;
    setTimeout(place, 350);
    card.querySelector('[data-tour="next"]').focus({ preventScroll: true });
  };
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-tour]");
    if (button) {
      if (button.dataset.tour === "back") show(index - 1);
      else if (button.dataset.tour === "next" && index + 1 < STEPS.length) show(index + 1);
      else { for (const el of document.querySelectorAll(".tour-at")) el.classList.remove("tour-at"); close(); window.tlbc.openTab("ask"); }
    }
    if (e.target.closest('[data-do="tour"]')) show(0);
  });
  const first = () => {
    let seen = null;
    try { seen = localStorage.getItem("tlbc-tour"); } catch { seen = "1"; }
    if (seen || navigator.webdriver) return;
    const wait = setInterval(() => { if (document.querySelector("#ask-talk .talk")) { clearInterval(wait); show(0); } }, 300);
  };
  document.addEventListener("DOMContentLoaded", first);
})();

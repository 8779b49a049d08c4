// The live half of the parent's page. Without it the page works by plain forms.
"use strict";
(() => {
  const body = document.body, lines = document.getElementById("lines");
  const box = document.getElementById("box"), note = document.getElementById("note");
  let source = null;

  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const last = () => Math.max(0, ...[...lines.children].map((each) => Number(each.dataset.id)));
  const say = (text) => { note.textContent = text || ""; note.hidden = !text; };
  const grow = () => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight / 3)}px`; };

  function reload() {
    if (box.value) sessionStorage.setItem("draft", box.value);  // taken out again at once below
    history.replaceState(null, "", "/#end");
    location.reload();
  }

  function add(told) {
    if (told.language !== document.documentElement.lang) return reload();
    const piece = document.createElement("template");
    piece.innerHTML = told.html;
    const seen = last();
    const fresh = [...piece.content.children].filter((each) => Number(each.dataset.id) > seen);
    if (!fresh.length) return;
    if (fresh.some((each) => each.querySelector(".fresh"))) {
      for (const old of lines.querySelectorAll(".choices.fresh")) { old.classList.remove("fresh"); old.open = false; }
    }
    for (const each of fresh) each.classList.add("come");
    lines.append(...fresh);
    const mine = [...lines.querySelectorAll(".line.parent")].pop();
    const from = fresh[0].classList.contains("parent") || !mine ? fresh[0] : mine;
    from.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  function live() {
    if (source || body.dataset.begun !== "yes") return;
    source = new EventSource(`/live?after=${last()}`);
    source.addEventListener("lines", (event) => add(JSON.parse(event.data)));
  }

  // One act after the other, in the order they were done. The same act is not sent again while it is on its way;
  // one that failed keeps its key, so that it counts once even if only the answer was lost.
  const keys = new Map(), moving = new Set();
  let queue = Promise.resolve();

  async function send(act, fields) {
    if (!keys.has(act)) keys.set(act, crypto.getRandomValues(new Uint32Array(4)).join("-"));
    fields.set("once", keys.get(act));
    fields.set("after", body.dataset.begun === "yes" ? last() : 0);
    const answer = await fetch("/", { method: "POST", body: new URLSearchParams(fields), headers: { accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) return told.said;
    keys.delete(act);
    if (body.dataset.begun !== "yes") { lines.replaceChildren(); body.dataset.begun = "yes"; }
    add(told);
    live();
    return "";
  }

  async function carry(act, fields) {
    const fault = await send(act, fields).catch(() => body.dataset.offline);
    moving.delete(act);
    say(fault);
    if (!fault || !fields.get("text")) return;
    box.value = [fields.get("text"), box.value].filter(Boolean).join("\n");
    grow();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-act]")) return;
    event.preventDefault();
    if (form.id === "write" && !event.submitter?.name && !box.value.trim()) return box.focus();
    const fields = new FormData(form, event.submitter);
    fields.delete("once");
    const act = new URLSearchParams(fields).toString();
    if (moving.has(act)) return;
    moving.add(act);
    say("");
    if (fields.get("text")) { box.value = ""; grow(); }
    queue = queue.then(() => carry(act, fields));
  });

  document.querySelector(".leave").addEventListener("submit", (event) => {
    event.preventDefault();
    if (source) source.close();
    body.hidden = true;
    document.title = " ";
    fetch("/leave", { method: "POST", keepalive: true, redirect: "manual" }).finally(() => location.replace("about:blank"));
    setTimeout(() => location.replace("about:blank"), 300);
  });

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
  box.addEventListener("input", grow);

  const draft = sessionStorage.getItem("draft");
  if (draft) { box.value = draft; sessionStorage.removeItem("draft"); }
  grow();
  live();
})();

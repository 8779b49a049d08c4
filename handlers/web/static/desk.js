// The live half of the workers' pages, and their shortcuts. Without it they work by loading them again.
"use strict";
(() => {
  const body = document.body, box = document.getElementById("box");
  const find = (id) => document.getElementById(id);

  function board(told) {
    const where = find("board"), held = document.activeElement?.closest?.("#board a")?.getAttribute("href");
    const count = where.querySelector(".number").textContent;
    where.innerHTML = told.html;
    if (held) where.querySelector(`a[href="${held}"]`)?.focus();
    document.title = document.title.replace(/^\(\d+\)/, `(${told.count})`);
    if (count !== String(told.count)) find("count").textContent = find("count").dataset.said.replace("#", told.count);
  }

  // Whatever she has begun to write or choose anywhere on the page is hers: nothing is loaded over it.
  const begun = () => [...document.querySelectorAll("main textarea, main input:not([type=hidden]), main select")].some((each) =>
    each.matches("select") ? each.selectedIndex > Math.max(0, [...each.options].findIndex((option) => option.defaultSelected))
      : each.value !== each.defaultValue);

  function seen(told) {
    find("facts").innerHTML = told.facts;
    find("strip").innerHTML = told.strip;
    const lines = find("lines");
    if (lines && told.lines) {
      const ids = new Set([...lines.children].map((each) => each.dataset.id));
      const piece = document.createElement("template");
      piece.innerHTML = told.lines;
      lines.append(...[...piece.content.children].filter((each) => !ids.has(each.dataset.id)));
    }
    if (told.stand === body.dataset.stand) return;
    if (told.stand.includes(":False")) lines?.replaceChildren();  // no longer hers to read, whatever she is writing
    if (begun() || document.activeElement?.matches?.("main textarea:not(#box)")) find("changed").hidden = false;
    else location.replace(location.pathname + "?done=seen");
  }

  const here = new URL(location.href);  // "sent" is said once
  if (here.searchParams.has("done")) {
    here.searchParams.delete("done");
    history.replaceState(null, "", here);
  }

  if (body.dataset.live) {
    const source = new EventSource(body.dataset.live);
    source.addEventListener("board", (event) => board(JSON.parse(event.data)));
    source.addEventListener("case", (event) => seen(JSON.parse(event.data)));
    source.addEventListener("out", () => { source.close(); location.replace("/desk"); });
  }

  box?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); box.form.requestSubmit(); }
  });
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll("button")) setTimeout(() => { button.disabled = button.value !== "close"; });
  });

  // Shortcuts: single letters, only outside of what is written in, and they can be turned off for good.
  const keys = find("keys"), on = find("keys-on"), opener = find("keys-open");

  function step(by) {
    const cases = [...document.querySelectorAll("#board a.case")];
    if (!cases.length) return document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
    const at = cases.indexOf(document.activeElement);
    cases[Math.min(Math.max(at + by, 0), cases.length - 1)].focus();
  }

  function write(where) {
    if (!where) return;
    for (let each = where.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    where.focus();
    where.scrollIntoView({ block: "center" });
  }

  const does = {
    j: () => step(1), k: () => step(-1), q: () => { location.href = "/desk"; },
    c: () => document.querySelector("button[value=claim]")?.click(),
    r: () => write(box), n: () => write(document.querySelector("#note textarea")),
    "?": () => { if (!keys.open) keys.showModal(); },
  };

  if (keys && opener) {
    opener.hidden = false;
    opener.addEventListener("click", does["?"]);
    on.checked = localStorage.getItem("keys") !== "off";
    on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
      if (event.target.closest("textarea, input, select") || !(event.key in does)) return;
      event.preventDefault();
      does[event.key]();
    });
  }

  // A link to a part of a group opens the group.
  const target = location.hash.length > 1 && find(location.hash.slice(1));
  if (target) write(target.querySelector("textarea, button") || target);
})();

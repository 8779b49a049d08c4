// The live half of the workers' pages. Without it they work by loading them again.
"use strict";
(() => {
  const body = document.body, box = document.getElementById("box");
  const find = (id) => document.getElementById(id);

  function board(told) {
    const where = find("board"), held = document.activeElement?.closest?.("#board a")?.getAttribute("href");
    const count = find("board").querySelector(".number").textContent;
    where.innerHTML = told.html;
    if (held) where.querySelector(`a[href="${held}"]`)?.focus();
    document.title = document.title.replace(/^\(\d+\)/, `(${told.count})`);
    if (count !== String(told.count)) find("count").textContent = find("count").dataset.said.replace("#", told.count);
  }

  function seen(told) {
    find("facts").innerHTML = told.facts;
    const lines = find("lines");
    if (lines && told.lines) {
      const ids = new Set([...lines.children].map((each) => each.dataset.id));
      const piece = document.createElement("template");
      piece.innerHTML = told.lines;
      lines.append(...[...piece.content.children].filter((each) => !ids.has(each.dataset.id)));
    }
    if (told.stand === body.dataset.stand) return;
    if (box && box.value.trim()) find("changed").hidden = false;
    else location.replace(location.pathname);
  }

  if (location.search) history.replaceState(null, "", location.pathname);  // "sent" is said once

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
    for (const button of event.target.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
  });
})();

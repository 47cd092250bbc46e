(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const about = all(".about");
  const off = new Set();
  const facts = all("[data-n]").reduce((found, mark) => {
    const n = Number(mark.dataset.n);
    (found[n] = found[n] || { marks: [] }).marks.push(mark);
    return found;
  }, []);
  about.forEach((item, n) => { if (facts[n]) { facts[n].item = item; facts[n].anchor = item.dataset.fact; facts[n].kind = item.dataset.fact.split("-")[0]; } });
  const pieces = all(".p");
  for (const piece of pieces) {
    for (const n of (piece.dataset.f || "").split(" ").filter(Boolean)) (facts[n].pieces = facts[n].pieces || []).push(piece);
  }
  const paint = (fact, name, on) => {
    for (const mark of fact.marks) mark.classList.toggle(name, on);
    if (fact.marks[0].classList.contains("tag")) for (const piece of fact.pieces || []) piece.classList.toggle(name, on);
    if (name === "hit") fact.item.classList.toggle(name, on);
  };

  // Views
  const tabs = all("[role=tab]");
  const view = (name) => {
    for (const tab of tabs) {
      const shown = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", String(shown));
      tab.tabIndex = shown ? 0 : -1;
      one(tab.getAttribute("aria-controls")).classList.toggle("shown", shown);
    }
    hide();
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => view(tab.getAttribute("aria-controls")));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(place + step + tabs.length) % tabs.length];
      view(next.getAttribute("aria-controls"));
      next.focus();
    });
  });

  // Legend
  const show = (kind, on) => {
    if (on) off.delete(kind); else off.add(kind);
    for (const button of all(`button[data-kind="${kind}"]`)) button.setAttribute("aria-pressed", String(on));
    for (const group of all(`.group[data-kind="${kind}"]`)) group.hidden = !on;
    for (const fact of facts) {
      if (!fact || fact.kind !== kind) continue;
      for (const mark of fact.marks) {
        mark.classList.toggle("off", !on);
        if (mark.id) mark.tabIndex = on ? 0 : -1;
      }
    }
  };
  for (const button of all("button[data-kind]")) button.addEventListener("click", () => show(button.dataset.kind, off.has(button.dataset.kind)));
  for (const button of all("button[data-every]")) {
    button.addEventListener("click", () => { for (const other of all("button[data-kind]")) show(other.dataset.kind, button.dataset.every === "true"); });
  }

  // Explanations
  const tip = one("tip");
  let lit = [], leaving = 0;
  function hide() {
    clearTimeout(leaving);
    for (const fact of lit) paint(fact, "lit", false);
    lit = [];
    tip.hidden = true;
  }
  const explain = (numbers, at) => {
    hide();
    lit = numbers.map((n) => facts[n]).filter((fact) => fact && !off.has(fact.kind));
    if (!lit.length) return;
    tip.replaceChildren(...lit.map((fact) => {
      const section = document.createElement("section"), heading = document.createElement("h3"), printed = document.createElement("p");
      section.className = fact.kind;
      const swatch = document.createElement("i");
      swatch.className = "swatch";
      heading.append(swatch, ...fact.item.querySelector(".is").cloneNode(true).childNodes);
      printed.textContent = fact.item.querySelector("a").textContent;
      section.append(heading, printed, fact.item.querySelector("dl").cloneNode(true), fact.item.querySelector(".anchor").cloneNode(true));
      return section;
    }));
    for (const fact of lit) paint(fact, "lit", true);
    tip.hidden = false;
    const box = at.getClientRects()[0], size = tip.getBoundingClientRect();
    const below = box.bottom + 10 + size.height < innerHeight || box.top < size.height + 10;
    tip.style.left = Math.max(8, Math.min(box.left, innerWidth - size.width - 8)) + "px";
    tip.style.top = Math.max(8, below ? Math.min(box.bottom + 10, innerHeight - size.height - 8) : box.top - size.height - 6) + "px";
  };
  const article = one("article").querySelector("article");
  article.addEventListener("pointerover", (event) => {
    const tag = event.target.closest(".tag"), piece = event.target.closest(".p");
    clearTimeout(leaving);
    if (tag) explain([tag.dataset.n], tag);
    else if (piece && event.target.closest(".m")) explain(all(".m", piece).map((mark) => mark.dataset.n).reverse(), event.target.closest(".m"));
    else leaving = setTimeout(hide, 120);
  });
  article.addEventListener("pointerleave", () => { leaving = setTimeout(hide, 220); });
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", () => { leaving = setTimeout(hide, 220); });
  article.addEventListener("focusin", (event) => { if (event.target.dataset.n) explain([event.target.dataset.n], event.target); });
  article.addEventListener("focusout", hide);
  addEventListener("scroll", (event) => { if (event.target === document && !article.contains(document.activeElement)) hide(); }, { passive: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !article.contains(document.activeElement)) return;
    const stops = all("[data-n][id]", article).filter((mark) => !mark.classList.contains("off"));
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // Anchors: #figures-3 shows the article, switches its kind on, scrolls there and marks the fact in the text and in the list.
  const go = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    for (const fact of facts) if (fact) paint(fact, "hit", false);
    const fact = facts.find((one) => one && one.anchor === wanted);
    if (!fact) return view(["removed", "raw"].includes(wanted) ? wanted : "article");
    view("article");
    show(fact.kind, true);
    paint(fact, "hit", true);
    fact.item.closest("details").open = true;
    const list = document.querySelector("aside");
    const beside = getComputedStyle(list).position === "sticky";
    if (beside) list.scrollTop += fact.item.getBoundingClientRect().top - list.getBoundingClientRect().top - 60;
    fact.marks[0].scrollIntoView({ block: "center", behavior: "instant" });
    fact.marks.find((mark) => mark.id).focus({ preventScroll: true });
    if (beside) hide();  // the list tells it already
    else explain([facts.indexOf(fact)], fact.marks[0]);
  };
  addEventListener("hashchange", go);
  article.addEventListener("click", (event) => {
    const mark = event.target.closest(".m, .tag");
    if (mark && !mark.classList.contains("off")) history.replaceState(null, "", "#" + facts[mark.dataset.n].anchor);
  });
  go();
})();

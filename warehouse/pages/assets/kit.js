"use strict";
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("button[data-set]")];
  const kept = (name) => { try { return localStorage.getItem("khobao-" + name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem("khobao-" + name, value); } catch { /* a page opened from a file may not keep anything */ } };
  const titles = { en: document.title, vi: (document.querySelector("[data-title-vi]") || { dataset: {} }).dataset.titleVi };
  const set = (name, value) => {
    root.dataset[name] = value;
    if (name === "lang") {
      root.lang = value;
      document.title = titles[value] || titles.en;
    }
    for (const button of buttons) {
      if (button.dataset.set === name) button.setAttribute("aria-pressed", String(button.value === value));
    }
  };
  root.classList.add("js");
  for (const button of buttons) {
    button.addEventListener("click", () => { set(button.dataset.set, button.value); keep(button.dataset.set, button.value); });
  }
  const asked = new URLSearchParams(location.search);
  const first = (name, allowed, otherwise) => [asked.get(name), kept(name)].find((value) => allowed.includes(value)) || otherwise;
  set("lang", first("lang", ["en", "vi"], navigator.language.startsWith("vi") ? "vi" : "en"));
  set("theme", first("theme", ["auto", "light", "dark"], "auto"));
})();

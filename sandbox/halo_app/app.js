// The agent app of the local service desk: the frame around a list and a record, each with an
// address of its own. Everything is built with DOM calls, so it works under a policy without inline code.

import { face, h, icon } from "./app/elements.js";
import { RAIL, SCREENS, missing, plain, route } from "./app/screens.js";

const said = h("div", { class: "hidden", role: "status", "aria-live": "polite" });
const main = h("main", { id: "main", tabindex: "-1" });
const search = h("input", { type: "search", name: "search", "aria-label": "Search this list", placeholder: "Search", autocomplete: "off" });
const rail = h("nav", { class: "rail", "aria-label": "Areas" }, h("span", { class: "brand", "aria-hidden": "true" }, "N"),
  RAIL.map(([name, label]) => h("a", { href: name === "config" ? "/config/integrations/api" : `/${name}`, "data-screen": name }, icon(name), label)));
const frame = h("div", { class: "frame" }, rail,
  h("header", { class: "top" }, h("strong", {}, "Northlight Service Desk"),
    h("form", { class: "find", role: "search", onsubmit: (event) => {
      event.preventDefault();
      const name = SCREENS[route(new URL(location.href)).screen] ? route(new URL(location.href)).screen : "tickets";
      go(`/${name}${search.value.trim() ? `?${new URLSearchParams({ search: search.value.trim(), ...(name === "tickets" ? { view: "all" } : {}) })}` : ""}`);
    } }, icon("find"), search),
    h("div", { class: "me" }, face("Morag Sinclair"), h("span", {}, "Morag Sinclair"))), main);

let turn = 0;

async function show(focus) {
  const mine = ++turn;
  const page = route(new URL(location.href));
  frame.classList.toggle("bare", Boolean(page.bare));
  for (const anchor of rail.querySelectorAll("a")) {
    if (anchor.dataset.screen === page.screen) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  main.setAttribute("aria-busy", "true");
  said.textContent = "Loading";
  let parts;
  try {
    const [side, made] = await Promise.all([page.side?.(), page.make()]);
    parts = made ? [side, made] : [missing()];
  } catch (error) {
    parts = [plain("That did not work", h("p", { role: "alert" }, error.message), h("button", { class: "more", type: "button", onclick: () => show(true) }, "Try again"))];
  }
  if (mine !== turn) return;
  const kept = main.querySelector(".side")?.scrollTop ?? 0;
  main.replaceChildren(...parts.filter(Boolean));
  main.classList.toggle("split", parts.filter(Boolean).length > 1);
  const side = main.querySelector(".side");
  if (side) side.scrollTop = kept;
  side?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  main.removeAttribute("aria-busy");
  const heading = main.querySelector("h1");
  const number = main.querySelector(".title .number")?.firstChild?.textContent ?? "";
  document.title = `${/^\d+$/.test(number) ? `${number} ` : ""}${heading?.textContent ?? ""} – Northlight Service Desk`;
  said.textContent = "";
  if (focus) heading?.focus();
}

function go(address) {
  history.pushState(null, "", address);
  show(true);
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href^='/']");
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(anchor.getAttribute("href"));
});
window.addEventListener("popstate", () => show(true));
document.body.replaceChildren(h("a", { class: "skip", href: "#main" }, "Skip to the content"), frame, said);
show(false);

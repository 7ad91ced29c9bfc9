// Elements, icons and small marks, made with DOM calls only.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  tickets: ["M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4z", "M14 6v12"],
  customers: ["M5 21V4h9v17", "M14 10h5v11", "M3 21h18", "M8 8h3M8 12h3M8 16h3"],
  assets: ["M5 5h14v10H5z", "M2 19h20"],
  contracts: ["M7 3h8l4 4v14H7z", "M15 3v4h4", "M10 12h6M10 16h6"],
  kb: ["M12 6c-2-2-5-2-8-1v13c3-1 6-1 8 1 2-2 5-2 8-1V5c-3-1-6-1-8 1z", "M12 6v13"],
  config: ["M4 7h9M17 7h3M4 17h3M11 17h9", "M15 5v4M9 15v4"],
  find: ["M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "M16 16l4 4"],
};

/** Makes an element; `on…` members are listeners, text children stay text. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

export const own = (value) => h("span", { dir: "auto" }, String(value ?? ""));
export const link = (href, value) => (value ? h("a", { href, dir: "auto" }, value) : "");
export const chip = (value, tone = "") => (value ? h("span", { class: `chip ${tone}` }, value) : "");
const initials = (name) => (name ?? "?").split(/\s+/).filter((word) => /^\p{L}/u.test(word)).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
export const face = (name, kind = "") => h("span", { class: `face ${kind}`, "aria-hidden": "true" }, initials(name));
export const padded = (id) => String(id).padStart(7, "0");

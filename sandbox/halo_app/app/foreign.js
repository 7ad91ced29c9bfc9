// HTML that came from elsewhere, rebuilt by an allow-list.

import { chip, h } from "./elements.js";

const TAGS = new Set("P DIV BR B STRONG I EM U S UL OL LI PRE CODE TABLE THEAD TBODY TR TH TD H1 H2 H3 H4 H5 H6 BLOCKQUOTE HR SPAN A DETAILS SUMMARY".split(" "));
const DROPPED = new Set("SCRIPT STYLE IFRAME OBJECT EMBED FORM INPUT BUTTON TEMPLATE LINK META TITLE NOSCRIPT".split(" "));
const policy = globalThis.trustedTypes?.createPolicy("service-desk-parse", { createHTML: (html) => html });

/** Attributes that the allow-list drops anyway, taken out first so that the page's policy has nothing to report. */
const LOUD = /\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*')/gi;

/** Builds nodes from HTML by an allow-list; the parsed document itself is never shown. */
export function foreign(html) {
  const text = (html ?? "").replace(/<style[^]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(LOUD, ""));
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  return h("div", { class: "foreign", dir: "auto" }, [...parsed.body.childNodes].map(allowed));
}

function allowed(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() || node.data.includes("\u00a0") || !node.data.includes("\n") ? node.data : "";
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName)) return "";
  const inside = [...node.childNodes].map(allowed).flat();
  if (node.tagName === "IMG") return node.alt ? chip(`Picture: ${node.alt}`) : "";
  if (!TAGS.has(node.tagName)) return inside;
  if ((node.tagName === "P" || node.tagName === "DIV") && !node.textContent.trim() && !node.querySelector("img")) return "";
  const props = {};
  if (node.tagName === "A" && /^(https?:|mailto:|tel:)/i.test(node.getAttribute("href") ?? "")) {
    Object.assign(props, { href: node.getAttribute("href"), rel: "noreferrer noopener", target: "_blank" });
  }
  const callout = /\bcallout(-\w+)?\b/g;
  if (node.tagName === "DIV" && callout.test(node.className)) props.class = node.className.match(callout).join(" ");
  return h(node.tagName.toLowerCase(), props, inside);
}

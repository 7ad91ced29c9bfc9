// How a page looked when it last showed a record: painted before the module that draws the page is there, and taken
// away once it stands. A snapshot is a tree of plain data, `[name, attributes, ...children]` or a text, made into
// elements one by one: nothing in it is read as HTML or run.

const SVG = "http://www.w3.org/2000/svg";
/** The only attributes that are taken along and set. */
const KEPT = new RegExp(
  `^(${[
    "class|id|role|type|title|href|target|rel|dir|hidden|open|disabled|tabindex|placeholder|autocomplete|spellcheck",
    "width|height|viewBox|d|fill|stroke|stroke-\\w+|x|y|[xyr][12xy]|c[xy]|r|points",
    "aria-\\w+|data-\\w+",
  ].join("|")})$`,
);
const BARRED = /^(script|style|link|meta|base|iframe|object|embed|template)$/;
const SAFE_ADDRESS = /^(https?:|mailto:|tel:|[\w-]+\.html\b|#)/;
/** Ages would be those of the last time: their place is kept, their words are not shown. */
const AGE = "as-of";

/** What a snapshot was made for: another release or another language looks different. */
const stamp = (language) => `${(globalThis.browser ?? chrome).runtime.getManifest?.().version} ${language}`;

const folded = (element) =>
  element.hidden || (element.parentElement?.matches("details:not([open])") && element.localName !== "summary");

const taken = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const kept = [...node.attributes].filter(({ name }) => KEPT.test(name)).map(({ name, value }) => [name, value]);
  return [node.localName, Object.fromEntries(kept), ...(folded(node) ? [] : children(node))];
};

const children = (node) => [...node.childNodes].map(taken).filter((child) => child.length);

const made = (tree, svg) => {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [name, attributes, ...inside] = tree;
  if (BARRED.test(name)) return "";
  const drawn = svg || name === "svg";
  const element = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (KEPT.test(key) && (key !== "href" || SAFE_ADDRESS.test(value))) element.setAttribute(key, value);
  }
  element.append(...inside.map((child) => made(child, drawn)));
  if (element.classList.contains(AGE)) element.style.visibility = "hidden";
  return element;
};

/** The snapshot of what stands in this element. */
export const take = (page, language) => JSON.stringify({ stamp: stamp(language), tree: children(page) });

/** Paints a snapshot into this element; answers whether it could. */
export const paint = (text, page, language) => {
  const snapshot = text ? JSON.parse(text) : {};
  if (snapshot.stamp !== stamp(language)) return false;
  page.replaceChildren(...snapshot.tree.map((child) => made(child, false)));
  return true;
};

/** The element of the page that stands where this one stands in its snapshot. */
const counterpart = (element, snapshot, page) => {
  if (element === snapshot) return page;
  const named = element.id && page.querySelector(`#${CSS.escape(element.id)}`);
  if (named) return named;
  const parent = counterpart(element.parentElement, snapshot, page);
  const found = parent?.children[[...element.parentElement.children].indexOf(element)];
  return found?.localName === element.localName ? found : undefined;
};

const name = (element) => `${element.ariaLabel ?? ""} ${element.textContent}`;

/**
 * Puts the page in the place of its snapshot without a person noticing: focus, scrolling, what was typed or opened and
 * the button that was pressed go over.
 */
export const handOver = (snapshot, page, pressed) => {
  const moved = [];
  // Taken into a page that is not in use it would be taken from the one that is.
  const focused = document.hasFocus() && snapshot.contains(document.activeElement) && document.activeElement;
  for (const element of snapshot.querySelectorAll("*")) {
    const { scrollTop, value, open, localName } = element;
    const typed = localName === "input" && value;
    if (!scrollTop && !typed && localName !== "details" && element !== focused && element !== pressed) continue;
    const into = counterpart(element, snapshot, page);
    if (into) moved.push({ element, into, scrollTop, typed, open: localName === "details" ? open : undefined });
  }
  page.hidden = false;
  snapshot.remove();
  for (const { element, into, scrollTop, typed, open } of moved) {
    if (open !== undefined) into.open = open;
    if (typed) {
      into.value = typed;
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (scrollTop) into.scrollTop = scrollTop;
    if (element === focused) into.focus({ preventScroll: true });
    if (element === pressed && name(element) === name(into)) into.click();
  }
};

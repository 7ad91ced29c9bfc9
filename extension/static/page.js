// Starts a page: loads its view and shows it in place of the skeleton. The background is asked first for how the page
// looked when it last showed this record: that is painted until the view stands. The module compiles while the script
// that belongs to it loads, and what the page is going to ask first is asked meanwhile.
import { handOver, paint, take } from "./snapshot.js";
import { language, onLanguage, words } from "./words.js";

const { page } = document.documentElement.dataset;
const { i18n, runtime } = globalThis.browser ?? chrome;

const speaks = language();
const spoken = words();
// The sync centre may hold a draft that is not saved yet; it speaks the other language when it is opened again.
if (page !== "centre") onLanguage(() => location.reload());

/** Runs while the page is being read; it is short, but may not all be there. */
const whole = new Promise((done) => {
  if (document.readyState !== "loading") return done();
  document.addEventListener("DOMContentLoaded", done, { once: true });
});

const framed = top !== self;
const token = framed ? { token: location.hash.slice(1) } : {};
const shows = page === "popup" ? "popup" : framed ? "frame" : "panel";

/** Answers that are on their way, by the message that asks for them. */
const ahead = new Map();

/**
 * The answer to this message, where it was asked for ahead. Each is handed over once; but two parts of a page ask for
 * the connections.
 */
globalThis.askedAhead = (message) => {
  if (!ahead.size) return undefined;
  const text = JSON.stringify(message);
  const answer = ahead.get(text);
  if (message.say !== "connections") ahead.delete(text);
  return answer;
};

const ask = (message) => {
  const answer = runtime.sendMessage(message);
  ahead.set(JSON.stringify(message), answer);
  // The view meets the same trouble, and has words for it.
  return answer.catch(() => undefined);
};

/** Milliseconds after which the module is compiled, snapshot or not. */
const SOON_MS = 80;
/** Milliseconds that the view waits for the background to be awake; it has words for what takes longer. */
const PATIENCE_MS = 500;
let mounted = false;

/** What is painted until the view stands, and the button that was pressed on it. */
let snapshot, pressed;

/** Keys that lead through the page: those that come before the view stands are pressed again on it. */
const HELD = ["ArrowDown", "ArrowUp", "Escape"];
const held = [];
const hold = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.matches?.("input, textarea, select");
  if (event.key === "/" && !typing) snapshot.querySelector("#filter")?.focus();
  else if (HELD.includes(event.key)) held.push(event.key);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

const showSnapshot = async (text) => {
  await whole;
  const app = document.getElementById("app");
  if (mounted || !paint(text, app, await speaks)) return;
  performance.mark("snapshot");
  snapshot = app;
  addEventListener("keydown", hold, true);
  snapshot.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    pressed = button;
  });
};

/** Called once the snapshot is painted, or there is none. */
let seen;
/** Compiling takes the processor that the snapshot waits for. It begins after it, and soon where the background sleeps. */
const free = new Promise((done) => {
  seen = done;
  setTimeout(done, SOON_MS);
});

/** The record in view, its snapshot, and what is stored of it; a frame's tab says which record that is. */
const begin = async () => {
  const search = new URLSearchParams(location.search);
  const [kind, id] = (!framed && search.get("record")?.split("/")) || [];
  const asked = kind ? { kind, id: Number(id) } : null;
  const plain = !search.has("intent");
  const look = { say: "snapshot", page: shows, record: asked, ...token };
  const found = (plain && (await runtime.sendMessage(look).catch(() => undefined)))?.ok;
  const record = asked ?? found?.record;
  if (found?.snapshot) await showSnapshot(found.snapshot);
  seen();
  // Late: the view asked for itself.
  if (mounted) return;
  ask({ say: "tab", ...token });
  if (!framed) ask({ say: "connections" });
  if (record) ask({ say: "record", record, freshness: "stored", ...token });
};

/**
 * Whether a person did anything here: a snapshot is only taken of what nobody touched, so that nothing which was revealed
 * or typed is on it.
 */
let touched = false;
for (const event of ["pointerdown", "keydown", "input"]) {
  addEventListener(event, () => (touched = true), { capture: true, once: true });
}

/** The view shows what is stored. With the last of what was asked ahead it takes the place of its snapshot. */
globalThis.stands = async () => {
  await Promise.allSettled(ahead.values());
  ahead.clear();
  if (!snapshot) return;
  const old = snapshot;
  const swap = () => {
    if (!snapshot) return;
    snapshot = undefined;
    removeEventListener("keydown", hold, true);
    handOver(old, document.getElementById("app"), pressed);
    for (const key of held) {
      const again = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(again);
    }
  };
  document.hidden ? setTimeout(swap) : requestAnimationFrame(swap);
};

let kept;
/** The view shows this record, and nothing is open in it. */
globalThis.rests = (kind, id) => {
  if (touched) return;
  const text = take(document.getElementById("app"), document.documentElement.lang);
  if (text === kept) return;
  kept = text;
  const message = { say: "snapshot", page: shows, record: { kind, id }, keep: text, ...token };
  runtime.sendMessage(message).catch(() => undefined);
};

/** Where the view is made: beside its snapshot, unseen, while there is one. */
const room = () => {
  if (!snapshot) return;
  snapshot.removeAttribute("id");
  const live = document.createElement("div");
  live.id = "app";
  live.hidden = true;
  snapshot.before(live);
};

const begun = page === "sidebar" || page === "popup" ? begin().catch(console.error) : seen();
const compiled = (path) => free.then(() => WebAssembly.compileStreaming(fetch(path)));
const [view, module_or_path] =
  page === "centre" || page === "options"
    ? [import("./centre/sidelight_centre.js"), compiled("centre/sidelight_centre_bg.wasm")]
    : [import("./ui/sidelight_ui_bundle.js"), compiled("ui/sidelight_ui_bundle_bg.wasm")];

/** The page's own texts and labels in the language that is spoken; its snapshot is in that language already. */
const translate = (say) => {
  const own = (node) => !snapshot?.contains(node);
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.data.trim();
    if (text && own(node)) node.data = node.data.replace(text, () => say(text));
  }
  for (const node of document.querySelectorAll("[aria-label]")) if (own(node)) node.ariaLabel = say(node.ariaLabel);
};

view
  .then(async ({ default: start, mount, speak, say }) => {
    const [[name, sentences]] = await Promise.all([spoken, start({ module_or_path }), whole]);
    document.documentElement.lang = name;
    speak(name, sentences);
    await Promise.race([begun, new Promise((late) => setTimeout(late, PATIENCE_MS))]);
    mounted = true;
    if (sentences) translate(say);
    room();
    mount(page);
  })
  .catch((error) => {
    console.error(error);
    const sentence = document.createElement("p");
    sentence.className = "state";
    sentence.textContent = i18n.getMessage("pageTrouble");
    if (snapshot) snapshot.replaceChildren(sentence);
    else document.getElementById("starting")?.replaceWith(sentence);
  });

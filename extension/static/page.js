// Starts a page: loads its view and shows it in place of the skeleton. The module compiles while the script that belongs
// to it loads, and the background is asked meanwhile for what the page is going to ask first.
const { page } = document.body.dataset;
const [view, module_or_path] =
  page === "centre"
    ? [import("./centre/sidelight_centre.js"), compiled("centre/sidelight_centre_bg.wasm")]
    : [import("./ui/sidelight_ui.js"), compiled("ui/sidelight_ui_bg.wasm")];

const spoken = import("./words.js").then(({ words, onLanguage }) => {
  // The sync centre may hold a draft that is not saved yet; it speaks the other language when it is opened again.
  if (page !== "centre") onLanguage(() => location.reload());
  return words();
});

function compiled(path) {
  return WebAssembly.compileStreaming(fetch(path));
}

/** Answers that are on their way, by the message that asks for them. */
const ahead = new Map();

/** The answer to this message, where it was asked for ahead; each is handed over once. */
globalThis.askedAhead = (message) => {
  if (!ahead.size) return undefined;
  const text = JSON.stringify(message);
  const answer = ahead.get(text);
  ahead.delete(text);
  return answer;
};

const ask = (message) => {
  const answer = (globalThis.browser ?? chrome).runtime.sendMessage(message);
  ahead.set(JSON.stringify(message), answer);
  // The view meets the same trouble, and has words for it.
  return answer.catch(() => undefined);
};

/** What is stored of the record in view; a frame shows its token, and its tab says which record that is. */
const askWhatIsInView = async () => {
  const framed = top !== self;
  const token = framed ? { token: location.hash.slice(1) } : {};
  const stored = ({ kind, id }) => ask({ say: "record", record: { kind, id }, freshness: "stored", ...token });
  const [kind, id] = (!framed && new URLSearchParams(location.search).get("record")?.split("/")) || [];
  if (kind) stored({ kind, id: Number(id) });
  const tab = await ask({ say: "tab", ...token });
  if (!kind && tab?.ok?.record) stored(tab.ok.record);
};

if (page === "sidebar" || page === "popup") askWhatIsInView().catch(console.error);

/** The page's own texts and labels in the language that is spoken. */
const translate = (say) => {
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.data.trim();
    if (text) node.data = node.data.replace(text, () => say(text));
  }
  for (const node of document.querySelectorAll("[aria-label]")) node.ariaLabel = say(node.ariaLabel);
};

view
  .then(async ({ default: start, mount, speak, say }) => {
    const [[language, sentences]] = await Promise.all([spoken, start({ module_or_path })]);
    document.documentElement.lang = language;
    speak(language, sentences);
    if (sentences) translate(say);
    mount(page);
  })
  .catch((error) => {
    console.error(error);
    const words = document.getElementById("starting");
    if (words) words.textContent = (globalThis.browser ?? chrome).i18n.getMessage("pageTrouble");
  });

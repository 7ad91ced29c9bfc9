// The language that pages and worker speak: the one chosen in the options, else the browser's own. English stands in the
// code and costs nothing; another language is fetched from this package.
const { i18n, storage } = globalThis.browser ?? chrome;

/** Languages with a `_locales/…/messages.json` of all sentences. */
const TRANSLATED = ["de"];

/** The language that is spoken. */
export async function language() {
  const { language: chosen } = await storage.local.get("language").catch(() => ({}));
  const [wanted] = (chosen || i18n.getUILanguage()).split(/[-_]/);
  return TRANSLATED.includes(wanted) ? wanted : "en";
}

/** `[language, sentences]`: each sentence a line of its key, a tab and its words. */
export async function words() {
  try {
    const wanted = await language();
    if (wanted === "en") return ["en", ""];
    const file = await fetch(new URL(`_locales/${wanted}/messages.json`, import.meta.url));
    const lines = Object.entries(await file.json())
      .filter(([key]) => key.startsWith("w_"))
      .map(([key, { message }]) => `${key.slice(2)}\t${message}`);
    return [wanted, lines.join("\n")];
  } catch (error) {
    console.error(error);
    return ["en", ""];
  }
}

/** Calls when another language is chosen. */
export function onLanguage(act) {
  storage.onChanged.addListener(({ language }, area) => area === "local" && language && act());
}

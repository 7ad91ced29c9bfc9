// The language that pages and worker speak: the one chosen in the options, else the browser's own. English stands in the
// code and costs nothing; another language is fetched from this package.
const { i18n, storage } = globalThis.browser ?? chrome;

/** Languages with a `_locales/…/messages.json` of all sentences. */
const TRANSLATED = ["de"];

/** `[language, sentences]`: each sentence a line of its key, a tab and its words. */
export async function words() {
  try {
    const { language } = await storage.local.get("language");
    const [wanted] = (language || i18n.getUILanguage()).split(/[-_]/);
    if (!TRANSLATED.includes(wanted)) return ["en", ""];
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

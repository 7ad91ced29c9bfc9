// Adds every listener at once, because one that is added late misses the event that woke the worker,
// and hands each event to the core. Nothing is decided here.
import init, * as worker from "./worker/sidelight_extension.js";
import { words, onLanguage } from "./words.js";

globalThis.browser ??= globalThis.chrome;
const { runtime, alarms, commands, contextMenus, i18n, omnibox, permissions, tabs } = browser;

const module_or_path = runtime.getURL("worker/sidelight_extension_bg.wasm");
let started;

/** The core, compiled while it streams in; a start that failed is tried again at the next event. */
const core = () =>
  (started ??= Promise.all([words(), init({ module_or_path })]).then(
    ([spoken]) => {
      worker.speak(...spoken);
      return worker;
    },
    (error) => {
      started = undefined;
      throw error;
    },
  ));

// At once, beside the browser's handing over of the event that woke the worker.
core().catch(console.error);

const hand = (event, name, ...values) =>
  event?.addListener((...args) => {
    core()
      .then((it) => it[name](...values.map((value) => value(...args))))
      .catch(console.error);
  });

runtime.onMessage.addListener((envelope, sender, answer) => {
  core()
    .then((it) => it.message(JSON.stringify(envelope), sender))
    .then((text) => answer(JSON.parse(text)))
    .catch((error) => {
      console.error(error);
      const sentence = i18n.getMessage("startTrouble");
      answer({ trouble: { code: "worker.start", retry: "defect", sentence } });
    });
  return true;
});

hand(runtime.onInstalled, "installed", (details) => details.reason);
hand(runtime.onStartup, "started");
hand(alarms.onAlarm, "alarm", (alarm) => alarm.name);
hand(commands.onCommand, "command", (name) => name, (_, tab) => tab?.id);
hand(browser.idle?.onStateChanged, "idle", (state) => state);
hand(contextMenus.onClicked, "menu_chosen", (info) => String(info.menuItemId), (info) => info.selectionText ?? "");
hand(omnibox?.onInputStarted, "omnibox_started");
hand(omnibox?.onInputEntered, "omnibox_entered", (text) => text, (_, place) => place);
omnibox?.onInputChanged.addListener((text, suggest) => {
  core()
    .then((it) => it.omnibox_suggestions(text))
    .then((found) => suggest(JSON.parse(found)))
    .catch(console.error);
});
hand(browser.storage.managed?.onChanged, "policy_changed");
hand(permissions.onAdded, "permissions_changed");
hand(permissions.onRemoved, "permissions_changed");
hand(tabs.onRemoved, "tab_removed", (tab) => tab);
hand(tabs.onActivated, "tab_activated", (info) => info.tabId);

onLanguage(() => {
  Promise.all([core(), words()])
    .then(([it, spoken]) => it.language_chosen(...spoken))
    .catch(console.error);
});

// There from the start, or from the moment at which the user allows notifications.
let listens = false;
const listen = () => {
  if (listens || !browser.notifications) return;
  listens = true;
  hand(browser.notifications.onClicked, "notification_clicked", (name) => name);
};
listen();
permissions.onAdded.addListener(listen);

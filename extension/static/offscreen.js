// Empties the clipboard if it still holds what was copied. Chromium's worker has no clipboard, and a
// page that nobody sees has no focus, so the two commands of the document do the work.
const area = document.querySelector("textarea");

async function stillHolds(digest) {
  area.value = "";
  area.focus();
  document.execCommand("paste");
  const bytes = new TextEncoder().encode(area.value);
  area.value = "";
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("") === digest;
}

function empty() {
  document.addEventListener(
    "copy",
    (event) => {
      event.clipboardData.setData("text/plain", "");
      event.preventDefault();
    },
    { once: true },
  );
  document.execCommand("copy");
}

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  // Only the background has neither a tab nor a page's address but the worker's own.
  if (typeof message.clear_clipboard !== "string" || sender.id !== chrome.runtime.id || sender.tab) return;
  stillHolds(message.clear_clipboard).then((holds) => {
    if (holds) empty();
    answer(holds);
  });
  return true;
});

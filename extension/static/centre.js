// Starts the sync centre: loads its view and shows it in place of the skeleton.
import start, { mount } from "./centre/sidelight_centre.js";

start()
  .then(() => mount())
  .catch((error) => {
    console.error(error);
    const words = document.getElementById("starting");
    if (words) {
      words.textContent = "Sidelight could not start. Reload this page; if it stays so, reinstall Sidelight.";
    }
  });

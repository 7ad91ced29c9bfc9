// Starts the page: loads the view and shows it in place of the skeleton.
import start, { mount } from "./ui/sidelight_ui.js";

start()
  .then(() => mount(document.body.dataset.page))
  .catch((error) => {
    console.error(error);
    const words = document.getElementById("starting");
    if (words) {
      words.textContent = "Sidelight could not start. Reload this page; if it stays so, reinstall Sidelight.";
    }
  });

// Comforts for pages that are whole without them: keyboard and copying.
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  const searchBox = document.querySelector('input[type="search"][name="q"]');
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping) return;
    if (!searchBox) return;
    event.preventDefault();
    searchBox.focus();
    searchBox.select();
  });

  const addCopyButton = (element) => {
    const text = element.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
    button.setAttribute("aria-live", "polite");
    element.after(" ", button);
  };
  if (navigator.clipboard) document.querySelectorAll("[data-copyable]").forEach(addCopyButton);
})();

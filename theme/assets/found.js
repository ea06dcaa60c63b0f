// Marks in an article what a search found there. The words come in the fragment of the address, which no server is told,
// and are taken out of it at once; only this entry of the tab's history keeps them, until the reader clears the marks.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const body = document.querySelector(".article-body");
  let notice;

  const pattern = (forms) => new RegExp([...forms]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s*"))
    .join("|"), "g");

  // The text nodes of a block: not those of formulas, whose parts are no text.
  function textsOf(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.localName === "math" ? NodeFilter.FILTER_REJECT
        : node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  }

  function markPart(node, from, to) {
    const part = node.splitText(from);
    part.splitText(to - from);
    const mark = document.createElement("mark");
    mark.className = "found-word";
    part.replaceWith(mark);
    mark.append(part);
  }

  // From the last match to the first, so that splitting leaves the places before it as they are.
  function markBlock(block, sought) {
    const texts = textsOf(block);
    const matches = [...texts.map((node) => node.data).join("").matchAll(sought)].filter(([match]) => match).reverse();
    let start = texts.reduce((sum, node) => sum + node.length, 0);
    for (const node of texts.reverse()) {
      start -= node.length;
      const length = node.length;
      for (const match of matches) {
        const from = Math.max(match.index - start, 0);
        const to = Math.min(match.index + match[0].length - start, length);
        if (from < to) markPart(node, from, to);
      }
    }
  }

  function clear() {
    for (const mark of body.querySelectorAll("mark.found-word")) {
      const around = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      around.normalize();
    }
    notice?.remove();
    notice = undefined;
    history.replaceState(null, "");
  }

  function tell(forms) {
    notice = document.createElement("div");
    notice.className = "found";
    const text = document.createElement("p");
    text.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.clear;
    button.addEventListener("click", () => {
      clear();
      document.getElementById("main").focus({ preventScroll: true });
    });
    notice.append(text, button);
    document.body.append(notice);
    text.textContent = words.found.replace("%s", forms.join(words.separator));
  }

  function mark(forms) {
    clear();
    for (const block of body.children) markBlock(block, pattern(forms));
    tell(forms);
  }

  function open(id) {
    const block = document.getElementById(id);
    const inside = block?.querySelector("mark.found-word") ?? block;
    for (let element = inside; element && element !== body; element = element.parentElement) {
      if (element.localName === "details") element.open = true;
    }
  }

  function arrive() {
    const [id, ...told] = location.hash.slice(1).split("&find=");
    if (!told.length) return;
    let forms;
    try { forms = told.map(decodeURIComponent).filter(Boolean); } catch { forms = []; }
    if (forms.length) {
      mark(forms);
      open(id);
    }
    location.replace(`#${id}`);
    if (forms.length) history.replaceState({ found: forms }, "");
  }

  addEventListener("hashchange", arrive);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && notice) clear(); });
  const remembered = history.state?.found;
  if (remembered) {
    mark(remembered);
    open(location.hash.slice(1));
    history.replaceState({ found: remembered }, "");
  }
  arrive();
})();

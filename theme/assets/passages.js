// An address of a passage that this version does not have: which version has it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const PASSAGE = /^(?:p[1-9]\d{0,5}|t[0-9a-z]{10}(?:-\d{1,5})?)$/;
  // What announces changes to a screen reader must be there before them.
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  document.querySelector("main .sheet").prepend(status);
  const others = [...document.querySelectorAll("[data-versions] li")]
    .filter((item) => !item.querySelector("[aria-current]"))
    .map((item) => ({ link: item.querySelector("a"), time: item.querySelector("time") }))
    .reverse();

  // Of passages with the same words the later ones are numbered; the words are there as long as the first is.
  const find = (page, name) => page.getElementById(name) || page.getElementById(name.split("-")[0]);

  const hold = async ({ link }, name) => {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(`${answer.status} ${link.href}`);
    return find(new DOMParser().parseFromString(await answer.text(), "text/html"), name);
  };

  const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

  const say = (text, versions, name) => {
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.append(line(words.gone), line(text));
    const list = document.createElement("ul");
    list.className = "chips";
    for (const { link, time } of versions) {
      const item = document.createElement("li");
      const way = document.createElement("a");
      way.href = `${link.href}#${name}`;
      way.textContent = [link.textContent, time && time.textContent].filter(Boolean).join(" ");
      item.append(way);
      list.append(item);
    }
    if (versions.length) notice.append(list);
    status.replaceChildren(notice);
  };

  const look = async () => {
    const name = location.hash.slice(1);
    status.replaceChildren();
    if (!PASSAGE.test(name) || document.getElementById(name)) return;
    const twin = find(document, name);
    if (twin) {
      location.replace(`#${twin.id}`);
      return;
    }
    try {
      for (const other of others) {
        const found = await hold(other, name);
        if (location.hash.slice(1) !== name) return;
        if (found) {
          say(words.elsewhere, [other], found.id);
          return;
        }
      }
      say(words.nowhere, [], name);
    } catch {
      // A page opened from a disk may not read its neighbours; a reader can.
      if (location.hash.slice(1) === name) say(words.perhaps, others, name);
    }
  };

  window.addEventListener("hashchange", look);
  look();
})();

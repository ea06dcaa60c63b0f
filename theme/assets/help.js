// Help where nothing was found: what was searched for, and what would find something.
"use strict";
window.beilinHelp = (() => {
  function element(name, ...children) {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  }

  // `ask(query)` and `widen()` do what the buttons offer.
  function lines({ asked, hits, alone }, { words, lang, ask, widen }) {
    const offer = (text, count, act) => {
      const button = element("button", `${text} (${count.toLocaleString(lang)})`);
      button.type = "button";
      button.addEventListener("click", act);
      return button;
    };
    const wanted = asked.filter((item) => !item.isExcluded);
    const sought = asked.map((item) => (item.isExcluded ? "-" : "") + item.text).join(words.separator);
    const tips = [];
    if (hits.length) tips.push(offer(words.unrestricted, hits.length, widen));
    else if (asked.length > 1) {
      tips.push(...wanted.map(({ text }, index) => alone[index]
        ? offer(text, alone[index], () => ask(text))
        : words.nowhere.replace("%s", () => text)));
    }
    if (!hits.length) tips.push(words.shorter);
    return [
      element("p", words.sought.replace("%s", () => sought)),
      element("ul", ...tips.map((tip) => element("li", tip))),
    ];
  }

  return { lines };
})();

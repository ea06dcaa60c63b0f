// What is wrong with the address of an article that is not there, and which articles it may have meant.
(() => {
  "use strict";
  const ALPHABET = "0123456789bcdfghjkmnpqrstvwxz";
  const LENGTH = 10;
  const MOST = 60; // requests that one mistake may cause
  const AT_ONCE = 6; // what a browser sends to one host at a time anyway
  const CONFUSED = { o: "0", l: "1", i: "1" };

  // As `beilin.text.identifiers.check_character`: the sum of position times value, modulo 29.
  const checkCharacter = (stem) =>
    ALPHABET[[...stem].reduce((sum, digit, index) => sum + (index + 1) * ALPHABET.indexOf(digit), 0) % ALPHABET.length];

  const isWellFormed = (text) => text.length === LENGTH + 1 && [...text].every((digit) => ALPHABET.includes(digit));

  const isIdentifier = (text) => isWellFormed(text) && checkCharacter(text.slice(0, LENGTH)) === text[LENGTH];

  // What someone meant who typed capitals, full-width forms, a mark at the end of a sentence, or O for 0.
  const plain = (text) =>
    [...text.normalize("NFKC").toLowerCase().replace(/[^0-9a-z]/g, "")].map((digit) => CONFUSED[digit] || digit).join("");

  const spliced = (text, index, count, added) => text.slice(0, index) + added + text.slice(index + count);

  // The texts that differ from `text` by one slip: two neighbours exchanged, one character wrong, missing or too many.
  function* slips(text) {
    const places = [...Array(text.length).keys()];
    for (const index of places) yield spliced(text, index, 2, (text[index + 1] || "") + text[index]);
    for (const index of places) for (const digit of ALPHABET) yield spliced(text, index, 1, digit);
    for (const index of places) yield spliced(text, index, 1, "");
    for (const index of [...places, text.length]) for (const digit of ALPHABET) yield spliced(text, index, 0, digit);
  }

  // Identifiers near `typed`, the likeliest first; the check character leaves one in 29 of all that could be meant.
  const near = (typed) => {
    const text = plain(typed);
    if (text.length < LENGTH || text.length > LENGTH + 2) return [];
    const found = new Set([text, ...slips(text)].filter((name) => isIdentifier(name) && name !== typed));
    return [...found].slice(0, MOST);
  };

  window.beilinIdentifiers = { checkCharacter, isIdentifier, near };

  const findings = document.querySelector("[data-findings]");
  if (!findings) return;
  const words = document.currentScript.dataset;

  const notice = document.createElement("div");
  notice.className = "notice";
  const say = (text) => {
    notice.append(Object.assign(document.createElement("p"), { textContent: text }));
    return notice.lastChild;
  };

  const placeOf = (name) => `${words.root}a/${name}/index.html`;

  const exists = async (name) => {
    try {
      return (await fetch(placeOf(name), { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  };

  const existing = async (names) => {
    const waiting = [...names];
    const found = new Set();
    const work = async () => {
      while (waiting.length) {
        const name = waiting.shift();
        if (await exists(name)) found.add(name);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return names.filter((name) => found.has(name));
  };

  const linkTo = async (name) => {
    const link = document.createElement("a");
    link.href = placeOf(name) + location.hash;
    link.textContent = name;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(placeOf(name))).text(), "text/html");
      const heading = page.querySelector("h1");
      link.textContent = heading ? heading.textContent : page.title;
      link.lang = (heading && heading.lang) || page.documentElement.lang;
    } catch {
      // The identifier alone still leads there.
    }
    const code = Object.assign(document.createElement("code"), { textContent: name });
    const item = document.createElement("li");
    item.append(link, " ", code);
    return item;
  };

  const list = async (names) => {
    const found = document.createElement("ul");
    found.className = "ledger";
    found.append(...await Promise.all(names.map(linkTo)));
    notice.append(found);
  };

  const explain = async (typed, rest) => {
    findings.append(notice);
    document.querySelector("[data-guess]").hidden = true;
    if (isIdentifier(typed)) {
      if (rest && await exists(typed)) {
        say(words.known.replace("%s", typed));
        await list([typed]);
      } else {
        say(words.unknown.replace("%s", typed));
      }
      return;
    }
    say((isWellFormed(typed) ? words.mistyped : words.malformed).replace("%s", typed));
    const said = say(words.searching);
    const names = await existing(near(typed));
    said.textContent = names.length ? words.near : words.none;
    if (names.length) await list(names);
  };

  // What stands after `a/`; an identifier alone at the root counts too.
  const read = () => {
    let path, root;
    try {
      [path, root] = [location.pathname, words.root].map(decodeURIComponent);
    } catch {
      return null;
    }
    if (!path.startsWith(root)) return null;
    const [first, ...others] = path.slice(root.length).split("/").filter(Boolean);
    if (first && first.toLowerCase() === "a" && others.length) return [others[0], others.slice(1).join("/")];
    const isMeant = first && !others.length && (isIdentifier(first) || near(first).length);
    return isMeant ? [first, "/"] : null;
  };

  const found = read();
  if (found) {
    findings.setAttribute("aria-busy", "true");
    explain(...found).finally(() => findings.removeAttribute("aria-busy"));
  }
})();

// One entry of the list of results: title, up to three excerpts as the article prints them, source and date.
"use strict";
window.beilinResults = (() => {
  const { unitOf, usualPrints, prints } = window.beilinTokens;
  const EXCERPTS = 3;
  const BEFORE = 24, AFTER = 90; // units of an excerpt on either side of its first hit; of several, less after it
  const MOST_FORMS = 20, LONGEST_FORM = 100; // of the words that a link carries to the article, in number and characters
  const printsOf = new Map();

  function element(name, className, children, lang) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (lang) made.lang = lang;
    made.append(...children);
    return made;
  }

  // Which of a block's units belong to hits; null if none does.
  function marksIn(block, hit, lengths) {
    const isMarked = new Uint8Array(block.tokens.length);
    let items = 0;
    hit.positions.forEach((positions, item) => {
      let isThere = false;
      for (const position of positions) {
        const start = position - block.start;
        if (start < 0 || start >= isMarked.length) continue;
        isMarked.fill(1, start, start + lengths[item]);
        isThere = true;
      }
      items += isThere;
    });
    return items ? { isMarked, items } : null;
  }

  // The printed units from `from` to `to` in runs: {text, isMarked} each, the space after a mark outside of it.
  function runs(printed, isMarked, from, to) {
    const found = [];
    for (let start = from, end; start < to; start = end) {
      for (end = start + 1; end < to && isMarked[end] === isMarked[start]; end++);
      const text = printed.slice(start, end).join("");
      const shown = isMarked[start] ? text.trimEnd() : text;
      found.push({ text: shown, isMarked: isMarked[start] === 1 });
      if (shown.length < text.length) found.push({ text: text.slice(shown.length), isMarked: false });
    }
    return found;
  }

  const nodes = (found) => found.map(({ text, isMarked }) => isMarked ? element("mark", "", [text]) : text);

  function excerpt({ printed, marks }, after) {
    const from = Math.max(0, marks.isMarked.indexOf(1) - BEFORE);
    const to = Math.min(printed.length, from + BEFORE + after);
    return [from > 0 ? "…" : "", ...nodes(runs(printed, marks.isMarked, from, to)), to < printed.length ? "…" : ""];
  }

  // The words as this article prints them: what its page is told to mark.
  function forms(found) {
    const marked = found.flatMap(({ printed, marks }) => runs(printed, marks.isMarked, 0, printed.length));
    const texts = marked.filter(({ text, isMarked }) => isMarked && text.length <= LONGEST_FORM).map(({ text }) => text);
    return [...new Set(texts)].slice(0, MOST_FORMS);
  }

  async function entry(hit, lengths, { root, lang: pageLang }) {
    const { url, blocks: [title, ...blocks] } = await hit.shard.page(hit.number);
    const [, , lang] = title.more;
    if (!printsOf.has(lang)) printsOf.set(lang, usualPrints(lang));
    const printed = (block) => prints(block.tokens.map(unitOf), block.edits, printsOf.get(lang));
    const found = blocks
      .map((block) => ({ block, marks: marksIn(block, hit, lengths) }))
      .filter(({ marks }) => marks)
      .map((item) => ({ ...item, printed: printed(item.block) }));
    const best = [...found].sort((a, b) => b.marks.items - a.marks.items).slice(0, EXCERPTS);
    const printedTitle = printed(title);
    const titleMarks = marksIn(title, hit, lengths)?.isMarked ?? new Uint8Array(printedTitle.length);
    const link = element("a", "", nodes(runs(printedTitle, titleMarks, 0, printedTitle.length)), lang);
    link.href = root + url + (best.length ? `#p${best[0].block.number}` : "");
    const made = element("li", "entry", [element("h2", "entry-title", [link])]);
    for (const item of [...best].sort((a, b) => a.block.number - b.block.number)) {
      const passage = element("a", "", excerpt(item, best.length > 1 ? AFTER / 2 : AFTER));
      passage.href = `${root}${url}#p${item.block.number}`;
      made.append(element("p", "entry-summary", [passage], lang));
    }
    if (!best.length && blocks.length) {
      const opening = printed(blocks[0]);
      const isCut = opening.length > BEFORE + AFTER;
      made.append(element("p", "entry-summary", [opening.slice(0, BEFORE + AFTER).join(""), isCut ? "…" : ""], lang));
    }
    made.append(facts(hit.row, lang, pageLang));
    carry(made, forms(found));
    return made;
  }

  function facts({ source, date }, lang, pageLang) {
    const shown = source ? [element("span", "", [source], lang)] : [];
    if (date) {
      const time = element("time", "", [window.beilinFacets.dateInWords(date, pageLang)]);
      time.dateTime = date;
      shown.push(time);
    }
    return element("p", "entry-facts", shown);
  }

  // A link that is followed takes the words along, in the part of the address that no server is told. It does so only
  // while it is being followed: copied, it is the passage's plain address.
  function carry(item, words) {
    const told = words.map((word) => `&find=${encodeURIComponent(word)}`).join("");
    const follow = (event) => {
      const link = event.target.closest("a");
      if (!link || !told || !link.hash) return;
      const plain = link.href;
      link.href = plain + told;
      setTimeout(() => { link.href = plain; });
    };
    item.addEventListener("click", follow);
    item.addEventListener("auxclick", follow);
  }

  return { entry };
})();

// What a query asks for. Spaces part, quotation marks hold together, a minus excludes.
"use strict";
window.beilinQuery = (() => {
  const { units, grams } = window.beilinTokens;
  const QUOTES = { '"': '"', "“": "”", "「": "」", "＂": "＂" };

  // {text (as written), cut (units), grams, isExcluded} each.
  function parsed(query) {
    const asked = [];
    const rest = /\s*([-－]?)(?:(["“「＂])|(\S+))/uy;
    for (let match; (match = rest.exec(query));) {
      let text = match[3];
      let written = text;
      if (match[2]) {
        const end = query.indexOf(QUOTES[match[2]], rest.lastIndex);
        text = query.slice(rest.lastIndex, end < 0 ? undefined : end);
        rest.lastIndex = end < 0 ? query.length : end + 1;
        written = `“${text.trim()}”`;
      }
      const cut = units(text.replace(/\s+/gu, " "));
      if (cut.length) asked.push({ text: written, cut, grams: grams(cut), isExcluded: match[1] !== "" });
    }
    return asked;
  }

  return { parsed };
})();

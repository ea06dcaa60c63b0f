// The tokens of beilin.text.tokens and the prints of beilin.text.printed, in the browser: the same text must give the same.
"use strict";
window.beilinTokens = (() => {
  const table = window.beilinFolding;
  const pairs = (from, to) => { const values = [...to]; return [...from].map((key, index) => [key, values[index]]); };
  const simplified = new Map(pairs(
    table.usualTraditional + table.otherTraditional, table.usualSimplified + table.otherSimplified));
  const symbols = new Map(pairs(table.symbols, table.foldedSymbols));
  const foldings = new Map();

  const WORD = 0, DIGIT = 1, CHARACTER = 2, MARK = 3, SPACE = 4;
  const DIGIT_REACH = 4;
  const WORD_SCRIPTS = "A-ԯԱ-֏א-ۿḀ-῿";
  const PIECE = new RegExp(`(?:(?=[${WORD_SCRIPTS}])\\p{L})+|[ \\n]+|[^ \\n]`, "gu");
  const WORD_START = new RegExp(`^(?:(?=[${WORD_SCRIPTS}])\\p{L})+`, "u");
  const OTHER_MARK = String.fromCodePoint(0x18500);
  const MARK_RANGES = [[0x0, 0x100, 0x17000], [0x2000, 0x2800, 0x17100], [0x3000, 0x3040, 0x17900], [0x1F000, 0x1FB00, 0x17940]];

  function plain(character) {
    if (character === "\t" || /^\p{Zs}$/u.test(character)) return " ";
    if (/^[\p{M}\p{Cc}\p{Cf}\p{Cs}]$/u.test(character)) return "";
    return symbols.get(character) ?? simplified.get(character) ?? character;
  }

  function folded(character) {
    if (table.breaks.includes(character)) return "\n";
    if (symbols.has(character)) return symbols.get(character);
    return Array.from(character.normalize("NFKD").toLowerCase().normalize("NFKD"), plain).join("");
  }

  function fold(text) {
    return Array.from(text, (character) => {
      if (!foldings.has(character)) foldings.set(character, folded(character));
      return foldings.get(character);
    }).join("");
  }

  function letterOfMark(mark) {
    const code = mark.codePointAt(0);
    const range = MARK_RANGES.find(([first, end]) => first <= code && code < end);
    return range ? String.fromCodePoint(range[2] + code - range[0]) : OTHER_MARK;
  }

  function kindOf(piece) {
    if (piece[0] === " " || piece[0] === "\n") return SPACE;
    if (/^[0-9]/.test(piece)) return DIGIT;
    if (WORD_START.test(piece)) return WORD;
    const code = piece.codePointAt(0);
    if (0x20000 <= code && code < 0x40000) return CHARACTER;
    return /^[\p{L}\p{N}]/u.test(piece) && !(0x17000 <= code && code < 0x187F8) ? CHARACTER : MARK;
  }

  // The units of a text: {text, kind} each.
  function units(text) {
    const found = [];
    let lastKind = SPACE, space = "";
    for (const piece of fold(text).match(PIECE) ?? []) {
      const kind = kindOf(piece);
      if (kind === SPACE) { space = piece; continue; }
      const isBreak = space.includes("\n");
      if (space && found.length && (isBreak || (lastKind === kind && (kind === DIGIT || kind === CHARACTER)))) {
        found.push({ text: letterOfMark(isBreak ? "\n" : " "), kind: MARK });
      }
      space = "";
      found.push({ text: kind === MARK ? letterOfMark(piece) : piece, kind });
      lastKind = kind;
    }
    return found;
  }

  const head = (unit) => unit.kind === WORD ? String.fromCodePoint(unit.text.codePointAt(0)) : unit.text;

  // The token at one unit; the index after the last unit that it holds whole; whether more text could make it longer.
  function gram(cut, index) {
    const { kind, text } = cut[index];
    const next = cut[index + 1];
    if (kind === WORD && next?.kind === WORD) return { token: text, end: index + 1, isOpen: false };
    if (kind !== DIGIT) {
      return { token: next ? text + head(next) : text, end: next && next.kind !== WORD ? index + 2 : index + 1, isOpen: !next };
    }
    let end = index + 1;
    while (end < cut.length && end < index + DIGIT_REACH && cut[end].kind === DIGIT) end++;
    const digits = cut.slice(index, end).map((unit) => unit.text).join("");
    if (end === index + DIGIT_REACH) return { token: digits, end, isOpen: false };
    const after = cut[end];
    return { token: after ? digits + head(after) : digits, end: after && after.kind !== WORD ? end + 1 : end, isOpen: !after };
  }

  const tokensOf = (cut) => cut.map((_, index) => gram(cut, index).token);

  // The fewest tokens that prove a run of units: {offset, token, isPrefix} each.
  function grams(cut) {
    const found = [];
    let index = 0;
    while (index < cut.length) {
      let start = index, best = gram(cut, index);
      // At the end of the run an earlier token may hold the rest whole, which spares the many that begin with it.
      for (let back = index - 1; best.isOpen && back >= 0 && back > index - DIGIT_REACH; back--) {
        const earlier = gram(cut, back);
        if (earlier.end === cut.length && !earlier.isOpen) { start = back; best = earlier; }
      }
      found.push({ offset: start, token: best.token, isPrefix: best.isOpen });
      index = best.end;
    }
    return found;
  }

  // From a token, the unit that it starts with.
  function unitOf(token) {
    const word = token.match(WORD_START);
    const text = word ? word[0] : String.fromCodePoint(token.codePointAt(0));
    return { text, kind: word ? WORD : kindOf(text) };
  }

  const CHINESE_MARKS = pairs(",:;!?()", "，：；！？（）");
  const TRADITIONAL_MARKS = pairs("“”‘’", "「」『』");

  function usualPrints(lang) {
    const prints = new Map();
    for (const [first, end, letter] of MARK_RANGES) {
      for (let code = first; code < end; code++) prints.set(String.fromCodePoint(letter + code - first), String.fromCodePoint(code));
    }
    const marks = lang.startsWith("zh-Hant") ? [...CHINESE_MARKS, ...TRADITIONAL_MARKS] : lang.startsWith("zh") ? CHINESE_MARKS : [];
    for (const [mark, print] of marks) prints.set(letterOfMark(mark), print);
    if (lang.startsWith("zh-Hant")) for (const [key, print] of pairs(table.usualSimplified, table.usualTraditional)) prints.set(key, print);
    return prints;
  }

  // Each unit as it was printed, the spaces after it included.
  function prints(cut, edits, usual) {
    const printed = cut.map((unit, index) => {
      const space = unit.kind === WORD && cut[index + 1]?.kind === WORD ? " " : "";
      return (usual.get(unit.text) ?? unit.text) + space;
    });
    let index = 0;
    for (const edit of edits.split("\x1f").slice(0, -1)) {
      index += edit.charCodeAt(0) - 0x100;
      printed[index] = edit.slice(1);
    }
    return printed;
  }

  return { fold, units, tokensOf, grams, unitOf, usualPrints, prints };
})();

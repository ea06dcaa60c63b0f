// The search page. Results: titles first, then the newest first. Needs folding.js, tokens.js and shards.js.
"use strict";
(() => {
  const page = document.querySelector(".search");
  const input = page.querySelector('input[type="search"][name="q"]');
  const results = document.getElementById("results");
  const status = page.querySelector('[role="status"]');
  const moreButton = page.querySelector(".search-more");
  const { units, grams, unitOf, usualPrints, prints } = window.beilinTokens;

  const PAUSE_MILLISECONDS = 250;
  const PAGE_LENGTH = 20;
  const MOST_FILES = 400; // of some 10 kB: all words that begin with one common character may be in thousands
  const BEFORE = 24, AFTER = 90; // units of an excerpt on either side of its first hit
  const QUOTES = { '"': '"', "“": "”", "「": "」", "＂": "＂" };

  const shards = JSON.parse(page.dataset.shards || "[]")
    .map(({ path }) => new window.beilinShards.Shard(new URL(path, document.baseURI).href));
  const printsOf = new Map();
  let run = 0;

  function say(key, number) {
    const counted = number === undefined ? "" : number.toLocaleString(document.documentElement.lang);
    status.textContent = key ? page.dataset[key].replace("%s", counted) : "";
  }

  // What a query asks for: {cut (units), isExcluded} each. Spaces part, quotation marks hold together, a minus excludes.
  function parsed(query) {
    const asked = [];
    const rest = /\s*([-－]?)(?:(["“「＂])|(\S+))/uy;
    for (let match; (match = rest.exec(query));) {
      let text = match[3];
      if (match[2]) {
        const end = query.indexOf(QUOTES[match[2]], rest.lastIndex);
        text = query.slice(rest.lastIndex, end < 0 ? undefined : end);
        rest.lastIndex = end < 0 ? query.length : end + 1;
      }
      const cut = units(text.replace(/\s+/gu, " "));
      if (cut.length) asked.push({ cut, grams: grams(cut), isExcluded: match[1] !== "" });
    }
    return asked;
  }

  async function hitsOf(shard, asked) {
    const found = await Promise.all(asked.map((item) => shard.find(item.grams)));
    const wanted = found.filter((_, index) => !asked[index].isExcluded);
    const unwanted = found.filter((_, index) => asked[index].isExcluded);
    const hits = [];
    for (const number of wanted[0].keys()) {
      if (wanted.some((pages) => !pages.has(number)) || unwanted.some((pages) => pages.has(number))) continue;
      const items = wanted.map((pages) => pages.get(number));
      hits.push({ shard, number, isTitle: items.some((item) => item.isTitle), positions: items.map((item) => item.positions) });
    }
    return hits.sort((a, b) => b.number - a.number);
  }

  // All hits, or null if the query is too broad to load what it needs.
  async function allHits(asked) {
    await Promise.all(shards.map((shard) => shard.open()));
    const prefixes = asked.flatMap((item) => item.grams.filter((gram) => gram.isPrefix));
    const files = shards.flatMap((shard) => prefixes.flatMap((gram) => shard.chunksOf(gram)));
    if (files.length > MOST_FILES) return null;
    const hits = (await Promise.all(shards.map((shard) => hitsOf(shard, asked)))).flat();
    return [...hits.filter((hit) => hit.isTitle), ...hits.filter((hit) => !hit.isTitle)];
  }

  // A block's printed units from `from` to `to`, those of the hits marked.
  function marked(block, printed, hit, lengths, from = 0, to = printed.length) {
    const isMarked = new Uint8Array(printed.length);
    hit.positions.forEach((positions, item) => {
      for (const position of positions) {
        const start = position - block.start;
        if (start >= 0 && start < printed.length) isMarked.fill(1, start, start + lengths[item]);
      }
    });
    const nodes = [];
    for (let start = from, end; start < to; start = end) {
      for (end = start + 1; end < to && isMarked[end] === isMarked[start]; end++);
      const text = printed.slice(start, end).join("");
      const shown = isMarked[start] ? text.trimEnd() : text;
      const mark = document.createElement("mark");
      mark.textContent = shown;
      nodes.push(...isMarked[start] ? [mark, text.slice(shown.length)] : [text]);
    }
    return nodes;
  }

  function countIn(block, hit) {
    const end = block.start + block.tokens.length;
    return hit.positions.filter((positions) => positions.some((position) => position >= block.start && position < end)).length;
  }

  function element(name, className, children, lang) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (lang) made.lang = lang;
    made.append(...children);
    return made;
  }

  async function entry(hit, lengths) {
    const { url, blocks: [title, ...blocks] } = await hit.shard.page(hit.number);
    const [date, source, lang] = title.more;
    if (!printsOf.has(lang)) printsOf.set(lang, usualPrints(lang));
    const printed = (block) => prints(block.tokens.map(unitOf), block.edits, printsOf.get(lang));
    const best = blocks.reduce((best, block) => countIn(block, hit) > (best ? countIn(best, hit) : 0) ? block : best, null);
    const link = element("a", "", marked(title, printed(title), hit, lengths), lang);
    link.href = page.dataset.root + url + (best ? `#p${best.number}` : "");
    const made = element("li", "entry", [element("h2", "entry-title", [link])]);
    const shown = best ?? blocks[0];
    if (shown) {
      const text = printed(shown);
      const first = Math.min(...hit.positions.flat().filter((position) => position >= shown.start)) - shown.start;
      const from = best ? Math.max(0, first - BEFORE) : 0;
      const to = Math.min(text.length, from + BEFORE + AFTER);
      const nodes = [from > 0 ? "…" : "", ...marked(shown, text, hit, lengths, from, to), to < text.length ? "…" : ""];
      made.append(element("p", "entry-summary", nodes, lang));
    }
    const time = element("time", "", [date]);
    time.dateTime = date;
    made.append(element("p", "entry-facts", [...source ? [element("span", "", [source], lang)] : [], ...date ? [time] : []]));
    return made;
  }

  async function show(hits, lengths, from, mine) {
    const entries = await Promise.all(hits.slice(from, from + PAGE_LENGTH).map((hit) => entry(hit, lengths)));
    if (mine !== run) return;
    results.append(...entries);
    moreButton.hidden = from + PAGE_LENGTH >= hits.length;
    moreButton.onclick = async () => {
      moreButton.hidden = true;
      const next = results.children.length;
      await show(hits, lengths, from + PAGE_LENGTH, mine);
      results.children[next]?.querySelector("a").focus();
    };
  }

  async function search(query) {
    const mine = ++run;
    results.removeAttribute("data-total");
    moreButton.hidden = true;
    const asked = parsed(query);
    const wanted = asked.filter((item) => !item.isExcluded);
    if (!wanted.length) {
      results.replaceChildren();
      return say(query.trim() ? "empty" : "");
    }
    say("running");
    try {
      const hits = await allHits(asked);
      if (mine !== run) return;
      results.replaceChildren();
      if (!hits) return say("broad");
      await show(hits, wanted.map((item) => item.cut.length), 0, mine);
      if (mine !== run) return;
      results.dataset.total = hits.length;
      say(hits.length === 0 ? "none" : hits.length === 1 ? "one" : "many", hits.length);
    } catch (error) {
      if (mine !== run) return;
      results.replaceChildren();
      say("failed");
      console.error(error);
    }
  }

  if (!page.dataset.shards) return say("missing");
  if (location.protocol === "file:") return say("file");

  let pause;
  function searchNow() {
    clearTimeout(pause);
    const address = new URL(location.href);
    if (input.value) address.searchParams.set("q", input.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    search(input.value);
  }
  input.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(searchNow, PAUSE_MILLISECONDS);
  });
  input.addEventListener("compositionend", () => { pause = setTimeout(searchNow, PAUSE_MILLISECONDS); });
  input.form.addEventListener("submit", (event) => { event.preventDefault(); searchNow(); });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) search(input.value);
})();

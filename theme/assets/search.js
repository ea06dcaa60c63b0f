// The search page. Needs all the scripts that its template names before this one.
"use strict";
(() => {
  const page = document.querySelector(".search");
  const input = page.querySelector('input[type="search"][name="q"]');
  const results = document.getElementById("results");
  const status = page.querySelector('[role="status"]');
  const moreButton = page.querySelector(".search-more");
  const side = page.querySelector(".search-facets");
  const tools = page.querySelector(".search-tools");
  const help = page.querySelector(".search-help");
  const { dataset: words } = page;
  const lang = document.documentElement.lang;
  const facets = window.beilinFacets;
  const { isTooBroad, search } = window.beilinAsking;

  const PAUSE_MILLISECONDS = 250;
  const PATIENCE_MILLISECONDS = 400; // before a list is shown that is not complete
  const PAGE_LENGTH = 20;

  const root = new URL(".", new URL(`${words.root}search/x`, document.baseURI)).href;
  const shards = JSON.parse(words.shards || "[]").map((listed) => new window.beilinShards.Shard(root, listed));
  const entries = new Map(); // of the hits of this search: drawn once
  const panel = new facets.Panel(side, page.querySelector(".search-chosen"), {
    lang, words, kinds: JSON.parse(words.kinds || "{}"),
    told: (next) => { chosen = next; shown = PAGE_LENGTH; redraw(); },
  });

  let run = 0, turn = 0; // of searches; of drawings, of which the latest counts
  let chosen, order, shown;
  let found = { hits: [], asked: [], lengths: [], alone: [] };
  let listed = [];
  let isComplete = false;

  function say(key, number) {
    const counted = typeof number === "number" ? number.toLocaleString(lang) : number ?? "";
    const text = key ? words[key].replace("%s", () => counted) : "";
    if (status.textContent !== text) status.textContent = text;
  }

  // The first entries of the list, those that stand there already kept where they are.
  async function draw(mine, count) {
    const now = ++turn;
    const drawn = await Promise.all(listed.slice(0, count).map((hit) => {
      if (!entries.has(hit)) entries.set(hit, window.beilinResults.entry(hit, found.lengths, { root: words.root, lang }));
      return entries.get(hit);
    }));
    if (mine !== run || now !== turn) return false;
    if (drawn.length) side.hidden = tools.hidden = false;
    const focused = document.activeElement;
    drawn.forEach((item, index) => {
      if (results.children[index] !== item) results.insertBefore(item, results.children[index] ?? null);
    });
    while (results.children.length > drawn.length) results.lastChild.remove();
    if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    moreButton.hidden = !isComplete || drawn.length >= listed.length;
    return true;
  }

  function arrange() {
    listed = found.hits.filter(({ row }) => facets.passes(row, chosen));
    if (order !== "date") listed = listed.map((hit, index) => [hit, index])
      .sort(([a, before], [b, after]) => b.score - a.score || before - after).map(([hit]) => hit);
  }

  // Once a search is complete: the list, the facets, the number, and help where nothing is left.
  async function settle(mine) {
    isComplete = true;
    arrange();
    if (!await draw(mine, shown)) return;
    panel.show(found.hits, chosen);
    side.hidden = tools.hidden = !found.hits.length;
    tools.querySelector(".downloads").hidden = !listed.length;
    help.hidden = listed.length > 0;
    if (!listed.length) help.replaceChildren(...window.beilinHelp.lines(found, { words, lang, ask, widen }));
    results.removeAttribute("aria-busy");
    results.dataset.total = listed.length;
    say(listed.length === 0 ? "none" : listed.length === 1 ? "one" : "many", listed.length);
    remember();
  }

  async function start(query) {
    const mine = ++run;
    const asked = window.beilinQuery.parsed(query);
    const begun = performance.now();
    results.removeAttribute("data-total");
    isComplete = false;
    help.hidden = true;
    entries.clear();
    if (!asked.some((item) => !item.isExcluded)) return clear(query.trim() ? "empty" : "");
    results.setAttribute("aria-busy", "true");
    say("running");
    let known, isDrawing = false;
    // A list by date only grows at its end. One by relevance would be thrown about: it is shown once, then when complete.
    const showSome = () => {
      if (mine !== run || isComplete || isDrawing || !known?.hits.length) return;
      if (performance.now() - begun < PATIENCE_MILLISECONDS) return;
      found = known;
      arrange();
      isDrawing = true;
      draw(mine, PAGE_LENGTH).catch(() => {}).finally(() => { isDrawing = order !== "date"; });
    };
    const waiting = setTimeout(showSome, PATIENCE_MILLISECONDS + 1);
    try {
      if (await isTooBroad(shards, asked)) { if (mine === run) clear("broad"); return; }
      const gathered = await search(shards, asked, (some) => { known = some; showSome(); });
      if (mine !== run) return;
      found = gathered;
      await settle(mine);
    } catch (error) {
      if (mine !== run) return;
      clear("failed");
      console.error(error);
    } finally {
      clearTimeout(waiting);
    }
  }

  function clear(key) {
    found = { hits: [], asked: [], lengths: [], alone: [] };
    listed = [];
    results.replaceChildren();
    results.removeAttribute("aria-busy");
    moreButton.hidden = side.hidden = tools.hidden = true;
    panel.showChips(chosen);
    say(key);
  }

  async function redraw() {
    write();
    panel.showChips(chosen);
    if (!isComplete || !found.asked.length) return;
    const mine = ++run;
    results.removeAttribute("data-total");
    try { await settle(mine); } catch (error) {
      if (mine === run) clear("failed");
      console.error(error);
    }
  }

  function ask(query) {
    input.value = query;
    input.focus();
    searchNow();
  }

  function widen() {
    chosen = facets.chosenIn(new URLSearchParams());
    input.focus();
    redraw();
  }

  // The address says what is asked, for sharing; the tab's history keeps how far the reader had come, and nothing else does.
  function write() {
    const address = new URL(location.href);
    if (input.value) address.searchParams.set("q", input.value);
    else address.searchParams.delete("q");
    facets.write(chosen, address.searchParams);
    if (order === "date") address.searchParams.set("order", "date");
    else address.searchParams.delete("order");
    history.replaceState(history.state, "", address);
  }

  function remember(followed) {
    history.replaceState({ shown, scrolled: Math.round(scrollY), followed: followed ?? history.state?.followed }, "");
  }

  function searchNow() {
    clearTimeout(pause);
    shown = PAGE_LENGTH;
    history.replaceState(null, "");
    write();
    return start(input.value);
  }

  async function comeBack(state) {
    shown = Math.max(PAGE_LENGTH, state?.shown ?? 0);
    await start(input.value);
    if (!state || !isComplete) return;
    scrollTo(0, state.scrolled ?? 0);
    const item = results.children[state.followed];
    item?.querySelector("a").focus({ preventScroll: true });
  }

  async function download(button) {
    button.disabled = true;
    try {
      const text = await window.beilinDownloads.citations(listed, button.dataset.suffix, words.root);
      window.beilinDownloads.save(text, button.dataset.filename, button.dataset.type);
    } catch (error) {
      say("failed");
      console.error(error);
    }
    button.disabled = false;
  }

  const parameters = new URLSearchParams(location.search);
  input.value = parameters.get("q") ?? "";
  chosen = facets.chosenIn(parameters);
  order = parameters.get("order") === "date" ? "date" : "relevance";
  shown = PAGE_LENGTH;

  if (!words.shards) return say("missing");
  if (location.protocol === "file:") {
    const launcher = decodeURIComponent(new URL(`${words.root}assets/serve.py`, location.href).pathname);
    return say("file", launcher.replace(/^\/(?=[A-Za-z]:)/, ""));
  }

  const wide = matchMedia("(min-width: 66rem)");
  const unfold = () => { side.querySelector("details").open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();

  for (const choice of tools.querySelectorAll('input[name="order"]')) {
    choice.checked = choice.value === order;
    choice.addEventListener("change", () => { order = choice.value; shown = PAGE_LENGTH; redraw(); });
  }
  for (const button of tools.querySelectorAll(".downloads button")) button.addEventListener("click", () => download(button));
  moreButton.addEventListener("click", async () => {
    const next = results.children.length;
    const mine = run;
    shown = next + PAGE_LENGTH;
    moreButton.hidden = true;
    try {
      if (!await draw(mine, shown)) return;
      results.children[next]?.querySelector("a").focus();
      remember();
    } catch (error) {
      moreButton.hidden = false;
      say("failed");
      console.error(error);
    }
  });

  let pause;
  input.addEventListener("input", (event) => {
    clearTimeout(pause);
    for (const shard of shards) shard.open().catch(() => {}); // on its way while the reader types; failing, it is asked again
    if (!event.isComposing) pause = setTimeout(searchNow, PAUSE_MILLISECONDS);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(pause);
    pause = setTimeout(searchNow, PAUSE_MILLISECONDS);
  });
  input.addEventListener("keydown", (event) => {
    const first = results.querySelector("a");
    if (event.key !== "ArrowDown" || event.isComposing || !first) return;
    event.preventDefault();
    first.focus();
  });
  input.form.addEventListener("submit", (event) => { event.preventDefault(); searchNow(); });

  history.scrollRestoration = "manual";
  let scrolling;
  addEventListener("scroll", () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => { if (isComplete) remember(); }, 150);
  });
  results.addEventListener("click", (event) => {
    const item = event.target.closest("a")?.closest("li");
    if (item) remember([...results.children].indexOf(item));
  });

  panel.showChips(chosen);
  if (input.value) comeBack(history.state);
})();

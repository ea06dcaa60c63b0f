// Facets: what the results can be narrowed down by. The values of one facet widen the choice, several facets narrow it.
"use strict";
window.beilinFacets = (() => {
  const NAMES = ["source", "date", "tag", "lang", "kind"];
  const UNDATED = "undated", NONE = "none";
  const SHOWN = 8; // values of a facet before the reader asks for all of them

  // From a shard's table, what gives the article of a number: {date, source, length, values (by facet)}.
  function rows(table) {
    const dates = table.dates.flatMap(([date, count]) => Array(count).fill(date));
    if (dates.length !== table.lengths.length) throw new Error("a table of facets breaks off");
    return (number) => {
      const [source, lang, kind] = table.groups[table.group[number]];
      const date = dates[number];
      const dated = !date ? [UNDATED] : date.length < 7 ? [date] : [date.slice(0, 4), date.slice(0, 7)];
      return {
        date,
        source,
        length: 2 ** parseInt(table.lengths[number], 36),
        values: { source: [source || NONE], date: dated, tag: table.tagLists[table.tagList[number]], lang: [lang], kind: [kind] },
      };
    };
  }

  // What was chosen: facet → set of values, from the page's address and back into it.
  const chosenIn = (parameters) => new Map(NAMES.map((name) => [name, new Set(parameters.getAll(name).filter(Boolean))]));

  function write(chosen, parameters) {
    for (const name of NAMES) {
      parameters.delete(name);
      for (const value of chosen.get(name)) parameters.append(name, value);
    }
  }

  const isAny = (chosen) => NAMES.some((name) => chosen.get(name).size);

  function passes(row, chosen, except) {
    return NAMES.every((name) =>
      name === except || !chosen.get(name).size || row.values[name].some((value) => chosen.get(name).has(value)));
  }

  // Value → how many of the hits have it, when all other facets are heeded; what is chosen stands there even with none.
  function counts(hits, chosen, name) {
    const found = new Map(Array.from(chosen.get(name), (value) => [value, 0]));
    for (const { row } of hits) {
      if (!passes(row, chosen, name)) continue;
      for (const value of row.values[name]) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  // The page's fieldsets. `told(chosen)` is called when the reader chooses.
  class Panel {
    constructor(element, chips, { lang, kinds, words, told }) {
      Object.assign(this, { element, chips, lang, kinds, words, told });
      this.languages = new Intl.DisplayNames([lang], { type: "language", fallback: "code" });
      this.isOpen = new Set();
    }

    label(name, value) {
      if (value === UNDATED && name === "date") return this.words.undated;
      if (value === NONE && name === "source") return this.words.unnamed;
      if (name === "lang") { try { return this.languages.of(value); } catch { return value; } }
      if (name === "kind") return this.kinds[value] ?? value;
      return name === "date" ? dateInWords(value, this.lang) : value;
    }

    legend(name) { return this.fieldset(name).querySelector("legend").textContent; }

    fieldset(name) { return this.element.querySelector(`[data-facet="${name}"]`); }

    show(hits, chosen) {
      const focused = this.element.contains(document.activeElement) ? document.activeElement.id : "";
      for (const name of NAMES) {
        const found = counts(hits, chosen, name);
        const values = name === "date" ? this.dates(found, chosen) : [...found].sort(byCount).map(([value]) => value);
        const isLong = values.length > SHOWN + 1 && !this.isOpen.has(name);
        const shown = isLong ? values.filter((value, index) => index < SHOWN || chosen.get(name).has(value)) : values;
        const list = this.fieldset(name).querySelector("ul");
        list.replaceChildren(...shown.map((value) => this.choice(name, value, found.get(value), chosen)));
        if (shown.length < values.length) list.append(this.opener(name, values.length, () => this.show(hits, chosen)));
        this.fieldset(name).hidden = values.length === 0 || (values.length === 1 && !chosen.get(name).size);
      }
      if (focused) document.getElementById(focused)?.focus();
      this.showChips(chosen);
    }

    // Years, the newest first, each followed by its months where it is chosen or the only one.
    dates(found, chosen) {
      const all = [...found.keys()].sort((a, b) => (a === UNDATED) - (b === UNDATED) || (a < b ? 1 : -1));
      const years = all.filter((value) => value.length === 4 || value === UNDATED);
      const open = new Set(years.length === 1 ? years : Array.from(chosen.get("date"), (value) => value.slice(0, 4)));
      for (const value of all) if (value.length === 7 && !found.has(value.slice(0, 4))) years.push(value);
      return years.flatMap((year) =>
        [year, ...open.has(year) ? all.filter((value) => value.length === 7 && value.startsWith(`${year}-`)).reverse() : []]);
    }

    choice(name, value, count, chosen) {
      const item = document.createElement("li");
      const label = document.createElement("label");
      const box = document.createElement("input");
      const number = document.createElement("span");
      box.type = "checkbox";
      box.id = `facet-${name}-${encodeURIComponent(value)}`;
      box.checked = chosen.get(name).has(value);
      box.addEventListener("change", () => this.choose(chosen, name, value, box.checked));
      const text = document.createElement("span");
      text.className = "facet-name";
      text.textContent = this.label(name, value);
      number.className = "count";
      number.textContent = count.toLocaleString(this.lang);
      label.append(box, text, number);
      item.append(label);
      if (name === "date" && value.length === 7) item.className = "facet-month";
      return item;
    }

    opener(name, total, show) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.words.all.replace("%s", total.toLocaleString(this.lang));
      button.addEventListener("click", () => {
        this.isOpen.add(name);
        const place = [...item.parentElement.children].indexOf(item);
        const list = item.parentElement;
        show();
        list.children[place]?.querySelector("input")?.focus();
      });
      item.append(button);
      return item;
    }

    choose(chosen, name, value, isChosen) {
      const next = new Map(Array.from(chosen, ([facet, values]) => [facet, new Set(values)]));
      if (isChosen) next.get(name).add(value);
      else next.get(name).delete(value);
      this.told(next);
    }

    showChips(chosen) {
      const isFocused = this.chips.contains(document.activeElement);
      const pairs = NAMES.flatMap((name) => Array.from(chosen.get(name), (value) => [name, value]));
      this.chips.replaceChildren(...pairs.map(([name, value]) =>
        this.chip(`${this.legend(name)}${this.words.colon}${this.label(name, value)}`, () => this.choose(chosen, name, value, false))));
      if (pairs.length > 1) this.chips.append(this.chip(this.words.clear, () => this.told(chosenIn(new URLSearchParams()))));
      if (isFocused) (this.chips.querySelector("button") ?? document.getElementById("results")).focus();
    }

    chip(text, act) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-label", this.words.remove.replace("%s", text));
      button.addEventListener("click", act);
      item.append(button);
      return item;
    }
  }

  const byCount = ([left, many], [right, more]) => more - many || (left < right ? -1 : 1);

  // `2024`, `2024-04` or `2024-04-25` as the reader's language writes it.
  function dateInWords(date, lang) {
    const parts = date.split("-");
    const form = { year: "numeric", ...parts[1] && { month: "long" }, ...parts[2] && { day: "numeric" }, timeZone: "UTC" };
    return new Intl.DateTimeFormat(lang, form).format(new Date(`${date}${["-01-01", "-01", ""][parts.length - 1]}T00:00:00Z`));
  }

  return { rows, chosenIn, write, isAny, passes, dateInWords, Panel };
})();

// Citations of the results, put together from the files that lie beside the lists: those of months, of years, and of what
// has no date. Every entry is, to the letter, what the article's own page offers.
"use strict";
window.beilinDownloads = (() => {
  const RIS_END = "ER  - \r\n\r\n";

  // From a file's text: identifier → entry. And what stands around and between entries.
  const FORMATS = {
    bib: {
      entries: (text) => text.split(/^(?=@online\{)/m).map((entry) => [entry.slice(8, entry.indexOf(",")), `${entry.trimEnd()}\n`]),
      join: (entries) => entries.join("\n"),
    },
    ris: {
      entries: (text) => text.split(RIS_END).slice(0, -1).map((entry) => [/^ID  - (.*)\r$/m.exec(entry)[1], entry + RIS_END]),
      join: (entries) => entries.join(""),
    },
    json: {
      entries: (text) => text.split("\n").slice(1, -2).map((line) => [JSON.parse(line.replace(/,$/, "")).id, line.replace(/,$/, "")]),
      join: (entries) => `[\n${entries.join(",\n")}\n]\n`,
    },
  };

  // Where the citation of an article of this date is, below the site's root.
  function place(date, suffix) {
    const folder = date ? `date/${date.slice(0, 7).replace("-", "/")}/` : "search/undated/";
    return `${folder}cite.${suffix}`;
  }

  async function fetched(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response.text();
  }

  // The text of the file for `hits`, in their order.
  async function citations(hits, suffix, root) {
    const format = FORMATS[suffix];
    const places = [...new Set(hits.map(({ row }) => place(row.date, suffix)))];
    const known = new Map();
    const texts = await Promise.all(places.map((path) => fetched(new URL(root + path, document.baseURI))));
    for (const text of texts) for (const [id, entry] of format.entries(text)) known.set(id, entry);
    const ids = await Promise.all(hits.map(async ({ shard, number }) => (await shard.ids())[number]));
    const missing = ids.find((id) => !known.has(id));
    if (missing !== undefined) throw new Error(`no citation of ${missing}`);
    return format.join(ids.map((id) => known.get(id)));
  }

  function save(text, filename, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  return { citations, save };
})();

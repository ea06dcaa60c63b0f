// Reads the files of a shard. Texts and words are as Pagefind 1.5 writes them: CBOR behind a signature, packed with gzip.
// A file that is cut short must never count as one that holds less: whatever breaks off is an error.
"use strict";
window.beilinShards = (() => {
  const SIGNATURE = "pagefind_dcd";
  const PRIVATE = 0xF0000;
  const BODY_WEIGHT = 25;
  const utf8 = new TextEncoder();
  const text = new TextDecoder();

  async function answered(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response;
  }

  const fetchedList = async (address) => (await answered(address)).json();

  async function fetched(address) {
    const response = await answered(address);
    let bytes = new Uint8Array(await response.arrayBuffer());
    // Some hosts unpack what they serve.
    if (bytes[0] === 0x1F && bytes[1] === 0x8B) {
      const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
    }
    if (text.decode(bytes.subarray(0, SIGNATURE.length)) !== SIGNATURE) throw new Error(`not an index file: ${address}`);
    return bytes.subarray(SIGNATURE.length);
  }

  class Reader {
    constructor(bytes) { this.bytes = bytes; this.at = 0; }

    // The number in the next item's head: its value, its length or (below zero) its negative value.
    head() {
      if (this.at >= this.bytes.length) throw new Error("an index file breaks off");
      const first = this.bytes[this.at++];
      let value = first & 31;
      if (value >= 24) {
        let width = 1 << (value - 24);
        for (value = 0; width > 0; width--) value = value * 256 + this.bytes[this.at++];
      }
      return first >> 5 === 1 ? -1 - value : value;
    }

    slice() {
      const length = this.head();
      this.at += length;
      if (this.at > this.bytes.length) throw new Error("an index file breaks off");
      return this.bytes.subarray(this.at - length, this.at);
    }

    skip() {
      const kind = this.bytes[this.at] >> 5;
      if (kind === 3) this.slice();
      else for (let items = this.head(); kind === 4 && items > 0; items--) this.skip();
    }
  }

  function compare(left, right) {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) if (left[index] !== right[index]) return left[index] - right[index];
    return left.length - right.length;
  }

  const startsWith = (bytes, start) => bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);

  // Adds to `found` (page → {positions, title}: where, and which of them in the title) what a word's list of pages says.
  function addPages(reader, found) {
    let page = 0;
    for (let pages = reader.head(); pages > 0; pages--) {
      let parts = reader.head();
      page += reader.head();
      if (!found.has(page)) found.set(page, { positions: new Set(), title: new Set() });
      const { positions, title } = found.get(page);
      let weight = BODY_WEIGHT, position = 0;
      for (let items = reader.head(); items > 0; items--) {
        const value = reader.head();
        if (value < 0) { weight = -1 - value; position = 0; continue; }
        position += value;
        positions.add(position);
        if (weight > BODY_WEIGHT) title.add(position);
      }
      for (parts -= 2; parts > 0; parts--) reader.skip();
    }
  }

  function addWords(bytes, needle, isPrefix, found) {
    const reader = new Reader(bytes);
    reader.head();
    for (let words = reader.head(); words > 0; words--) {
      let parts = reader.head();
      const word = reader.slice();
      parts--;
      if (isPrefix ? startsWith(word, needle) : compare(word, needle) === 0) {
        addPages(reader, found);
        parts--;
      } else if (compare(word, needle) > 0) return;
      for (; parts > 0; parts--) reader.skip();
    }
  }

  class Shard {
    // `root`: address of search/; `listed`: what the page says of the shard.
    constructor(root, listed) {
      this.listed = listed;
      this.root = root;
      this.address = root + listed.path;
      this.files = new Map();
    }

    once(address, load) {
      if (!this.files.has(address)) {
        const file = load(address);
        file.catch(() => this.files.delete(address));
        this.files.set(address, file);
      }
      return this.files.get(address);
    }

    file(path) { return this.once(this.address + path, fetched); }

    // Which words are in which file, and the facets.
    open() {
      return this.once(this.address, async () => {
        const [words, table] = await Promise.all([
          fetchedList(`${this.address}index.json`), fetchedList(this.root + this.listed.facets),
        ]);
        if (table.lengths.length !== this.listed.articles) throw new Error(`another table: ${this.listed.facets}`);
        this.words = words;
        this.row = window.beilinFacets.rows(table);
      });
    }

    // The articles' identifiers, by page.
    ids() { return this.once(`${this.address}ids.json`, fetchedList); }

    // The files that may hold a token, or those that begin with it: each holds words from its own first to the next one's.
    chunksOf({ token, isPrefix }) {
      const needle = utf8.encode(token);
      let start = 0;
      let end = this.words.length;
      while (end - start > 1) {
        const middle = (start + end) >> 1;
        if (compare(utf8.encode(this.words[middle]), needle) <= 0) start = middle;
        else end = middle;
      }
      while (isPrefix && end < this.words.length && this.words[end].startsWith(token)) end++;
      return Array.from({ length: end - start }, (_, index) => `index/${start + index}.pf_index`);
    }

    async pagesOf(gram) {
      const found = new Map();
      const chunks = await Promise.all(this.chunksOf(gram).map((path) => this.file(path)));
      for (const bytes of chunks) addWords(bytes, utf8.encode(gram.token), gram.isPrefix, found);
      return found;
    }

    // Page → {positions, isTitle} of every run that holds these tokens at these distances; the first is at distance 0.
    async find(grams) {
      const hits = new Map();
      // Few shards can do without the second: it is on its way while the first is read.
      for (const path of grams[1] ? this.chunksOf(grams[1]) : []) this.file(path).catch(() => {});
      for (const [page, { positions, title }] of await this.pagesOf(grams[0])) {
        hits.set(page, { positions: [...positions].sort((a, b) => a - b), title });
      }
      // A few tokens at a time: most shards hold no candidate after the second.
      for (let from = 1, count = 1; from < grams.length && hits.size; from += count, count *= 2) {
        const asked = grams.slice(from, from + count);
        const found = await Promise.all(asked.map((gram) => this.pagesOf(gram)));
        for (const [page, hit] of hits) {
          hit.positions = hit.positions.filter((position) =>
            found.every((pages, index) => pages.get(page)?.positions.has(position + asked[index].offset)));
          if (!hit.positions.length) hits.delete(page);
        }
      }
      for (const hit of hits.values()) hit.isTitle = hit.positions.some((position) => hit.title.has(position));
      return hits;
    }

    // A page's address and blocks: {number, start (position), tokens, edits, more} each; number 0 is the title.
    async page(number) {
      const { url, content } = JSON.parse(text.decode(await this.file(`fragment/${number}.pf_fragment`)));
      const blocks = [];
      let start = 0;
      const tokens = content.split(" ");
      tokens.forEach((token, position) => {
        if (token.codePointAt(0) < PRIVATE) return;
        const closing = Array.from(token, (character) => String.fromCharCode(character.codePointAt(0) - PRIVATE)).join("");
        const [block, edits, ...more] = closing.split("\x1e");
        blocks.push({ number: Number(block), start, tokens: tokens.slice(start, position), edits, more });
        start = position + 1;
      });
      return { url, blocks };
    }
  }

  return { Shard };
})();

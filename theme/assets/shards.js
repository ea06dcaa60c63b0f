// Reads the files of a shard, as Pagefind 1.5 writes them: CBOR behind a signature, packed with gzip.
"use strict";
window.beilinShards = (() => {
  const SIGNATURE = "pagefind_dcd";
  const PRIVATE = 0xF0000;
  const BODY_WEIGHT = 25;
  const utf8 = new TextEncoder();
  const text = new TextDecoder();

  async function fetched(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
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
      return this.bytes.subarray(this.at - length, this.at);
    }

    string() { return text.decode(this.slice()); }

    list(read) {
      const items = new Array(this.head());
      for (let index = 0; index < items.length; index++) items[index] = read();
      return items;
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
    constructor(address) {
      this.address = address;
      this.files = new Map();
    }

    file(path) {
      if (!this.files.has(path)) {
        const file = fetched(this.address + path);
        file.catch(() => this.files.delete(path));
        this.files.set(path, file);
      }
      return this.files.get(path);
    }

    async open() {
      if (this.pages) return;
      const reader = new Reader(await this.file("pagefind.pf_meta"));
      reader.head();
      reader.skip();
      const pages = reader.list(() => {
        reader.head();
        const name = reader.string();
        reader.skip();
        return name;
      });
      this.chunks = reader.list(() => {
        reader.head();
        const from = reader.slice();
        reader.skip();
        return { from, name: reader.string() };
      });
      this.pages = pages;
    }

    // The files that may hold a token, or those that begin with it: each starts with words not smaller than its `from`.
    chunksOf({ token, isPrefix }) {
      const needle = utf8.encode(token);
      const after = this.chunks.findIndex(({ from }) => compare(from, needle) > 0);
      const last = (after < 0 ? this.chunks.length : after) - 1;
      const found = last < 0 ? [] : [this.chunks[last]];
      if (isPrefix) found.push(...this.chunks.slice(last + 1).filter(({ from }) => startsWith(from, needle)));
      return found.map(({ name }) => `index/${name}.pf_index`);
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
      const { url, content } = JSON.parse(text.decode(await this.file(`fragment/${this.pages[number]}.pf_fragment`)));
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

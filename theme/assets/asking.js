// Which articles match a query, and how well.
"use strict";
window.beilinAsking = (() => {
  const MOST_FILES = 400; // of some 4 kB: all words that begin with one common character may be in thousands
  const TITLE = 2;
  const LONG = 500; // a word that stands once in this many characters counts half of what it can count in the text

  // The more of an article the words are, the higher; a word in the title counts more than any number in the text.
  function score(items, length) {
    return items.reduce((sum, { positions, isTitle }) =>
      sum + (isTitle ? TITLE : 0) + positions.length / (positions.length + length / LONG), 0);
  }

  async function hitsOf(shard, asked) {
    await shard.open();
    const matches = await Promise.all(asked.map((item) => shard.find(item.grams)));
    const wanted = matches.filter((_, index) => !asked[index].isExcluded);
    const unwanted = matches.filter((_, index) => asked[index].isExcluded);
    const hits = [];
    for (const number of wanted[0].keys()) {
      if (wanted.some((pages) => !pages.has(number)) || unwanted.some((pages) => pages.has(number))) continue;
      const items = wanted.map((pages) => pages.get(number));
      const row = shard.row(number);
      hits.push({ shard, number, row, score: score(items, row.length), positions: items.map((item) => item.positions) });
    }
    return { hits: hits.sort((a, b) => b.number - a.number), alone: wanted.map((pages) => pages.size) };
  }

  // Whether the index would have to be read from end to end, as for all words that begin with one common character.
  async function isTooBroad(shards, asked) {
    const prefixes = asked.flatMap((item) => item.grams.filter((gram) => gram.isPrefix));
    if (!prefixes.length) return false;
    await Promise.all(shards.map((shard) => shard.open()));
    return shards.flatMap((shard) => prefixes.flatMap((gram) => shard.chunksOf(gram))).length > MOST_FILES;
  }

  // The hits in all shards, the newest first; `told` is called whenever one more shard has answered.
  async function search(shards, asked, told) {
    const wanted = asked.filter((item) => !item.isExcluded);
    const gathered = { hits: [], asked, lengths: wanted.map((item) => item.cut.length), alone: wanted.map(() => 0) };
    const answers = shards.map((shard) => hitsOf(shard, asked));
    for (const answer of answers) answer.catch(() => {});
    for (const answer of answers) {
      const { hits, alone } = await answer;
      gathered.hits.push(...hits);
      gathered.alone = gathered.alone.map((count, index) => count + alone[index]);
      told(gathered);
    }
    return gathered;
  }

  return { isTooBroad, search };
})();

// Reads {locale, styles: {name: CSL}, items: [CSL-JSON]} and writes {name: {item: text}}, in the words of citeproc-js.
"use strict";
const CSL = require("citeproc");
const { locale, styles, items } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = {};
for (const [name, style] of Object.entries(styles)) {
  const known = Object.fromEntries(items.map((item) => [item.id, item]));
  const engine = new CSL.Engine({ retrieveLocale: () => locale, retrieveItem: (id) => known[id] }, style, "en-US");
  engine.setOutputFormat("text");
  engine.opt.development_extensions.wrap_url_and_doi = false;
  answers[name] = {};
  for (const { id } of items) {
    engine.updateItems([id]);
    const bibliography = engine.makeBibliography();
    answers[name][id] = bibliography ? bibliography[1][0].trim() : engine.makeCitationCluster([{ id }]);
  }
}
process.stdout.write(JSON.stringify(answers));

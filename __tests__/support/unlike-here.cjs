// Another machine: folders list their files in another order, and it is another day.
const fs = require("node:fs");

const { readdirSync } = fs;
fs.readdirSync = (...args) => readdirSync(...args).reverse();

const later = 3 * 365 * 24 * 60 * 60 * 1000 + 12_345;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + later);
    else super(...args);
  }
  static now() {
    return RealDate.now() + later;
  }
};

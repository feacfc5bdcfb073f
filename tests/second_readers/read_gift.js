// Reads GIFT from standard input as gift-pegjs does, and writes it as JSON.
const gift = require("gift-pegjs");

const text = require("node:fs").readFileSync(0, "utf8");
console.log(JSON.stringify(gift.parse(text)));

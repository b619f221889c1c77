/** Settable from outside: what is drawn, and for how long. */
const minutes = Number(process.env.GMI_SOAK_MINUTES ?? 10);
const seed = Number(process.env.GMI_SOAK_SEED ?? Math.floor(Date.now() / 1000) % 100_000);

module.exports = { minutes, seed };

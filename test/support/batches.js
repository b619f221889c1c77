/** Batches of jobs for measurements, the same ones in every run. */

/** @param {number} count */
function prompts(count) {
	return Array.from({ length: count }, (_, i) => ({ prompt: `a kite, take ${i + 1}` }));
}

/**
 * Evenly spread between the two, in an order that mixes them; milliseconds.
 *
 * @param {number} count at least 2
 * @param {number} from
 * @param {number} to
 */
function spread(count, from, to) {
	const step = (to - from) / (count - 1);
	return Array.from({ length: count }, (_, i) => Math.round(from + ((i * 7) % count) * step));
}

/**
 * The value in the middle; of an even number of values the higher one of the two.
 *
 * @param {number[]} values
 */
function median(values) {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

module.exports = { median, prompts, spread };

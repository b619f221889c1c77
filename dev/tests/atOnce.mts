/**
 * Does the work for every item, several at the same time, in the items' order.
 *
 * @returns the results in that order
 */
export async function atOnce<T, R>(
	most: number,
	items: T[],
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const waiting = items.map((item, index) => ({ item, index }));
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			results[next.index] = await work(next.item);
		}
	};
	await Promise.all(Array.from({ length: most }, worker));
	return results;
}

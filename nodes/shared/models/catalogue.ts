import type { GmiQueue } from '../queue/types';
import { createCache } from './cache';
import { kindFromName } from './kinds';
import { nearestName } from './nearest';
import { readKind } from './modelReader';
import type { CatalogueEntry, ModelKind } from './types';

export { createModelReader, readDetail } from './modelReader';

/** The model list is good for this long, so that typing in a drop-down filters without a call per letter. */
export const LIST_LIFETIME_MS = 60_000;

const lists = createCache<string[]>({ lifetimeMs: LIST_LIFETIME_MS, size: 20 });

const BARE_ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const KIND_ORDER: ModelKind[] = ['video', 'image', 'audio', 'other'];

/**
 * Every model the key sees, of every modality: video models first, names in natural order. GMI's list is
 * ids and nothing else, so kinds come from details that were read before, else from the names. Names are
 * trimmed; of ids that differ only in white space the plain one is kept. Costs one call a minute.
 *
 * @throws GmiFault as `GmiQueue.listModels` does
 */
export async function readCatalogue(queue: GmiQueue): Promise<CatalogueEntry[]> {
	const ids = await lists.get(queue.account, async () => await queue.listModels());
	const entries = new Map<string, CatalogueEntry>();
	for (const id of ids) {
		const name = id.trim();
		if (!name || (entries.has(name) && id !== name)) continue;
		const kind = readKind(queue, id) ?? kindFromName(name);
		entries.set(name, { id, name, kind, hidden: BARE_ID.test(name) });
	}
	return [...entries.values()].sort(
		(a, b) =>
			KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
			a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' }),
	);
}

const KIND_WORDS: Record<ModelKind, string[]> = {
	video: ['video', 'videos'],
	image: ['image', 'images', 'picture', 'pictures'],
	audio: ['audio', 'tts', 'speech', 'voice', 'music', 'sound'],
	other: ['other'],
};

/**
 * The entries a search finds. Its words may come in any order; each has to occur in the name or name the
 * kind ("image", "audio", "tts", …). Without words: the video models, or all when none is known to be one.
 * The single word "all" finds every model. Internal models are found by the start of their id alone.
 */
export function searchCatalogue(entries: CatalogueEntry[], filter = ''): CatalogueEntry[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const offered = entries.filter(({ hidden }) => !hidden);
	if (!words.length) {
		const videos = offered.filter(({ kind }) => kind === 'video');
		return videos.length ? videos : offered;
	}
	if (words.length === 1 && words[0] === 'all') return offered;
	const isBareId = words.length === 1 && words[0].length >= 8;
	return entries.filter(({ name, kind, hidden }) => {
		const lower = name.toLowerCase();
		if (hidden) return isBareId && lower.startsWith(words[0]);
		return words.every((word) => lower.includes(word) || KIND_WORDS[kind].includes(word));
	});
}

/** The model whose id is closest to one that GMI does not know: ids are case-sensitive and drift. */
export function nearestModel(entries: CatalogueEntry[], id: string): string | undefined {
	return nearestName(
		id,
		entries.filter(({ hidden, name }) => !hidden && name !== id).map(({ name }) => name),
	);
}

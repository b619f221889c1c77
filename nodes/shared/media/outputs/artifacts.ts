import type { IDataObject } from 'n8n-workflow';

import type { RequestRecord } from '../../queue/types';
import { extensionOf, FILE_TYPES, fileTypeOfMime, fileTypeOfName } from '../fileTypes';

type ArtifactKind = 'video' | 'image' | 'audio' | 'thumbnail';

/** One output file of a request, as items carry it. `url` is empty for a file that GMI sent inline. */
export interface Artifact {
	kind: ArtifactKind;
	url: string;
	fileName: string;
	mimeType: string;
}

/** An artifact with what fetching it needs besides. */
export interface Output extends Artifact {
	/** Base64, when GMI sent the file itself instead of an address. */
	inline?: string;
}

type Found = { hint?: ArtifactKind; mimeType?: string } & ({ url: string } | { inline: string });

const RESULT_KEY = /^(video|image|audio|media|result|output|file)s?(_urls?)?$|^urls?$|^medias$/;
const THUMBNAIL_KEY = /^(thumbnail|cover|poster)(_image)?(_url)?$/;

/**
 * The output files of a finished request, results before thumbnails. Read by key from the shapes
 * GMI's models use: `video_url`, `audio_url`, `media_urls` (objects or strings), `medias`, and Gemini's inline
 * `candidates`. The echoed payload is never searched, and a thumbnail that repeats a result is left out.
 */
export function readOutputs(record: RequestRecord): Output[] {
	const outcome = (record.outcome ?? {}) as Record<string, unknown>;
	const results: Found[] = [...inlineParts(outcome.candidates)];
	const thumbnails: Found[] = [];
	for (const [key, value] of Object.entries(outcome)) {
		if (THUMBNAIL_KEY.test(key)) thumbnails.push(...entriesOf(value, 'thumbnail'));
		else if (RESULT_KEY.test(key)) results.push(...entriesOf(value, hintOf(key)));
	}
	const distinct = [...results, ...thumbnails].filter(
		(found, i, all) => all.findIndex((other) => addressOf(other) === addressOf(found)) === i,
	);
	return nameAll(record.request_id, distinct);
}

/** The artifacts of an item: what people and agents see of the outputs. */
export function artifactsOf(outputs: Output[]): Artifact[] {
	return outputs.map(({ kind, url, fileName, mimeType }) => ({ kind, url, fileName, mimeType }));
}

/** What the node fetches: every result, but no thumbnail. */
export function isResult({ kind }: Artifact): boolean {
	return kind !== 'thumbnail';
}

function entriesOf(value: unknown, hint: ArtifactKind | undefined): Found[] {
	if (Array.isArray(value)) return value.flatMap((entry) => entriesOf(entry, hint));
	if (typeof value === 'string') return entryOfText(value, hint);
	if (typeof value !== 'object' || value === null) return [];
	const fields = value as IDataObject;
	const text = fields.url ?? fields.uri ?? fields.video_url ?? fields.image_url ?? fields.audio_url;
	if (typeof text !== 'string') return [];
	const mimeType = [fields.mime_type, fields.mimeType, fields.content_type, fields.type].find(
		(type): type is string => typeof type === 'string' && type.includes('/'),
	);
	return entryOfText(text, hint).map((entry) => ({
		...entry,
		mimeType: entry.mimeType ?? mimeType,
	}));
}

function entryOfText(text: string, hint: ArtifactKind | undefined): Found[] {
	if (/^https?:\/\//i.test(text)) return [{ hint, url: text }];
	const dataUri = /^data:([^;,]+);base64,([\s\S]+)$/.exec(text);
	return dataUri ? [{ hint, mimeType: dataUri[1], inline: dataUri[2] }] : [];
}

function inlineParts(candidates: unknown): Found[] {
	if (!Array.isArray(candidates)) return [];
	return candidates.flatMap((candidate: { content?: { parts?: unknown } } | null) => {
		const parts = candidate?.content?.parts;
		if (!Array.isArray(parts)) return [];
		return parts.flatMap((part: { inlineData?: { mimeType?: string; data?: unknown } } | null) => {
			const { mimeType, data } = part?.inlineData ?? {};
			return typeof data === 'string' && data !== '' ? [{ mimeType, inline: data }] : [];
		});
	});
}

function hintOf(key: string): ArtifactKind | undefined {
	return (['video', 'image', 'audio'] as const).find((kind) => key.startsWith(kind));
}

function addressOf(found: Found): string {
	return 'url' in found ? found.url : found.inline;
}

function nameAll(requestId: string, all: Found[]): Output[] {
	let results = 0;
	let thumbnails = 0;
	return all.map((found) => {
		const url = 'url' in found ? found.url : '';
		const type = fileTypeOfMime(found.mimeType) ?? fileTypeOfName(pathOf(url));
		const kind = found.hint ?? type?.kind ?? 'video';
		const count = kind === 'thumbnail' ? thumbnails++ : results++;
		const suffix = kind === 'thumbnail' ? '_thumbnail' : '';
		const name = `${safe(requestId)}${suffix}${count > 0 ? `_${count}` : ''}`;
		const fallback = FILE_TYPES.find((candidate) => candidate.name === FALLBACK_TYPES[kind]);
		const mimeType =
			found.mimeType ?? (type ?? fallback)?.mimeTypes[0] ?? 'application/octet-stream';
		const extension =
			type === undefined ? FALLBACK_TYPES[kind] : extensionFor(url, type.extensions);
		const inline = 'inline' in found ? { inline: found.inline } : {};
		return { kind, url, fileName: `${name}.${extension}`, mimeType, ...inline };
	});
}

const FALLBACK_TYPES: Record<ArtifactKind, string> = {
	video: 'mp4',
	image: 'png',
	audio: 'mp3',
	thumbnail: 'jpeg',
};

function extensionFor(url: string, extensions: string[]): string {
	const own = extensionOf(pathOf(url));
	return extensions.includes(own) ? own : extensions[0];
}

/** The path of an address, so that a query cannot pass for a file name. */
function pathOf(url: string): string {
	return url.split(/[?#]/)[0];
}

/** File names are made here, never taken from the service: nothing in one can leave its folder. */
function safe(name: string): string {
	return name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 80);
}

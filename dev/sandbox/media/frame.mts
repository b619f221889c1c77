import type { Settings } from '../settings.mjs';

export interface Frame {
	width: number;
	height: number;
	seconds: number;
}

type Payload = Record<string, unknown>;

const shortSides: Record<string, number> = { '1K': 1024, '2K': 2048, '3K': 3072, '4K': 4096 };

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2);

function first(payload: Payload, names: string[]): unknown {
	for (const name of names) {
		const value = payload[name];
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return undefined;
}

/** Reads `1280x720`, `1280*720` and `{width, height}`. */
function exactSize(value: unknown): [number, number] | undefined {
	if (typeof value === 'object' && value !== null) {
		const { width, height } = value as { width?: unknown; height?: unknown };
		if (Number(width) > 0 && Number(height) > 0) return [Number(width), Number(height)];
		return undefined;
	}
	const match = /^(\d{2,4})\s*[x*]\s*(\d{2,4})$/i.exec(String(value ?? '').trim());
	return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** Reads `720p`, `768P`, `4k` and `2K` as the length of the short side. */
function shortSide(value: unknown): number | undefined {
	const name = String(value ?? '').trim();
	const lines = /^(\d{3,4})p$/i.exec(name);
	if (lines) return Number(lines[1]);
	return shortSides[name.toUpperCase()];
}

function ratioOf(value: unknown): [number, number] | undefined {
	const match = /^(\d+):(\d+)$/.exec(String(value ?? ''));
	return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** The picture size and length that a payload asks for, under any of the models' names for them. */
export function frameOf(payload: Payload, settings: Settings): Frame {
	const seconds = Number.parseFloat(
		String(first(payload, ['seconds', 'duration', 'durationSeconds', 'video_length'])),
	);
	const asked =
		exactSize(first(payload, ['size', 'dimension', 'video_resolution'])) ??
		exactSize(first(payload, ['resolution']));
	const fallback = exactSize(settings.defaultSize) ?? [1280, 720];
	let [width, height] = asked ?? fallback;
	if (!asked) {
		const side = shortSide(first(payload, ['resolution', 'quality', 'size', 'image_size']));
		const ratio = ratioOf(first(payload, ['aspect_ratio', 'aspectRatio', 'ratio']));
		if (side !== undefined || ratio) {
			const [across, down] = ratio ?? fallback;
			const short = side ?? Math.min(...fallback);
			const scale = short / Math.min(across, down);
			[width, height] = [across * scale, down * scale];
		}
	}
	return {
		width: even(Math.min(width, 4096)),
		height: even(Math.min(height, 4096)),
		seconds:
			Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) : settings.defaultSeconds,
	};
}

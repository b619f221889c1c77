import { FILE_NAMES } from './media';
import { plainName } from './names';

/** Names that GMI's models use for the same thing; the right one depends on the model. */
const SAME_THING = [
	['duration', 'durationSeconds', 'seconds', 'video_length', 'length'],
	['ratio', 'aspect_ratio'],
	['resolution', 'video_resolution', 'quality', 'size', 'image_size', 'dimension'],
	['negative_prompt', 'negative'],
	['prompt', 'text', 'lyrics'],
	[
		'image',
		'image_url',
		'img_url',
		'first_frame',
		'first_frame_image',
		'frame0_image',
		'start_frame_url',
		'input_reference',
		'path_to_image',
		'reference_image',
		'reference_images',
		'image_list',
		'images',
		'input_image',
		'start_image',
	],
	['last_frame', 'last_frame_image', 'frame1_image', 'end_frame_url', 'image_tail', 'end_image'],
	FILE_NAMES.video,
	FILE_NAMES.audio,
	['audio', 'generate_audio', 'sound', 'generate_audio_switch', 'with_audio'],
	['cfg_scale', 'cfg', 'guidance_scale', 'guidance'],
	['n', 'max_images', 'num_images', 'num_outputs'],
	['prompt_extend', 'prompt_optimizer', 'enhance_prompt', 'prompt_enhancement'],
	['vol', 'volume'],
	['format', 'output_format', 'image_output_format'],
].map((names) => names.map(plainName));

/**
 * The name among `candidates` that was most likely meant: the same but for case and separators, a
 * known other word for the same thing, or the closest in spelling. Undefined when none is close.
 */
export function nearestName(wanted: string, candidates: string[]): string | undefined {
	const plain = plainName(wanted);
	const same = candidates.find((candidate) => plainName(candidate) === plain);
	return same ?? synonym(plain, candidates) ?? closest(plain, candidates);
}

function synonym(plain: string, candidates: string[]): string | undefined {
	const group = SAME_THING.find((names) => names.includes(plain)) ?? [];
	for (const name of group) {
		const found = candidates.find((candidate) => plainName(candidate) === name);
		if (found) return found;
	}
	return undefined;
}

function closest(plain: string, candidates: string[]): string | undefined {
	const ranked = candidates
		.map((candidate) => ({ candidate, distance: editDistance(plain, plainName(candidate)) }))
		.sort((a, b) => a.distance - b.distance);
	const best = ranked[0];
	if (best && best.distance <= Math.max(1, Math.floor(plain.length / 3))) return best.candidate;
	return candidates.find((candidate) => {
		const other = plainName(candidate);
		return (
			Math.min(other.length, plain.length) > 3 && (other.includes(plain) || plain.includes(other))
		);
	});
}

/** How many letters must be added, dropped or changed to turn one word into the other. */
function editDistance(a: string, b: string): number {
	const left = a.slice(0, 64);
	const right = b.slice(0, 64);
	let row = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const next = [i];
		for (let j = 1; j <= right.length; j++) {
			const change = row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
			next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
		}
		row = next;
	}
	return row[right.length];
}

import { plainName, wordsOf } from './names';
import type { MediaKind } from './types';

/** Input names seen on GMI's model pages for parameters that take a file, whatever type they declare. */
export const FILE_NAMES: Record<MediaKind, string[]> = {
	image: [
		'image',
		'images',
		'image_url',
		'image_urls',
		'img_url',
		'image_tail',
		'image_list',
		'first_frame',
		'last_frame',
		'first_frame_image',
		'last_frame_image',
		'frame0_image',
		'frame1_image',
		'start_frame_url',
		'end_frame_url',
		'input_reference',
		'reference_image',
		'reference_images',
		'mask',
		'mask_url',
		'path_to_image',
	],
	video: [
		'video',
		'video_url',
		'first_clip',
		'reference_video',
		'reference_videos',
		'reference_video_urls',
	],
	audio: [
		'audio_url',
		'driving_audio',
		'reference_audio',
		'reference_audios',
		'source_audio',
		'prompt_audio',
	],
};

const KIND_BY_NAME = new Map<string, MediaKind>(
	(Object.keys(FILE_NAMES) as MediaKind[]).flatMap((kind) =>
		FILE_NAMES[kind].map((name): [string, MediaKind] => [plainName(name), kind]),
	),
);

const KIND_BY_WORD = new Map<string, MediaKind>(
	Object.entries({
		image: 'image',
		img: 'image',
		photo: 'image',
		picture: 'image',
		frame: 'image',
		mask: 'image',
		video: 'video',
		clip: 'video',
		audio: 'audio',
	}),
);

const ADDRESS_WORDS = new Set(['url', 'urls', 'uri', 'uris', 'link', 'links']);

/** The kind of file a declared type names (`image`, `video (URL)`, `array of images`). */
export function mediaKindOfType(declaredType: string): MediaKind | undefined {
	return /\b(image|video|audio)s?\b/.exec(declaredType)?.[1] as MediaKind | undefined;
}

/**
 * The kind of file a text or list parameter takes, judged by its name: the names GMI's pages use, or a
 * name that ends in such a word (`product_image`) when `help` speaks of addresses. Numbers at the end do
 * not count (`top_image.25`). Undefined when the name says nothing.
 */
export function mediaKindOfName(name: string, help: string): MediaKind | undefined {
	if (/\bobjects?\b/i.test(help)) return undefined;
	const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
	const known = KIND_BY_NAME.get(words.join(''));
	if (known) return known;
	const own = words.filter((word) => !ADDRESS_WORDS.has(word));
	const takesAddress = own.length < words.length || /\b(urls?|uri|link|base64)\b/i.test(help);
	const last = own[own.length - 1] ?? '';
	return takesAddress
		? (KIND_BY_WORD.get(last) ?? KIND_BY_WORD.get(last.replace(/s$/, '')))
		: undefined;
}

/** Words that are written in capitals in a label. */
const ACRONYMS = new Set([
	'ai',
	'api',
	'cfg',
	'exr',
	'fps',
	'hdr',
	'id',
	'ids',
	'lora',
	'tts',
	'url',
]);

/**
 * The words of a parameter name, lower case: `person_image.24` gives person, image, 24;
 * `durationSeconds` gives duration, seconds.
 */
export function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.map((word) => word.toLowerCase());
}

/** A name without case and separators, so that `aspectRatio` and `aspect_ratio` are the same. */
export function plainName(name: string): string {
	return wordsOf(name).join('');
}

/**
 * A label for people. GMI's own `display_name` is kept unless it is only the name again (`Cfg Scale`,
 * `Durationseconds`); then the name's words are written out (`CFG Scale`, `Duration Seconds`).
 */
export function labelOf(name: string, displayName: string): string {
	const label = displayName.replace(/\s+/g, ' ').trim();
	if (label && plainName(label) !== plainName(name)) return shorten(label, 80);
	const words = wordsOf(name).map((word) =>
		ACRONYMS.has(word) ? acronym(word) : word.charAt(0).toUpperCase() + word.slice(1),
	);
	return shorten(words.join(' ') || name, 80);
}

/** The text, cut with an ellipsis when it is longer than `limit` characters. */
export function shorten(text: string, limit: number): string {
	const characters = Array.from(text);
	return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : text;
}

function acronym(word: string): string {
	return word === 'ids' ? 'IDs' : word.toUpperCase();
}

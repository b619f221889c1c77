/** Longer texts of this kind are files sent inline: they would fill executions and agents' answers. */
const LONGEST_INLINE = 500;
const KEPT = 48;

/** A copy in which data URIs and inline file data are cut; `… (N characters)` says what was there. */
export function trimInlineFiles<T>(value: T): T {
	return trimValue(value) as T;
}

function trimValue(value: unknown): unknown {
	if (typeof value === 'string') return isInlineFile(value) ? cut(value) : value;
	if (Array.isArray(value)) return value.map(trimValue);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, trimValue(entry)]));
}

function isInlineFile(text: string): boolean {
	if (text.length <= LONGEST_INLINE) return false;
	return text.startsWith('data:') || /^[A-Za-z0-9+/_-]{400}/.test(text);
}

function cut(text: string): string {
	return `${text.slice(0, KEPT)}… (${text.length} characters)`;
}

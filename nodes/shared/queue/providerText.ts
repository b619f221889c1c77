const LONGEST_TEXT = 600;
const SIGNED_QUERY =
	/(https?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*(?:X-Goog-|Signature=|X-Amz-)[^\s"'<>]*/gi;

/**
 * GMI's own words in a reply: `{"error":"…"}` is usual; `{"error":{"message"}}`, `{"message"}`,
 * `{"detail"}`, a JSON string and an HTML page are met as well. Empty when there are none.
 */
export function readProviderText(body: unknown): string {
	if (typeof body === 'string') return tidy(isHtml(body) ? textOfHtml(body) : body);
	if (typeof body !== 'object' || body === null) return '';
	const fields = body as Record<string, unknown>;
	for (const key of ['error', 'error_message', 'message', 'detail', 'reason', 'title']) {
		const text = textOfField(fields[key]);
		if (text !== '') return text;
	}
	return '';
}

/** Whether text is a web page, as the network in front of GMI sends instead of JSON. */
export function isHtml(text: string): boolean {
	return /^\s*<(?:!doctype|html|head|body|center)/i.test(text);
}

/** Takes signed addresses and the given secrets out of text that people will read. */
export function redact(text: string, secrets: string[] = []): string {
	let result = text.replace(SIGNED_QUERY, '$1?…');
	for (const secret of secrets) {
		if (secret.length > 3) result = result.split(secret).join('…');
	}
	return result;
}

/** Shorter ones are no keys, and may well be words of a reply. */
const SHORTEST_KEY = 16;

/** Takes keys out of a whole reply, before any of it is shown, stored or cut in the middle of one. */
export function withoutKeys(reply: string, keys: string[]): string {
	return keys
		.filter((key) => key.length >= SHORTEST_KEY)
		.reduce((text, key) => text.split(key).join('…'), reply);
}

function textOfField(value: unknown): string {
	if (typeof value === 'string') return tidy(value);
	if (Array.isArray(value)) return tidy(value.map(textOfField).filter(Boolean).join('; '));
	if (typeof value !== 'object' || value === null) return '';
	const { code, status } = value as { code?: unknown; status?: unknown };
	const text = readProviderText(value);
	const label = [status, code].filter((part) => part !== undefined && part !== '').join(' ');
	if (text !== '') return label !== '' ? `${text} (${label})` : text;
	return label !== '' ? label : tidy(JSON.stringify(value));
}

function textOfHtml(html: string): string {
	const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(html)?.[1] ?? '';
	const code = /error(?: code)?:?\s*(?:<[^>]*>\s*)?(\d{3,4})/i.exec(html)?.[1];
	const words = title.trim() || html.replace(/<[^>]+>/g, ' ');
	return code !== undefined && !words.includes(code) ? `${words} (code ${code})` : words;
}

function tidy(text: string): string {
	const line = redact(text.replace(/\s+/g, ' ').trim());
	return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

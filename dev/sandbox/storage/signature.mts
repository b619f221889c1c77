import { createHmac } from 'node:crypto';

/** What each extension is signed with. That jpg is not image/jpeg is the service's own trap. */
export const contentTypes = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	jpg: 'image/jpg',
	mp4: 'video/mp4',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
};

export function isUploadType(type: string): type is keyof typeof contentTypes {
	return Object.hasOwn(contentTypes, type);
}

function sign(host: string, path: string, contentType: string, date: string, expires: string) {
	return createHmac('sha256', 'sandbox uploads')
		.update([host, path, contentType, date, expires].join('\n'))
		.digest('hex');
}

/** An address in the V4 style, with content-type and host as signed headers. */
export function signedUploadUrl(
	storageUrl: string,
	path: string,
	contentType: string,
	ttlSeconds: number,
): string {
	const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
	const url = new URL(storageUrl + path);
	const day = date.slice(0, 8);
	const account = 'sandbox@gmi-sandbox.iam.gserviceaccount.com';
	url.search = new URLSearchParams({
		'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
		'X-Goog-Credential': `${account}/${day}/auto/storage/goog4_request`,
		'X-Goog-Date': date,
		'X-Goog-Expires': String(ttlSeconds),
		'X-Goog-SignedHeaders': 'content-type;host',
		'X-Goog-Signature': sign(url.host, path, contentType, date, String(ttlSeconds)),
	}).toString();
	return url.href;
}

function millisecondsOf(date: string): number {
	const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
	if (!match) return Number.NaN;
	const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

export type Verdict = 'fine' | 'unsigned' | 'expired' | 'mismatch';

/** Whether this call is exactly what was signed. */
export function checkSignature(url: URL, host: string, contentType: string): Verdict {
	const signature = url.searchParams.get('X-Goog-Signature');
	const date = url.searchParams.get('X-Goog-Date') ?? '';
	const expires = url.searchParams.get('X-Goog-Expires') ?? '';
	if (!signature) return 'unsigned';
	if (!(Date.now() < millisecondsOf(date) + Number(expires) * 1000)) return 'expired';
	const expected = sign(host, decodeURIComponent(url.pathname), contentType, date, expires);
	return signature === expected ? 'fine' : 'mismatch';
}

import { createHash, createHmac } from 'node:crypto';

/** A key and whom it belongs to. */
export interface Account {
	/** How the wire log names the key, so that the key itself is never printed. */
	label: string;
	key: string;
	organization: string;
	user: string;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** GMI's keys are JSON Web Tokens of about 250 characters; these have the same form and open nothing. */
function buildKey(organization: string, user: string): string {
	const head = base64url({ alg: 'HS256', typ: 'JWT' });
	const claims = base64url({ org: organization, sub: user, scope: 'ie_model', iat: 1767225600 });
	const signature = createHmac('sha256', 'sandbox').update(`${head}.${claims}`).digest('base64url');
	return `${head}.${claims}.${signature}`;
}

function account(label: string, organization: string, user: string): Account {
	return { label, key: buildKey(organization, user), organization, user };
}

export const defaultAccount = account(
	'default',
	'0b5f6c1e-6f0a-4c57-9d3e-5a2b8f0c7d11',
	'7c0de2a4-3b9f-4e0d-8c35-1f6a9b2d4e70',
);

export const secondAccount = account(
	'second',
	'd4a1e9b2-85c7-4f36-b1a0-62e4c90f7a28',
	'e19b7f53-0c4d-4a86-97f2-8d5c3b6a1e04',
);

/** The name of a key in the log: its account's label, or a piece of its hash when nobody owns it. */
export function fingerprint(key: string, accounts: Account[]): string {
	const owner = accounts.find((candidate) => candidate.key === key);
	return owner?.label ?? `unknown:${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}

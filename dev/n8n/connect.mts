import { N8nClient } from './n8nClient.mjs';
import { N8nHttp } from './n8nHttp.mjs';
import { OWNER } from './owner.mjs';

const API_KEY_SCOPES = [
	'workflow:create',
	'workflow:read',
	'workflow:update',
	'workflow:delete',
	'workflow:list',
	'workflow:activate',
	'workflow:deactivate',
	'execution:read',
	'execution:list',
	'execution:retry',
	'execution:delete',
];

/** Sets the owner up on a new n8n or logs in on a used one, and returns a client with a key for the public API. */
export async function connect(url: string): Promise<N8nClient> {
	const http = new N8nHttp(url);
	await signIn(http);
	const { rawApiKey } = await http.rest('POST', '/api-keys', {
		label: `local ${Date.now()}`,
		expiresAt: null,
		scopes: API_KEY_SCOPES,
	});
	http.apiKey = rawApiKey;
	return new N8nClient(http);
}

async function signIn(http: N8nHttp): Promise<void> {
	const { userManagement } = await http.rest('GET', '/settings');
	if (userManagement.showSetupOnFirstLoad) {
		await http.rest('POST', '/owner/setup', OWNER);
	} else {
		const { email, password } = OWNER;
		await http.rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}
}

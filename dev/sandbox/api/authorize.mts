import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { error, json, type Reply } from '../wire/reply.mjs';

/** Finds the account of the call's key; a reply means that the call is refused. */
export function authorize(exchange: Exchange, sandbox: Sandbox): Reply | undefined {
	const { settings, accounts } = sandbox;
	const [scheme, key] = (exchange.request.headers.authorization ?? '').split(' ');
	const account = /^bearer$/i.test(scheme) && accounts.find((known) => known.key === key);
	if (!account) return json(401, settings.unauthorizedBody);
	const asked = exchange.entry.organization;
	if (settings.organizationHeader === 'enforce' && asked && asked !== account.organization) {
		return error(403, 'The key does not belong to this organization');
	}
	exchange.account = account;
	return undefined;
}

import type { Endpoint } from '../wire/exchange.mjs';

const publicBase = '/api/v1/ie/requestqueue';
const base = `${publicBase}/apikey`;

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Which endpoint a path stands for, and the id in it. */
export function route(method: string, path: string): { endpoint: Endpoint; id: string } {
	const found = (endpoint: Endpoint, id = '') => ({ endpoint, id: decoded(id) });
	if (method === 'GET') {
		if (path === `${base}/models`) return found('models');
		if (path.startsWith(`${base}/models/`)) return found('model', path.slice(base.length + 8));
		if (path === `${base}/requests`) return found('list');
		if (path.startsWith(`${base}/requests/`)) return found('get', path.slice(base.length + 10));
		if (path === `${publicBase}/models`) return found('public-models');
		if (path.startsWith(`${publicBase}/models/`)) {
			return found('public-models', path.slice(publicBase.length + 8));
		}
	}
	if (method === 'POST') {
		if (path === `${base}/requests`) return found('submit');
		if (path === `${base}/upload-url`) return found('upload-url');
	}
	return found('other');
}

import type { Sandbox } from '../sandbox.mjs';
import type { Endpoint, Exchange } from '../wire/exchange.mjs';
import { error, type Reply } from '../wire/reply.mjs';
import { authorize } from './authorize.mjs';
import { getModel, listModels, publicModels } from './models.mjs';
import { getRequest, listRequests, submit } from './requests.mjs';
import { uploadUrl } from './uploadUrl.mjs';

type Handler = (exchange: Exchange, sandbox: Sandbox) => Reply | Promise<Reply>;

const handlers: Partial<Record<Endpoint, Handler>> = {
	models: listModels,
	model: getModel,
	submit,
	get: getRequest,
	list: listRequests,
	'upload-url': uploadUrl,
};

export async function answerApi(exchange: Exchange, sandbox: Sandbox): Promise<Reply> {
	if (exchange.endpoint === 'public-models') return publicModels(exchange, sandbox);
	const handler = handlers[exchange.endpoint];
	if (!handler) return error(405, 'Method Not Allowed');
	return authorize(exchange, sandbox) ?? (await handler(exchange, sandbox));
}

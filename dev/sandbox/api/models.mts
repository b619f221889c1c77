import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { error, json, type Reply } from '../wire/reply.mjs';

export const unknownModel = (id: string) => error(404, `model ${id} does not exist`);

export function listModels(_exchange: Exchange, sandbox: Sandbox): Reply {
	return json(200, { model_ids: sandbox.catalogue.ids() });
}

export function getModel({ id }: Exchange, sandbox: Sandbox): Reply {
	const model = sandbox.catalogue.find(id);
	return model ? json(200, model.detail) : unknownModel(id);
}

/** The catalogue as it can be read without a key. */
export function publicModels({ id }: Exchange, sandbox: Sandbox): Reply {
	if (!id) return json(200, { model_ids: sandbox.catalogue.ids() });
	const model = sandbox.catalogue.find(id);
	return model ? json(200, model.detail) : error(404, 'Model not found');
}

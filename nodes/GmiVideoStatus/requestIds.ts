import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** One request an item asks for. */
export interface Asked {
	item: number;
	id: string;
	/** Its model, where the item or the node tells. */
	model?: string;
}

/**
 * The ids of one item: an id, several separated by commas or white space, or an array of such.
 *
 * @throws NodeOperationError when there is none
 */
export function readRequestIds(context: IExecuteFunctions, item: number): Asked[] {
	const value: unknown = context.getNodeParameter('requestId', item, '');
	const ids = [...new Set(idsOf(value))];
	if (ids.length === 0) {
		throw new NodeOperationError(context.getNode(), `Request ID is empty [item ${item}]`, {
			itemIndex: item,
			description:
				'Give the request_id that GMI Cloud gave when the request was made, or several of them. By default it is read from the field request_id of the input item.',
		});
	}
	const model = modelOf(context, item, ids);
	return ids.map((id) => ({ item, id, model }));
}

function idsOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(idsOf);
	if (typeof value === 'number') return [String(value)];
	if (typeof value === 'string') return value.split(/[\s,;]+/).filter((id) => id !== '');
	const id = (value as { request_id?: unknown } | null | undefined)?.request_id;
	return typeof id === 'string' ? idsOf(id) : [];
}

/** The node's own option wins; an item tells its model beside its request_id, as GMI Video puts them. */
function modelOf(context: IExecuteFunctions, item: number, ids: string[]): string | undefined {
	const chosen: unknown = context.getNodeParameter('options.model', item, '', {
		extractValue: true,
	});
	if (typeof chosen === 'string' && chosen.trim() !== '') return chosen;
	const { request_id: own, model } = context.getInputData()[item].json;
	const isOwn = idsOf(own).some((id) => ids.includes(id));
	return isOwn && typeof model === 'string' && model !== '' ? model : undefined;
}

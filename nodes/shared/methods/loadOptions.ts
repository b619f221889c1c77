import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { createModelReader, readCatalogue } from '../models/catalogue';
import type { ModelParameter } from '../models/types';
import { readForEditor, selectedModel } from './readForEditor';

/** The parameters of the chosen model that take a file: label with kind, and the payload key as value. */
export async function getMediaParameters(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { id, isExpression } = selectedModel(this);
	if (!id || isExpression) return [];
	const model = await readForEditor(this, async (queue) => await createModelReader(queue)(id), id);
	return model.parameters
		.filter(({ media }) => media)
		.map((parameter) => ({ name: mediaName(parameter), value: parameter.name }));
}

function mediaName({ label, media, kind, maxItems, required }: ModelParameter): string {
	const count = kind === 'list' ? `${maxItems ? `up to ${maxItems} ` : ''}${media} files` : media;
	return `${label} (${count}${required ? ', required' : ''})`;
}

/** All models, video first, for pickers of several: the kind stands behind every name that is no video. */
export async function getModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const entries = await readForEditor(this, readCatalogue);
	return entries
		.filter(({ hidden }) => !hidden)
		.map(({ id, name, kind }) => ({
			name: kind === 'video' ? name : `${name} (${kind})`,
			value: id,
		}));
}

import type { IDataObject } from 'n8n-workflow';

import { priceLabel } from '../../../shared/models/price';
import type { GmiModel, ModelParameter } from '../../../shared/models/types';

/**
 * A model in plain form, compact enough for an agent: what it makes, what it costs, every parameter with
 * what it allows, and a payload to fill in.
 */
export function simplifyModel(model: GmiModel): IDataObject {
	const { id, name, kind, summary, promptParameter, price, pricingDetails } = model;
	return {
		id,
		name,
		kind,
		...(summary ? { summary } : {}),
		price: {
			label: priceLabel(model),
			...(price ? { usd: price.usd, unit: price.unit } : {}),
			...(pricingDetails ? { details: pricingDetails } : {}),
		},
		promptParameter: promptParameter ?? null,
		parameters: model.parameters.map(simplifyParameter),
		examplePayload: examplePayload(model),
	};
}

function simplifyParameter(parameter: ModelParameter): IDataObject {
	const { name, label, description, kind, required, choices, min, max } = parameter;
	const { defaultValue, maxLength, maxItems, media } = parameter;
	const plain: Record<string, unknown> = {
		name,
		label,
		type: kind === 'choice' ? typeof choices?.[0] : kind === 'media' ? 'text' : kind,
		required,
		default: defaultValue,
		allowed: choices,
		range: min === undefined && max === undefined ? undefined : { min, max },
		maxLength,
		maxItems,
		takesFile: media,
		description: description || undefined,
	};
	return Object.fromEntries(
		Object.entries(plain).filter(([, value]) => value !== undefined),
	) as IDataObject;
}

/** The least that can be sent: the prompt and what else is required. */
function examplePayload({ parameters, promptParameter }: GmiModel): IDataObject {
	const needed = parameters.filter(({ name, required }) => required || name === promptParameter);
	return Object.fromEntries(
		needed.map((parameter) => [
			parameter.name,
			parameter.name === promptParameter ? 'A red fox runs through fresh snow' : example(parameter),
		]),
	) as IDataObject;
}

const FILES = {
	image: 'https://example.com/image.png',
	video: 'https://example.com/video.mp4',
	audio: 'https://example.com/audio.mp3',
};

function example({ kind, media, choices, defaultValue, min, max }: ModelParameter): unknown {
	if (defaultValue !== undefined) return defaultValue;
	if (media) return kind === 'list' ? [FILES[media]] : FILES[media];
	switch (kind) {
		case 'choice':
			return choices?.[0];
		case 'integer':
		case 'number':
			return min ?? (max !== undefined && max < 1 ? max : 1);
		case 'boolean':
			return true;
		case 'list':
			return [];
		case 'object':
			return {};
		default:
			return '…';
	}
}

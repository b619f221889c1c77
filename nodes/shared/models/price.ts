import type { IDataObject } from 'n8n-workflow';

import { firstGiven, isObject, numberOf, textOf } from './json';
import { plainName } from './names';
import type { GmiModel } from './types';

/** A price GMI states plainly, in US dollars per unit ("second", "image", …). */
export type Price = NonNullable<GmiModel['price']>;

/** What one request will cost, or in words why that cannot be said. */
export type CostEstimate = { usd: number } | { unknown: string };

const MICRO_DOLLARS = 1e6;
const ONE_PRICE =
	/^\$?\s*(\d+(?:\.\d+)?)\s*(?:USD\s*)?(?:per|\/)\s*(second|image|video|request)\.?$/i;

/**
 * The price in a model's details. `price_info.price` is micro-dollars (152000 per second is $0.152); where
 * it is missing, `pricing_details` counts when it is one price and nothing else ("$0.168 per second"). A
 * price of 0 is GMI's blank, not a gift.
 */
export function readPrice(priceInfo: unknown, pricingDetails: unknown): Price | undefined {
	if (isObject(priceInfo)) {
		const micros = numberOf(priceInfo.price);
		const unit = textOf(priceInfo.unit).replace(/^(per|\/)\s*/i, '');
		if (micros !== undefined && micros > 0) return { usd: micros / MICRO_DOLLARS, unit };
	}
	const stated = ONE_PRICE.exec(textOf(pricingDetails));
	const usd = Number(stated?.[1]);
	return stated && usd > 0 ? { usd, unit: stated[2].toLowerCase() } : undefined;
}

/** The price in words: "$0.152 per second"; with GMI's own words behind it when those say more. */
export function priceLabel({ price, pricingDetails }: GmiModel): string {
	const label = price ? `$${dollars(price.usd)}${price.unit ? ` per ${price.unit}` : ''}` : '';
	if (!pricingDetails || pricingDetails === label) return label || 'not stated';
	return label ? `${label} (${pricingDetails})` : pricingDetails;
}

function dollars(usd: number): string {
	return Number(usd.toFixed(6)).toString();
}

/**
 * What a request with this payload costs by the model's own price, in US dollars. A number of images is an
 * upper bound. Never guesses: without a price, with several, or with a unit or length that is not known,
 * the answer says why.
 */
export function estimateCost(model: GmiModel | undefined, payload: IDataObject): CostEstimate {
	if (!model) return { unknown: 'the details of the model could not be read' };
	const { name, price, pricingDetails } = model;
	if (!price) {
		return { unknown: `GMI states no single price for "${name}"${quoted(pricingDetails)}` };
	}
	if (statesOtherPrices(price, pricingDetails)) {
		return {
			unknown: `the price of "${name}" depends on what is asked for${quoted(pricingDetails)}`,
		};
	}
	const unit = price.unit.toLowerCase();
	if (/^(request|video|generation|clip|call|run)s?$/.test(unit)) return { usd: price.usd };
	if (/^images?$/.test(unit)) return perImage(model, price, payload);
	const block = /^(\d+)?[\s-]*(?:s|secs?|seconds?)(?:[\s-]*block)?$/.exec(unit);
	if (block) return perSeconds(model, price, payload, Number(block[1] ?? 1));
	return {
		unknown: unit
			? `"${name}" is priced per ${unit}, which is not known beforehand`
			: `GMI names no unit for the price of "${name}"`,
	};
}

/** Adds up what is known, in US dollars, and lists what is not, each reason once. */
export function totalCost(estimates: CostEstimate[]): { usd: number; unknown: string[] } {
	const unknown = new Set<string>();
	let usd = 0;
	for (const estimate of estimates) {
		if ('usd' in estimate) usd += estimate.usd;
		else unknown.add(estimate.unknown);
	}
	return { usd: Math.round(usd * MICRO_DOLLARS) / MICRO_DOLLARS, unknown: [...unknown] };
}

function quoted(details: string | undefined): string {
	return details ? ` ("${details}")` : '';
}

/** GMI's words list amounts beyond the one in `price_info`, such as one per resolution. */
function statesOtherPrices({ usd }: Price, details = ''): boolean {
	const amounts = details.match(/\$\s*\d+(?:\.\d+)?/g) ?? [];
	return amounts.some((amount) => Math.abs(Number(amount.replace(/[$\s]/g, '')) - usd) > 1e-9);
}

const LENGTHS = ['duration', 'durationSeconds', 'seconds', 'video_length'].map(plainName);
const COUNTS = ['n', 'max_images', 'num_images', 'num_outputs', 'number_of_images'].map(plainName);

function perSeconds(
	model: GmiModel,
	price: Price,
	payload: IDataObject,
	blockSeconds: number,
): CostEstimate {
	const given = valueOf(model, payload, LENGTHS);
	const seconds = numberOf(
		typeof given === 'string' ? given.replace(/\s*s(ec(onds?)?)?$/i, '') : given,
	);
	if (seconds === undefined || seconds <= 0 || blockSeconds <= 0) {
		return { unknown: `the length of the video from "${model.name}" is not known beforehand` };
	}
	return { usd: Math.ceil(seconds / blockSeconds) * price.usd };
}

function perImage(model: GmiModel, price: Price, payload: IDataObject): CostEstimate {
	const given = valueOf(model, payload, COUNTS);
	const images = given === undefined ? 1 : numberOf(given);
	if (images === undefined || images <= 0) {
		return { unknown: `the number of images from "${model.name}" is not known beforehand` };
	}
	return { usd: images * price.usd };
}

/** What the payload sets for the parameter that goes by one of these names, else the model's default. */
function valueOf(model: GmiModel, payload: IDataObject, names: string[]): unknown {
	const key = Object.keys(payload).find((name) => names.includes(plainName(name)));
	const parameter = model.parameters.find(({ name }) => names.includes(plainName(name)));
	return firstGiven(key === undefined ? undefined : payload[key], parameter?.defaultValue);
}

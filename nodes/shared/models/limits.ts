import type { IDataObject } from 'n8n-workflow';

import { firstGiven, numberOf } from './json';

export interface Range {
	min?: number;
	max?: number;
}

/** Smallest and largest number, from `min_value`/`max_value` or JSON Schema. A range without room is none. */
export function readRange(raw: IDataObject): Range {
	const min = numberOf(firstGiven(raw.min_value, raw.minimum, raw.min));
	const max = numberOf(firstGiven(raw.max_value, raw.maximum, raw.max));
	if (min !== undefined && max !== undefined && min > max) return {};
	return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

const AMOUNT = '(\\d[\\d,]*)';
const UNIT = 'char(?:acter)?s?\\b';
const AT_MOST =
	'(?:max(?:imum)?(?: length)?|up to|at most|limit(?:ed to)?|<=|≤)\\s*(?:of|is|:)?\\s*';
const LENGTH_WORDINGS = [
	`${AT_MOST}${AMOUNT}\\s*${UNIT}`,
	`\\d+\\s*[-–—]\\s*${AMOUNT}\\s*${UNIT}`,
	`${AMOUNT}\\s*${UNIT}\\s*(?:max(?:imum)?\\b|or (?:less|fewer))`,
].map((wording) => new RegExp(wording, 'gi'));

/**
 * The longest text allowed, in characters: JSON Schema's `maxLength`, or words in the description such as
 * "Max 2000 characters" or "1–6000 chars". Undefined when nothing or different numbers are stated.
 */
export function readMaxLength(raw: IDataObject, description: string): number | undefined {
	const stated = numberOf(firstGiven(raw.max_length, raw.maxLength));
	if (stated !== undefined) return stated > 0 ? Math.floor(stated) : undefined;
	const amounts = LENGTH_WORDINGS.flatMap((wording) => amountsIn(description, wording));
	return new Set(amounts).size === 1 && amounts[0] > 0 ? amounts[0] : undefined;
}

const ITEMS_WORDING =
	/(?:\bmax(?:imum)?|\bup to|\bat most|<=|≤)\s*(\d+)(?=\s*(?:$|[,;.)]|(?:reference\s+)?(?:image|video|audio|clip|file|url|item)s?\b))/gi;

/** Most values of a list, from `max_items` or words such as "up to 14 image URLs"; undefined when unclear. */
export function readMaxItems(raw: IDataObject, description: string): number | undefined {
	const stated = numberOf(firstGiven(raw.max_items, raw.maxItems));
	if (stated !== undefined) return stated > 0 ? Math.floor(stated) : undefined;
	const amounts = amountsIn(description, ITEMS_WORDING);
	return new Set(amounts).size === 1 && amounts[0] > 0 ? amounts[0] : undefined;
}

function amountsIn(text: string, wording: RegExp): number[] {
	const amounts: number[] = [];
	const search = new RegExp(wording.source, wording.flags);
	for (let found = search.exec(text); found; found = search.exec(text)) {
		amounts.push(Number(found[1].replace(/,/g, '')));
	}
	return amounts;
}

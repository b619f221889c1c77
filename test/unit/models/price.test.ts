import type { IDataObject } from 'n8n-workflow';

import { readModel } from '../../../nodes/shared/models/readModel';
import { estimateCost, priceLabel, totalCost } from '../../../nodes/shared/models/price';
import { fixture } from '../../support/fixtures';

function priced(prices: object, parameters: object[] = []) {
	return readModel('m', { ...prices, parameters } as IDataObject);
}

const perSecond = { price_info: { price: 152000, unit: 'second' } };

describe('priceLabel', () => {
	it('puts every price seen into words', () => {
		expect(
			fixture('observed/price-info-examples.json').map((p: object) => priceLabel(priced(p))),
		).toEqual([
			'$0.152 per second',
			'$0.035 per image',
			'$0.231 per second',
			'$0.168 per second',
			'Per second: 480p=$0.07, 720p=$0.152',
			'low 1024x1024=$0.010, low 1024x1536=$0.020; …',
			'low $0.0059, medium $0.0132, …',
			'For output, $0.134 per 1K/2K image and $0.24 per 4K image',
			'not stated',
		]);
	});

	it("adds GMI's own words when they say more", () => {
		const prices = { ...perSecond, pricing_details: 'Per second: 480p=$0.07, 720p=$0.152' };
		expect(priceLabel(priced(prices))).toBe(
			'$0.152 per second (Per second: 480p=$0.07, 720p=$0.152)',
		);
	});
});

describe('estimateCost', () => {
	const length = (name: string, extra = {}) => [{ name, type: 'integer', ...extra }];

	it.each<[string, object, object[], IDataObject, number]>([
		['a duration sent', perSecond, length('duration'), { duration: 10 }, 1.52],
		['a duration as text', perSecond, length('durationSeconds'), { durationSeconds: '8' }, 1.216],
		['a duration with its unit', perSecond, length('duration'), { duration: '5s' }, 0.76],
		['the default duration', perSecond, length('seconds', { default_value: '8' }), {}, 1.216],
		['images', { price_info: { price: 35000, unit: 'image' } }, [], {}, 0.035],
		[
			'several images',
			{ price_info: { price: 35000, unit: 'image' } },
			length('max_images', { default_value: 1 }),
			{ max_images: 4 },
			0.14,
		],
		['a request', { price_info: { price: 500000, unit: 'request' } }, [], {}, 0.5],
		['per video', { price_info: { price: 500000, unit: 'per video' } }, [], {}, 0.5],
		[
			'blocks',
			{ price_info: { price: 400000, unit: '5s' } },
			length('duration'),
			{ duration: '9s' },
			0.8,
		],
		[
			'words alone',
			{ pricing_details: '$0.168 per second' },
			length('duration'),
			{ duration: 5 },
			0.84,
		],
	])('knows %s', (_, prices, parameters, payload, usd) => {
		const estimate = estimateCost(priced(prices, parameters), payload);
		expect('usd' in estimate && estimate.usd).toBeCloseTo(usd, 9);
	});

	it.each<[string, object, IDataObject, RegExp]>([
		['no price', {}, {}, /states no single price/],
		['a price of nothing', { price_info: { price: 0, unit: 'second' } }, {}, /no single price/],
		['a bad price', { price_info: { price: 'x', unit: 'second' } }, {}, /no single price/],
		['an unknown unit', { price_info: { price: 9, unit: 'token' } }, {}, /per token/],
		['no unit', { price_info: { price: 9 } }, {}, /names no unit/],
		['an unknown length', perSecond, {}, /length of the video/],
		['a length that is chosen by the model', perSecond, { duration: -1 }, /length of the video/],
		[
			'several prices',
			{ ...perSecond, pricing_details: 'Per second: 480p=$0.07, 720p=$0.152' },
			{ duration: 5 },
			/depends on what is asked for/,
		],
	])('does not guess with %s', (_, prices, payload, reason) => {
		const estimate = estimateCost(priced(prices), payload);
		expect('unknown' in estimate && estimate.unknown).toMatch(reason);
	});

	it('knows nothing of a model that could not be read', () => {
		expect(estimateCost(undefined, {})).toHaveProperty('unknown');
	});
});

it('adds up what is known and lists what is not', () => {
	expect(totalCost([{ usd: 0.1 }, { usd: 0.2 }, { unknown: 'x' }, { unknown: 'x' }])).toEqual({
		usd: 0.3,
		unknown: ['x'],
	});
});

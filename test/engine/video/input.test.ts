import type { INodeParameters } from 'n8n-workflow';

import { generate, MODEL, type GmiRunOptions } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 200 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

interface Bad {
	title: string;
	parameters: INodeParameters;
	prompts?: string[];
	message: RegExp;
	description?: RegExp;
}

const id = (value: string) => ({ model: { __rl: true, mode: 'id', value } });

const BAD: Bad[] = [
	{
		title: 'no model',
		parameters: id('={{ $json.nothing }}'),
		message: /No model is chosen \[item 0\]/,
	},
	{
		title: 'an unknown model',
		parameters: id('vidu-q3-pro-t2w'),
		message: /does not know the model "vidu-q3-pro-t2w": .*does not exist.* \[item 0\]/,
		description: /nearest in the list is "vidu-q3-pro-t2v"/,
	},
	{
		title: 'an empty prompt where one is needed',
		parameters: {},
		prompts: ['a boat', ' ', 'a cloud'],
		message: /vidu-q3-pro-t2v: .*[Pp]rompt.* \[item 1\]/,
		description: /Nothing was sent/,
	},
	{
		title: 'JSON that is none',
		parameters: { parametersJson: '{ "duration": 5, }' },
		message: /Parameters \(JSON\) cannot be read: .* \[item 0\]/,
	},
	{
		title: 'JSON that is a list',
		parameters: { parametersJson: '[5]' },
		message: /it must be an object/,
	},
	{
		title: 'a misspelt parameter',
		parameters: { parametersJson: '{ "durations": 5 }' },
		message: /durations.*duration/,
	},
	{
		title: 'a value out of range',
		parameters: { parametersJson: '{ "duration": 99 }' },
		message: /99.*16/,
	},
];

it.each(BAD)('$title is one clear error, before anything is sent', async (bad) => {
	const { error, items } = await generate(sandbox, bad.prompts ?? ['a boat', 'rain', 'a cloud'], {
		parameters: bad.parameters,
	});
	expect(error?.message).toMatch(bad.message);
	if (bad.description) expect(error?.description).toMatch(bad.description);
	expect(items).toEqual([]);
	expect((await sandbox.counters()).calls.submit ?? 0).toBe(0);
});

it('names every bad item, and sends the good ones when the node goes on', async () => {
	const all = ['a boat', '', 'a cloud'];
	const stopped = await generate(sandbox, ['', '', 'a cloud']);
	expect(stopped.error?.message).toMatch(/\[item 0\]/);
	expect(stopped.error?.description).toMatch(/\[item 1\]/);

	const { items } = await generate(sandbox, all, {
		settings: { onError: 'continueRegularOutput' },
		parameters: { options: { pollInterval: 0.2 } },
	});
	expect(items.map(({ json }) => json.status)).toEqual(['success', undefined, 'success']);
	expect(items[1].json.error).toMatch(/\[item 1\]/);
	expect((await sandbox.counters()).calls.submit).toBe(2);
});

it('names the model each item means, however many items share it', async () => {
	const { items } = await generate(sandbox, ['a boat', 'rain', 'a cloud'], {
		parameters: id('no-such-model'),
		settings: { onError: 'continueRegularOutput' },
	});
	expect(items.map(({ json }) => String(json.error).slice(-8))).toEqual([
		'[item 0]',
		'[item 1]',
		'[item 2]',
	]);
	expect((await sandbox.counters()).calls.model).toBe(1);
});

it('sends unchecked what Skip Validation lets through', async () => {
	await generate(sandbox, ['a boat'], {
		parameters: {
			parametersJson: '{ "brand_new": 7 }',
			options: { skipValidation: true, pollInterval: 0.2 },
		},
	});
	const [{ body }] = await sandbox.log({ endpoint: 'submit' });
	expect(body).toEqual({ model: MODEL, payload: { prompt: 'a boat', brand_new: 7 } });
});

describe('Max Cost', () => {
	// The sandbox prices this model at $0.15 a second.
	const run = async (maxCost: number, settings: GmiRunOptions['settings'] = {}) =>
		await generate(sandbox, ['a boat', 'rain', 'a cloud'], {
			settings,
			parameters: {
				parametersJson: '{ "duration": 4 }',
				options: { maxCost, pollInterval: 0.2 },
			},
		});

	it('refuses the whole run before the first submit', async () => {
		const { error } = await run(1);
		expect(error?.message).toMatch(/at least \$1\.8, more than the Max Cost of \$1/);
		expect((await sandbox.counters()).calls.submit ?? 0).toBe(0);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'tells it in every item with %s',
		async (onError) => {
			const { outputs } = await run(1, { onError });
			const items = outputs[onError === 'continueErrorOutput' ? 1 : 0];
			expect(items.map(({ json }) => json.error)).toEqual([
				expect.stringMatching(/more than the Max Cost of \$1 \[item 0\]$/),
				expect.stringMatching(/more than the Max Cost of \$1 \[item 1\]$/),
				expect.stringMatching(/more than the Max Cost of \$1 \[item 2\]$/),
			]);
			expect((await sandbox.counters()).calls.submit ?? 0).toBe(0);
		},
	);

	it('lets a run pass that costs no more', async () => {
		const { items } = await run(1.8);
		expect(items).toHaveLength(3);
	});
});

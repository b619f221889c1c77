import { generate, prompts } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { sleep } from 'n8n-workflow';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 60_000 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

/** Runs a batch, cancels it after a while and tells how long the end took. */
async function cancelled(after: number, onError?: 'continueRegularOutput') {
	let cancelledAt = 0;
	const run = await generate(sandbox, prompts(3), {
		settings: { onError },
		onStart: (execution) => {
			void sleep(after).then(() => {
				cancelledAt = Date.now();
				execution.cancel();
			});
		},
	});
	return { ...run, tookMs: Date.now() - cancelledAt };
}

describe('cancel', () => {
	it.each([undefined, 'continueRegularOutput'] as const)(
		'ends a wait within a second and stops asking (%s)',
		async (onError) => {
			const { run, tookMs } = await cancelled(1_500, onError);
			expect(tookMs).toBeLessThan(1_000);
			expect(run.status).toBe('canceled');

			const before = await sandbox.counters();
			await sleep(3_000);
			expect((await sandbox.counters()).calls).toEqual(before.calls);
			expect(before.accepted).toBe(3);
		},
	);

	it('ends while submits are open, without sending more', async () => {
		await sandbox.inject({ name: 'silence-after', endpoint: 'submit', times: 'forever' });
		const { run, tookMs } = await cancelled(800);
		expect(tookMs).toBeLessThan(1_000);
		expect(run.status).toBe('canceled');
		expect((await sandbox.counters()).calls.submit).toBe(3);
	});

	it('ends while submits wait out a rate limit', async () => {
		const spec = { name: 'rate-limit-429', endpoint: 'submit', retryAfterMs: 30_000 } as const;
		await sandbox.inject({ ...spec, times: 'forever' });
		const { run, tookMs } = await cancelled(800);
		expect(tookMs).toBeLessThan(1_000);
		expect(run.status).toBe('canceled');
		expect((await sandbox.counters()).accepted).toBe(0);
	});

	it('ends while a file is on its way', async () => {
		await sandbox.configure({ durationMs: 100 });
		await sandbox.inject({
			name: 'slow',
			endpoint: 'artifact',
			bytesPerSecond: 100,
			times: 'forever',
		});
		const { run, tookMs } = await cancelled(4_000);
		expect(tookMs).toBeLessThan(1_000);
		expect(run.status).toBe('canceled');
	});
});

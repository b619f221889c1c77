import { FakeHistory } from './fakeHistory';
import { Host } from './host';

const ALL = ['success', 'failed', 'cancelled'] as const;

function follow(gmi: FakeHistory, models = ['veo'], keepsQuietPolls = false): Host {
	return new Host(gmi, { models, events: [...ALL], keepsQuietPolls });
}

/** Polls as n8n would, and gives how many calls each poll took. */
async function polls(gmi: FakeHistory, host: Host, count: number): Promise<number[]> {
	const calls: number[] = [];
	for (let i = 0; i < count; i++) {
		gmi.clock += 60;
		const before = gmi.calls;
		await host.poll();
		calls.push(gmi.calls - before);
	}
	return calls;
}

const many = (count: number, make: () => string) => Array.from({ length: count }, make);

describe('what a poll costs', () => {
	it('takes at most 3 calls with 10,000 old requests, and little room', async () => {
		const gmi = new FakeHistory();
		gmi.addHistory('veo', 10_000);
		const host = follow(gmi);
		await host.activate();
		await polls(gmi, host, 15);
		const hourly: number[] = [];
		for (let hour = 0; hour < 24; hour++) {
			const id = gmi.add('veo');
			const stuck = gmi.add('veo');
			hourly.push(...(await polls(gmi, host, 3)));
			gmi.finish(id);
			hourly.push(...(await polls(gmi, host, 57)));
			expect(host.emitted).toContain(`${id}/success`);
			expect(host.emitted).not.toContain(`${stuck}/success`);
		}

		expect(Math.max(...hourly)).toBeLessThanOrEqual(3);
		expect(JSON.stringify(host.state).length).toBeLessThan(5_000);
		expect(host.emitted).toHaveLength(24);
	});

	it('does not grow with the requests that run at once', async () => {
		const gmi = new FakeHistory();
		const host = follow(gmi);
		await host.activate();
		const open = many(300, () => gmi.add('veo'));
		const calls = await polls(gmi, host, 30);
		expect(Math.max(...calls)).toBeLessThanOrEqual(6);

		for (const id of open) gmi.finish(id);
		await polls(gmi, host, 1);
		expect(new Set(host.emitted).size).toBe(300);
	});

	it('does not grow with requests that never end, which are let go after a week', async () => {
		const gmi = new FakeHistory();
		gmi.addHistory('veo', 2_000);
		const host = follow(gmi);
		await host.activate();
		many(40, () => gmi.add('veo'));
		await polls(gmi, host, 5);
		gmi.addHistory('veo', 500, 10, 0);
		gmi.clock += 8000;
		await polls(gmi, host, 20);
		expect(Math.max(...(await polls(gmi, host, 20)))).toBeLessThanOrEqual(3);

		gmi.clock += 8 * 24 * 3600;
		await polls(gmi, host, 1);
		expect(host.state.scopes.veo.pending).toEqual([]);
	});

	it('reads at most ten pages in a poll, and the rest in the next', async () => {
		const gmi = new FakeHistory();
		const host = follow(gmi);
		await host.activate();
		for (let i = 0; i < 3_000; i++) {
			gmi.clock++;
			gmi.finish(gmi.add('veo'));
		}
		const calls = await polls(gmi, host, 12);
		expect(Math.max(...calls)).toBeLessThanOrEqual(11);
		expect(host.emitted).toHaveLength(3_000);
		expect(new Set(host.emitted).size).toBe(3_000);
		expect(JSON.stringify(host.state).length).toBeLessThan(60_000);
	});
});

describe('the first reading', () => {
	it('tells nothing of 10,000 old requests, and follows those still running between them', async () => {
		const gmi = new FakeHistory();
		gmi.addHistory('veo', 5_000);
		const deep = gmi.add('veo', { age: 300_000 });
		gmi.addHistory('veo', 3_000, 5, 100);
		const early = gmi.add('veo', { age: 290_000 });
		const shallow = gmi.add('veo', { age: 50 });
		const host = follow(gmi);
		await host.activate();
		gmi.clock += 30;
		// Ends before the reading comes to it.
		gmi.finish(early);
		await polls(gmi, host, 20);
		expect(host.emitted).toEqual([`${early}/success`]);

		gmi.finish(deep, 'failed');
		gmi.finish(shallow);
		await polls(gmi, host, 20);
		expect(host.emitted.slice(1).sort()).toEqual([`${deep}/failed`, `${shallow}/success`].sort());
	});

	it('is repeated in full when it fails', async () => {
		const gmi = new FakeHistory(() => 0);
		gmi.addHistory('veo', 10);
		gmi.faultRate = 1;
		const host = follow(gmi);
		expect(await host.activate()).toBe(false);
		gmi.faultRate = 0;
		expect(await host.activate()).toBe(true);
		await polls(gmi, host, 3);
		expect(host.emitted).toEqual([]);
	});
});

describe('other models', () => {
	it('begins afresh with new ones, and loses nothing of those that stay', async () => {
		const gmi = new FakeHistory();
		gmi.addHistory('veo', 50);
		gmi.addHistory('kling', 50);
		const host = follow(gmi);
		await host.activate();
		const open = gmi.add('veo');
		await polls(gmi, host, 2);

		gmi.finish(open);
		const meanwhile = gmi.add('veo');
		gmi.finish(meanwhile);
		gmi.finish(gmi.add('kling'));
		gmi.clock += 86_400;
		host.settings.models = ['kling', 'veo'];
		host.crash();
		await host.activate();
		await polls(gmi, host, 3);
		expect(host.emitted.sort()).toEqual([`${open}/success`, `${meanwhile}/success`].sort());
	});

	it('goes from some models to all and back', async () => {
		const gmi = new FakeHistory();
		for (const model of ['veo', 'kling', 'sora']) gmi.addHistory(model, 150);
		const host = follow(gmi, ['veo', 'kling']);
		await host.activate();
		const first = gmi.add('veo');
		const second = gmi.add('kling');
		await polls(gmi, host, 2);
		gmi.finish(first);

		host.settings.models = [];
		await host.activate();
		const third = gmi.add('sora');
		gmi.finish(gmi.add('veo'));
		await polls(gmi, host, 2);
		gmi.finish(second);
		gmi.finish(third);
		await polls(gmi, host, 2);
		expect(Object.keys(host.state.scopes)).toEqual(['*']);
		expect(host.emitted).toHaveLength(4);

		const fourth = gmi.add('sora');
		await polls(gmi, host, 1);
		gmi.finish(fourth);
		host.settings.models = ['sora'];
		await host.activate();
		await polls(gmi, host, 30);
		expect(host.emitted).toHaveLength(5);
		expect(new Set(host.emitted).size).toBe(5);
		expect(host.state.scopes.sora.pending).toEqual([]);
	});
});

describe('what comes out', () => {
	it('comes in order of finishing', async () => {
		const gmi = new FakeHistory();
		const host = follow(gmi, []);
		await host.activate();
		const ids = many(20, () => gmi.add('veo'));
		const ends = ids.map((_, i) => ids[(i * 7) % 20]);
		for (const id of ends) {
			gmi.clock++;
			gmi.finish(id);
		}
		await polls(gmi, host, 1);
		expect(host.emitted).toEqual(ends.map((id) => `${id}/success`));
	});

	it('includes console-made requests that many newer ones have buried', async () => {
		const gmi = new FakeHistory();
		gmi.addHistory('veo', 500);
		const host = follow(gmi);
		await host.activate();
		const id = gmi.add('veo', { fromConsole: true });
		await polls(gmi, host, 1);
		for (let i = 0; i < 700; i++) {
			gmi.clock += 20;
			gmi.finish(gmi.add('veo'));
		}
		await polls(gmi, host, 10);
		gmi.finish(id);
		await polls(gmi, host, 15);
		expect(host.emitted.filter((one) => one === `${id}/success`)).toHaveLength(1);
		expect(Math.max(...(await polls(gmi, host, 10)))).toBeLessThanOrEqual(3);
	});

	it('tells of each final status once when GMI changes its mind', async () => {
		const gmi = new FakeHistory();
		const host = follow(gmi);
		await host.activate();
		const id = gmi.add('veo');
		gmi.finish(id, 'failed');
		await polls(gmi, host, 2);
		gmi.finish(id, 'success');
		await polls(gmi, host, 2);
		gmi.finish(id, 'failed');
		await polls(gmi, host, 2);
		expect(host.emitted).toEqual([`${id}/failed`, `${id}/success`]);
	});
});

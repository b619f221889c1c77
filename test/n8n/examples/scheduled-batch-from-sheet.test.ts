import workflow from '../../../examples/scheduled-batch-from-sheet.json';
import { importExample, itemsOf } from '../../support/examples';
import { connect, sandbox, standIns, startAnother } from '../../support/n8n';
import { until } from '../../support/until';

type Web = Awaited<ReturnType<typeof standIns.openWeb>>;
type N8n = Awaited<ReturnType<typeof startAnother>>;
type Client = Awaited<ReturnType<typeof connect>>;

const HEADER = ['prompt', 'duration', 'status', 'request_id', 'video', 'error'];
const ID = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde';
const SECONDS = 15;
const gmi = sandbox.sandbox;

const documentId = {
	__rl: true,
	mode: 'url',
	value: `https://docs.google.com/spreadsheets/d/${ID}/edit#gid=0`,
};

let web: Web;
let n8n: N8n;

beforeAll(async () => {
	web = await standIns.openWeb();
	n8n = await startAnother({ env: web.env });
}, 120_000);
afterAll(async () => {
	await n8n.kill9();
	await web.close();
});
beforeEach(() => gmi.reset());

/** The workflow at work on a sheet, fired by its own schedule. */
async function work(rows: Array<Array<string | number>>, options = {}) {
	await web.server.reset();
	const sheet = await standIns.serveGoogleSheets(web.server, {
		...{ id: ID, title: 'Videos' },
		rows: [HEADER, ...rows],
	});
	const client = await connect(n8n.url);
	const video = workflow.nodes.find(({ name }) => name === 'GMI Video')!;
	const workflowId = await importExample(client, workflow, {
		credentials: { googleApi: sheet.credential },
		nodes: {
			'Every hour': {
				parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: SECONDS }] } },
			},
			'GMI Video': { parameters: { options: { ...video.parameters.options, ...options } } },
			'Read the sheet': { parameters: { documentId } },
			'Write the video': { parameters: { documentId } },
			'Write the error': { parameters: { documentId } },
		},
	});
	await client.activate(workflowId);
	return { client, workflowId, rows: () => sheet.rows.slice(1) };
}

async function ended(client: Client, workflowId: string, count: number) {
	const executions = await until('execution', 20 + count * SECONDS, async () => {
		const all = await client.executions(workflowId);
		return all.filter(({ status }) => status === 'success').length >= count ? all : undefined;
	});
	await client.deactivate(workflowId);
	return await Promise.all(executions.map(async ({ id }) => await client.execution(id)));
}

const REQUEST_ID = expect.stringMatching(/^[\w-]{20,}$/);
const ADDRESS = expect.stringMatching(/^http.*\.mp4/);

describe('the example of a scheduled batch', () => {
	it('makes what is open in the sheet, once, and writes back what came of each row', async () => {
		gmi.plans.add({ payload: 'rough sea', ends: 'failed', reason: 'the sea was too rough' });
		const before = ['A boat made before', 4, 'done', 'request-of-before', 'https://a/b.mp4'];
		const { client, workflowId, rows } = await work([
			['A paper boat on a puddle', 4],
			[...before],
			['A red kite over a beach'],
			['Much too long', 99],
			[],
			['A ship in a rough sea', 6],
			['Steam over a cup', 5],
		]);
		const executions = await ended(client, workflowId, 2);

		expect(rows()).toEqual([
			['A paper boat on a puddle', 4, 'done', REQUEST_ID, ADDRESS, ''],
			before,
			['A red kite over a beach', '', 'done', REQUEST_ID, ADDRESS, ''],
			['Much too long', 99, 'failed', '', '', expect.stringMatching(/duration.*16/i)],
			[],
			[
				...['A ship in a rough sea', 6, 'failed', REQUEST_ID, ''],
				expect.stringContaining('the sea was too rough'),
			],
			['Steam over a cup', 5, 'done', REQUEST_ID, ADDRESS, ''],
		]);
		const made = rows().filter(([, , , id]) => id && id !== before[3]);
		expect(made.map(([, , , id]) => id).sort()).toEqual(
			gmi.queue.jobs.map(({ id }: { id: string }) => id).sort(),
		);
		const submits = gmi.log.find({ endpoint: 'submit' }) as Array<{
			body: { payload: { duration?: number } };
		}>;
		expect(submits.map(({ body }) => body.payload.duration ?? 'unset').sort()).toEqual([
			...[4, 5, 6, 'unset'],
		]);
		expect(gmi.counters.view().accepted).toBe(4);
		expect(itemsOf(executions[0], 'GMI Video')).toEqual([]);
		expect(web.strangers).toEqual([]);
	});

	it('takes over what a killed n8n had sent', async () => {
		gmi.configure({ durationMs: null });
		const prompts = ['A paper boat', 'A red kite', 'Steam over a cup'];
		const { workflowId, rows } = await work(prompts.map((prompt) => [prompt, 4]));
		const sent = () => gmi.counters.view().accepted as number;
		await until('submit', 20 + SECONDS, async () => sent() === 3 || undefined);
		await n8n.kill9();
		await n8n.start();
		const client = await connect(n8n.url);
		for (const job of gmi.queue.jobs) gmi.queue.finish(job, 'success');
		await ended(client, workflowId, 1);

		expect(rows()).toEqual(prompts.map((prompt) => [prompt, 4, 'done', REQUEST_ID, ADDRESS, '']));
		expect(sent()).toBe(3);
	});

	it('tells in each row when the run would cost too much, and sends nothing', async () => {
		const prompts = ['A paper boat', 'A red kite', 'Steam over a cup'];
		const { client, workflowId, rows } = await work(
			prompts.map((prompt) => [prompt, 10]),
			{ maxCost: 1 },
		);
		await ended(client, workflowId, 1);

		expect(rows()).toEqual(
			prompts.map((prompt) => [
				...[prompt, 10, 'failed', '', ''],
				expect.stringMatching(/This run would cost .* more than the Max Cost/),
			]),
		);
		expect(gmi.log.find({ endpoint: 'submit' })).toEqual([]);
	});
});

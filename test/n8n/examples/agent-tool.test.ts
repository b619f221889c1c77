import workflow from '../../../examples/agent-tool.json';
import { importExample, itemsOf } from '../../support/examples';
import { client, sandbox, standIns } from '../../support/n8n';

type Model = Awaited<ReturnType<typeof standIns.startChatModel>>;
type Turn = Model['turns'][number];
type Reply = ReturnType<Parameters<typeof standIns.startChatModel>[0]>;

interface Answer {
	request_id: string;
	status: string;
	files?: Array<{ url: string }>;
	next_step: string;
	error?: string;
}

const gmi = sandbox.sandbox;
const GENERATE = 'Generate a video';
const LOOK_UP = 'Look up a video';

let model: Model;
/** What the model says, turn by turn. */
let script: Array<(turn: Turn) => Reply>;

beforeAll(async () => {
	model = await standIns.startChatModel((turn) => script.shift()!(turn));
});
afterAll(async () => await model.close());
beforeEach(() => {
	gmi.reset();
	model.turns.length = 0;
});

const generate = (...videos: Array<{ Prompt: string; Duration: number }>) => ({
	calls: videos.map((video) => ({ tool: 'Generate_a_video', arguments: video })),
});
const lookUp = (id: string) => ({
	calls: [{ tool: 'Look_up_a_video', arguments: { Request_ID: id } }],
});
const answersOf = ({ results }: Turn) =>
	results.flatMap((result) => JSON.parse(result) as Answer[]);

/** Says in words what the tools answered. */
const tell = (turn: Turn) => ({
	text: answersOf(turn)
		.map(({ status, files, error }) => error ?? `${status}: ${files?.[0].url ?? 'no file yet'}`)
		.join('\n'),
});

/** The example with its chat made public, as a user does who gives it to others. */
async function open(options: object = {}) {
	const webhookId = `agent-tool-${Date.now()}`;
	const tool = workflow.nodes.find(({ name }) => name === GENERATE)!;
	const workflowId = await importExample(client, workflow, {
		credentials: { openAiApi: model.credential },
		nodes: {
			'When chat message received': { parameters: { public: true }, webhookId },
			[GENERATE]: { parameters: { options: { ...tool.parameters.options, ...options } } },
		},
	});
	await client.activate(workflowId);
	const say = async (chatInput: string) => {
		const body = { action: 'sendMessage', sessionId: webhookId, chatInput };
		const reply = await client.runWebhook(`${webhookId}/chat`, body);
		return String((reply.body as { output: unknown }).output);
	};
	return { say, workflowId };
}

const payloads = () =>
	(gmi.log.find({ endpoint: 'submit' }) as Array<{ body: { payload: object } }>).map(
		({ body }) => body.payload,
	);

describe('the example of an agent', () => {
	it('makes what the agent asks for, and answers in a few words without a file', async () => {
		script = [() => generate({ Prompt: 'A red kite over a beach', Duration: 4 }), tell];
		const { say, workflowId } = await open();
		const said = await say('A kite over a beach, four seconds please');

		expect(payloads()).toEqual([{ prompt: 'A red kite over a beach', duration: 4 }]);
		const { results, tools } = model.turns[1];
		const [answer] = answersOf(model.turns[1]);
		expect(said).toBe(`success: ${answer.files![0].url}`);
		expect((await fetch(answer.files![0].url)).headers.get('content-type')).toBe('video/mp4');
		expect(results[0].length).toBeLessThan(500);
		expect(gmi.log.find({ endpoint: 'artifact' })).toHaveLength(1);

		const { Prompt, Duration } = tools.find(({ name }) => name === 'Generate_a_video')!.parameters
			.properties;
		expect([Prompt.type, Duration.type]).toEqual(['string', 'number']);
		const execution = await client.lastExecution(workflowId);
		expect(JSON.stringify(execution.data.resultData.runData[GENERATE])).not.toContain('"binary"');
		expect(itemsOf(execution, 'AI Agent')[0].json.output).toBe(said);
	});

	it('makes each of several videos that are asked for at once', async () => {
		const boat = { Prompt: 'A paper boat', Duration: 3 };
		const tea = { Prompt: 'Steam over a cup', Duration: 2 };
		script = [() => generate(boat, tea, boat), tell];
		const { say } = await open();
		const said = await say('The boat twice, and tea');

		expect(payloads()).toHaveLength(3);
		const ids = answersOf(model.turns[1]).map(({ request_id: id }) => id);
		expect(ids.sort()).toEqual(gmi.queue.jobs.map(({ id }: { id: string }) => id).sort());
		expect(said.match(/success: http/g)).toHaveLength(3);
	});

	it('looks a video up that takes long, and does not make it again', async () => {
		gmi.configure({ durationMs: null });
		let id = '';
		script = [
			() => generate({ Prompt: 'A slow boat', Duration: 5 }),
			(turn) => lookUp((id = answersOf(turn)[0].request_id)),
			tell,
			() => lookUp(id),
			tell,
		];
		const { say, workflowId } = await open({ timeout: 0.05 });
		expect(await say('A slow boat')).toMatch(/^(queued|processing).*no file yet$/m);
		const [late, still] = answersOf(model.turns[2]);
		for (const { next_step: step } of [late, still])
			expect(step).toMatch(/Do not generate it again/);

		gmi.queue.finish(gmi.queue.jobs[0], 'success');
		expect(await say('Is it ready?')).toMatch(/^success: http/);
		expect(payloads()).toHaveLength(1);
		const execution = await client.lastExecution(workflowId);
		expect(Object.keys(execution.data.resultData.runData)).toContain(LOOK_UP);
	});

	it('tells the agent why nothing was made, and what to change', async () => {
		gmi.plans.add({ payload: 'rough sea', ends: 'failed', reason: 'the sea was too rough' });
		script = [
			() => generate({ Prompt: 'A long boat', Duration: 16 }),
			() => generate({ Prompt: 'A longer boat', Duration: 99 }),
			() => generate({ Prompt: 'A ship in a rough sea', Duration: 2 }),
			tell,
		];
		const { say } = await open();
		await say('Boats');
		const [dear, long, rough] = answersOf(model.turns[3]);
		expect(dear.error).toMatch(/at least \$2\.4, more than the Max Cost of \$2.*Nothing was sent/s);
		expect(long.error).toMatch(/duration.*99.*16/s);
		expect(rough.error).toMatch(/the sea was too rough/);
		expect(rough.error).toContain(gmi.queue.jobs[0].id);
		for (const result of model.turns[3].results) expect(result.length).toBeLessThan(700);
		expect(payloads()).toEqual([{ prompt: 'A ship in a rough sea', duration: 2 }]);
	});
});

import { openEditor } from '../../support/browserEditor';
import { sandbox } from '../../support/n8n';

let editor: Awaited<ReturnType<typeof openEditor>>;

beforeAll(async () => {
	editor = await openEditor();
});
beforeEach(() => {
	sandbox.sandbox.reset();
	editor.problems.splice(0);
});
afterEach(() => expect(editor.problems).toEqual([]));
afterAll(async () => await editor.close());

/** Adds a request that was made earlier. */
async function request(spec: object): Promise<string> {
	const { controlUrl } = sandbox as unknown as { controlUrl: string };
	const response = await fetch(`${controlUrl}/requests`, {
		method: 'POST',
		body: JSON.stringify({ model: 'Veo3', ...spec }),
	});
	return ((await response.json()) as { id: string }).id;
}

describe('GMI Video Status in the editor', () => {
	it('sorts requests onto its three outputs', async () => {
		const ids = [
			await request({ status: 'success' }),
			await request({ status: 'processing' }),
			await request({ status: 'failed', reason: 'Too many kites' }),
		];
		await editor.openNode('gmiVideoStatus', { requestId: ids.join(', '), downloadOutput: false });

		await editor.executeStep();
		await editor.picture('status');

		const panel = await editor.outputPanel().innerText();
		expect(panel).toMatch(/Done Branch[\s\S]*In Progress Branch \(1 item\)[\s\S]*Failed Branch/);
		expect(panel).toMatch(/Done Branch \(1 item\)/);
	});
});

describe('GMI Video Trigger in the editor', () => {
	it('fetches a real request for a test, with its video', async () => {
		const id = await request({ status: 'success', ageMs: 120_000 });
		await editor.openNode('gmiVideoTrigger', {}, { isTrigger: true });

		expect(await editor.entriesOf('models')).toContain('Veo3');
		await editor.executeStep();
		await editor.picture('trigger');

		expect(await editor.outputPanel().innerText()).toContain(`${id}.mp4`);
	});
});

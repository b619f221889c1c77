import { credential, findLeaks, left, n8n, ownNode, report, run, sandbox } from '../support/n8n';
import { parentOf, writeFile } from '../support/files';

/** Every key that tests of this run give to n8n. */
const KEYS = {
	'the key': sandbox.key,
	'the key of another organization': sandbox.secondKey,
	'a wrong key': 'not-a-key-anybody-has',
};

const SIGNATURE = '0123456789abcdef'.repeat(4);

/** Ways in which a secret may lie in a file. */
const PLANTED: Array<[way: string, what: string, text: string]> = [
	['as it is', 'the key', `{"authorization":"Bearer ${sandbox.key}"}`],
	['cut off at its end', 'the key', sandbox.key.slice(0, -40)],
	['cut off at its beginning', 'the key', sandbox.key.slice(-60)],
	['in Base64', 'the key', Buffer.from(`user:${sandbox.key}`).toString('base64')],
	['in an address', 'the key of another organization', `?key=${sandbox.secondKey}&x=1`],
	['among others', 'a wrong key', '…not-a-key-anybody-has…'],
	['signed', 'the signature of an upload address', `?X-Goog-Signature=${SIGNATURE}`],
	['signed, encoded', 'the signature of an upload address', `X-Goog-Signature%3D${SIGNATURE}`],
	['as a field', 'the signature of an upload address', `"X-Goog-Signature":"${SIGNATURE}"`],
];

const MIB = 1024 * 1024;

describe('the search for leaks', () => {
	it.each(PLANTED)('finds a secret %s', async (_, what, text) => {
		const file = `${parentOf(n8n.userFolder)}/planted`;
		// Over the border between two pieces that are read.
		await writeFile(file, Buffer.alloc(4 * MIB - 30, '.').toString() + text + '.'.repeat(50));
		const { leaks } = await findLeaks([file], KEYS);
		await writeFile(file, '');
		expect(leaks.map((leak) => leak.what)).toEqual([what]);
		expect(leaks[0].file).toBe(file);
		expect(JSON.stringify(leaks)).not.toContain(text.slice(-24));
	});

	it('finds what a workflow stores in an execution', async () => {
		const name = 'x'.repeat(40);
		const node = await ownNode('gmiVideo', { resource: 'model', operation: 'getAll' });
		await run(node, [{ prompt: name }]);
		const { leaks } = await findLeaks([n8n.userFolder], { 'a value of an item': name });
		expect(leaks.map(({ file }) => file)).toContainEqual(expect.stringMatching(/sqlite/));
	});
});

it('no key and no signed address is in anything n8n keeps or has printed', async () => {
	// At least one of each has been in play, whichever tests have run before.
	await credential({ apiKey: KEYS['a wrong key'] });
	await credential({ apiKey: sandbox.secondKey });
	const startedAt = Date.now();
	const { leaks, files, bytes } = await findLeaks(left(), KEYS);
	report('searched', { files, MiB: Math.round(bytes / MIB), ms: Date.now() - startedAt });

	expect(leaks).toEqual([]);
	expect(files).toBeGreaterThan(20);
	expect(bytes).toBeGreaterThan(MIB);
}, 600_000);

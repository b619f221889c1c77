import { runScript } from '../../support/runScript';
import { probe } from '../../support/videos';

describe('npm run demo', () => {
	it('writes the MP4 files it names and ends well', async () => {
		const { code, output } = await runScript('demo');

		expect(output).toContain('The videos:');
		expect(code).toBe(0);
		const files = output.match(/\S+\/out\/demo\/\S+\.mp4/g) ?? [];
		expect(files).toHaveLength(3);
		for (const file of files) {
			expect(await probe(file)).toMatchObject({ codec: 'h264', width: 854, height: 480 });
		}
	}, 600_000);
});

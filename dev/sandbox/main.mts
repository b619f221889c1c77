import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSandbox, type Settings } from './index.mjs';

const usage = `Usage: tsx dev/sandbox/main.mts [options]

  --port N           port of the API (0, the default: any free one)
  --storage-port N   port of the storage host
  --control-port N   port of the control server
  --speed N          requests finish N times as fast
  --seed N           seed of everything that is drawn
  --config FILE      JSON file with settings
  --settings JSON    settings, over those of the file
  --quiet            nothing but the line with the addresses
  --with-parent      end when standard input ends`;

function options() {
	return parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			'storage-port': { type: 'string', default: '0' },
			'control-port': { type: 'string', default: '0' },
			speed: { type: 'string' },
			seed: { type: 'string' },
			config: { type: 'string' },
			settings: { type: 'string' },
			quiet: { type: 'boolean', default: false },
			'with-parent': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	}).values;
}

function settingsFrom({ config, settings, speed, seed }: ReturnType<typeof options>) {
	const file = config === undefined ? {} : JSON.parse(readFileSync(config, 'utf8'));
	return {
		...file,
		...(settings === undefined ? {} : JSON.parse(settings)),
		...(speed === undefined ? {} : { speed: Number(speed) }),
		...(seed === undefined ? {} : { seed: Number(seed) }),
	} as Partial<Settings>;
}

async function main(): Promise<void> {
	const chosen = options();
	if (chosen.help) return console.log(usage);
	const running = await startSandbox({
		port: Number(chosen.port),
		storagePort: Number(chosen['storage-port']),
		controlPort: Number(chosen['control-port']),
		settings: settingsFrom(chosen),
	});
	const { url, storageUrl, controlUrl, key, secondKey } = running;
	console.log(JSON.stringify({ url, storageUrl, controlUrl, key, secondKey }));
	if (process.stdout.isTTY && !chosen.quiet) {
		console.table({ 'GMI API': url, storage: storageUrl, control: controlUrl });
		console.log(`Key: ${key}\nStop with Ctrl+C.`);
	}
	const stop = () => {
		void running.stop().finally(() => process.exit());
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	// A pipe ends even when its other side is killed, so nothing is left running.
	if (chosen['with-parent']) process.stdin.on('end', stop).on('error', stop).resume();
}

main().catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exit(1);
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { GmiVideo } from '../../nodes/GmiVideo/GmiVideo.node';
import { runNode, type EngineOptions, type EngineRun } from './engine';
import type { Sandbox } from './sandboxTypes';

/** The model most tests use: plain text to video. */
export const MODEL = 'vidu-q3-pro-t2v';

export type GmiRunOptions = Partial<Omit<EngineOptions, 'node' | 'parameters'>> & {
	parameters?: INodeParameters;
};

/** Runs any operation of GMI Video against the sandbox. */
export async function runGmiVideo(sandbox: Sandbox, options: GmiRunOptions): Promise<EngineRun> {
	return await runNode({
		node: new GmiVideo(),
		credential: { apiKey: sandbox.key, baseUrl: sandbox.url, organizationId: '' },
		...options,
	});
}

/** Generates one video for each prompt, of the item or given. */
export async function generate(
	sandbox: Sandbox,
	prompts: string[],
	{ parameters = {}, ...options }: GmiRunOptions = {},
): Promise<EngineRun> {
	return await runGmiVideo(sandbox, {
		input: prompts.map((prompt): INodeExecutionData => ({ json: { prompt } })),
		parameters: {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: MODEL },
			prompt: '={{ $json.prompt }}',
			...parameters,
		},
		...options,
	});
}

/** "a paper boat 1", "a paper boat 2", … */
export function prompts(count: number): string[] {
	return Array.from({ length: count }, (_, i) => `a paper boat ${i + 1}`);
}

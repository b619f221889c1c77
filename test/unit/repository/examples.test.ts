import { NodeHelpers, type INode, type INodeParameters, type INodeType } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { GmiVideoStatus } from '../../../nodes/GmiVideoStatus/GmiVideoStatus.node';
import { GmiVideoTrigger } from '../../../nodes/GmiVideoTrigger/GmiVideoTrigger.node';
import { filesBelow, kindOf, readText } from '../../support/repository';

interface Example {
	name: string;
	nodes: Array<INode & { parameters: { content?: string; width?: number; height?: number } }>;
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	settings: object;
}

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const OWN = 'n8n-nodes-gmicloud.';
const TYPES: Record<string, INodeType> = {
	gmiVideo: new GmiVideo(),
	gmiVideoStatus: new GmiVideoStatus(),
	gmiVideoTrigger: new GmiVideoTrigger(),
};
/** n8n gives these to the Tool variant of a node. */
const OF_TOOLS = ['descriptionType', 'toolDescription'];

const NOTE = 'n8n-nodes-base.stickyNote';
/** Of a node with its name below it, in the editor's points. An agent is wider for its sub-nodes. */
const NODE_SIZE = { width: 96, height: 140 };
const AGENT_SIZE = { width: 256, height: 140 };

const files = filesBelow('examples', '.json');
const readme = readText('examples/README.md');

function boxOf({ name, type, position: [left, top], parameters }: Example['nodes'][number]): Box {
	const size = type.endsWith('.agent') ? AGENT_SIZE : NODE_SIZE;
	const { width = size.width, height = size.height } = type === NOTE ? parameters : size;
	return { name, left, top, right: left + width, bottom: top + height };
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

it('are there', () => expect(files.length).toBeGreaterThanOrEqual(7));

describe.each(files)('%s', (file) => {
	const text = readText(file);
	const example = JSON.parse(text) as Example;
	const own = example.nodes.filter(({ type }) => type.startsWith(OWN));

	it('is a workflow as n8n exports it', () => {
		expect(example).toEqual({
			name: expect.stringMatching(/^GMI Cloud: /),
			nodes: expect.any(Array),
			connections: expect.any(Object),
			settings: { executionOrder: 'v1' },
		});
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(example.nodes.map(({ id }) => id)).size).toBe(names.length);
		const targets = Object.values(example.connections).flatMap((kinds) =>
			Object.values(kinds).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		);
		expect(names).toEqual(
			expect.arrayContaining([...Object.keys(example.connections), ...targets]),
		);
	});

	it('uses nodes of this package with parameters that they show', () => {
		expect(own.length).toBeGreaterThan(0);
		for (const node of own) {
			const nodeType = TYPES[node.type.slice(OWN.length).replace(/Tool$/, '')];
			expect([node.type, nodeType?.description.name]).toEqual([node.type, expect.any(String)]);
			const { description } = nodeType;
			expect(node.typeVersion).toBe(description.version);
			const set = Object.fromEntries(
				Object.entries(node.parameters).filter(([name]) => !OF_TOOLS.includes(name)),
			) as INodeParameters;
			const known = NodeHelpers.getNodeParameters(
				...([description.properties, set, true, false, node, description] as const),
			);
			for (const [name, value] of Object.entries(set)) {
				// `pollTimes` is n8n's, for every trigger that polls.
				if (name !== 'pollTimes') expect({ [name]: known?.[name] }).toEqual({ [name]: value });
			}
			const options = description.properties.flatMap((property) =>
				property.name === 'options' ? (property.options ?? []) : [],
			);
			expect(options.map(({ name }) => name)).toEqual(
				expect.arrayContaining(Object.keys((set.options as object) ?? {})),
			);
			expect(NodeHelpers.getNodeParametersIssues(description.properties, node, description)).toBe(
				null,
			);
		}
	});

	it('wants credentials by name and holds nothing of anybody', () => {
		for (const node of own) expect(node.credentials).toHaveProperty('gmiCloudApi');
		for (const { credentials = {} } of example.nodes) {
			for (const credential of Object.values(credentials)) {
				expect(credential).toEqual({ id: null, name: expect.stringMatching(/ account$/) });
			}
		}
		expect(text).not.toMatch(
			/127\.0\.0\.1|localhost|192\.168\.|"instanceId"|"pinData"|"versionId"/,
		);
		expect(text).not.toMatch(/\b(sk-|xox[bp]-|eyJ|AKIA)\w{6,}|BEGIN [A-Z ]*KEY|\b[0-9a-f]{32,}\b/);
	});

	it('says what it does in a note, and leaves room between its nodes', () => {
		const notes = example.nodes.filter(({ type }) => type === NOTE);
		expect(notes.map(({ parameters }) => parameters.content)).toEqual([
			expect.stringMatching(/^## .+\n[^]*credential/),
		]);
		const boxes = example.nodes.map(boxOf);
		const overlapping = boxes.flatMap((a, index) =>
			boxes.slice(index + 1).flatMap((b) => (overlap(a, b) ? [`${a.name} and ${b.name}`] : [])),
		);
		expect(overlapping).toEqual([]);
	});

	it('is explained and run', () => {
		const name = file.replace('examples/', '');
		expect(readme).toContain(`[${name}](${name})`);
		const test = `test/n8n/examples/${name.replace('.json', '.test.ts')}`;
		expect([test, kindOf(test)]).toEqual([test, 'file']);
		expect(readText(test)).toContain(`from '../../../${file}'`);
	});
});

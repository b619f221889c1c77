import { parse } from 'yaml';

import { listFolder, readText } from '../../support/repository';

interface Field {
	type: string;
	id?: string;
	attributes: { label?: string; value?: string; options?: string[] };
}

const FOLDER = '.github/ISSUE_TEMPLATE';
const forms = listFolder(FOLDER).filter((name) => name !== 'config.yml');

it('asks for the model, the request and the message where a model behaves oddly', () => {
	const { body } = parse(readText(`${FOLDER}/model.yml`)) as { body: Field[] };
	expect(body.map(({ id }) => id)).toEqual(expect.arrayContaining(['model', 'request', 'message']));
});

it.each(forms)('%s is a form as GitHub takes it', (name) => {
	const form = parse(readText(`${FOLDER}/${name}`)) as Record<string, unknown> & { body: Field[] };
	expect(Object.keys(form)).toEqual(['name', 'description', 'labels', 'body']);
	const inputs = form.body.filter(({ type }) => type !== 'markdown');
	expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
	for (const { type, id, attributes } of inputs) {
		expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
		expect(id).toMatch(/^[\w-]+$/);
		expect(attributes.label).toEqual(expect.any(String));
		if (type === 'dropdown') expect(attributes.options?.length).toBeGreaterThan(1);
	}
});

it('leads vulnerabilities elsewhere than to public issues', () => {
	const { contact_links: links } = parse(readText(`${FOLDER}/config.yml`));
	expect(links.map(({ url }: { url: string }) => url)).toContainEqual(
		expect.stringMatching(/\/security\/advisories\/new$/),
	);
});

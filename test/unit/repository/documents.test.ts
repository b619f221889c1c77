import { filesBelow, kindOf, readText } from '../../support/repository';

const DOCUMENTS = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...filesBelow('.github', '.md'),
	...filesBelow('docs', '.md'),
	...filesBelow('examples', '.md'),
	'dev/sandbox/README.md',
];

/** Where a path in the running text may begin. */
const TOP = /^(\.ci|\.github|\.vscode|bench|credentials|dev|docs|examples|icons|nodes|test)\//;

/** The text without fenced blocks, whose lines are no Markdown. */
function prose(text: string): string {
	return text.replace(/^( *)```[\s\S]*?^\1```/gm, '');
}

function linksOf(text: string): string[] {
	const inline = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)];
	const references = [...prose(text).matchAll(/^\[[^\]]+\]: (\S+)$/gm)];
	return [...inline, ...references].map(([, target]) => target);
}

/** Anchors as GitHub makes them from headings. */
function anchorsOf(text: string): string[] {
	const counts = new Map<string, number>();
	return [...prose(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => {
		const slug = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const count = counts.get(slug) ?? 0;
		counts.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
}

/** `docs/a.md` and `../b.md` as a path from the root. */
function resolve(from: string, target: string): string {
	const parts = from.split('/').slice(0, -1);
	for (const part of target.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}
	return parts.join('/') || '.';
}

/** Paths of this repository that stand in the text as `code`; those with a placeholder name nothing. */
function pathsOf(text: string): string[] {
	return [...prose(text).matchAll(/`([^`\s]+)`/g)]
		.map(([, code]) => code)
		.filter((code) => TOP.test(code) && !/[<>*…{}]/.test(code));
}

describe.each(DOCUMENTS)('%s', (document) => {
	const text = readText(document);

	it('links to what is there', () => {
		const broken = linksOf(text).filter((link) => {
			if (/^(https:|mailto:)/.test(link)) return false;
			const [target, anchor] = link.split('#');
			const file = target === '' ? document : resolve(document, target);
			if (kindOf(file) === undefined) return true;
			return anchor !== undefined && !anchorsOf(readText(file)).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('names files that are there', () => {
		expect(pathsOf(text).filter((path) => kindOf(path) === undefined)).toEqual([]);
	});

	it('names commands that are there', () => {
		const { scripts } = JSON.parse(readText('package.json'));
		const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('has one title, and no heading that skips a level', () => {
		const levels = [...prose(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks.length);
		expect(levels.filter((level) => level === 1)).toHaveLength(/^\.github/.test(document) ? 0 : 1);
		expect(levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1)).toEqual([]);
	});
});

describe('README.md', () => {
	const text = readText('README.md');

	it("has the sections n8n's verification asks for, in order", () => {
		const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual([
			'Installation',
			'Operations',
			'Credentials',
			'Compatibility',
			'Usage',
			'Examples',
			'Troubleshooting',
			'Resources',
			'Development',
			'Version history',
			'License',
		]);
	});

	it('shows pictures that npmjs.com can find through the repository', () => {
		const pictures = [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
		expect(pictures.length).toBeGreaterThan(2);
		for (const [, words, picture] of pictures) {
			expect(words.length).toBeGreaterThan(10);
			expect(picture).toMatch(/^docs\/pictures\/[\w-]+\.(jpg|svg)$/);
		}
		const { repository } = JSON.parse(readText('package.json'));
		expect(repository.url).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
	});
});

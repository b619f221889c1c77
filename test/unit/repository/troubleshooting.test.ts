import { wordsOfFailure } from '../../../nodes/shared/errors/failureWords';
import { wordsOfFault } from '../../../nodes/shared/errors/faultWords';
import { JobFailure, type JobFailureKind } from '../../../nodes/shared/jobs/failure';
import { GmiFault, type FaultKind } from '../../../nodes/shared/queue/fault';
import { filesBelow, readText } from '../../support/repository';

const FAULTS: Record<FaultKind, true> = {
	rateLimited: true,
	capacity: true,
	badKey: true,
	noCredit: true,
	forbidden: true,
	blocked: true,
	notFound: true,
	wrongHost: true,
	invalid: true,
	upstreamRefused: true,
	redirected: true,
	server: true,
	unreadable: true,
	noReply: true,
	unreachable: true,
};

const FAILURES: Record<JobFailureKind, true> = {
	refused: true,
	overloaded: true,
	uncertain: true,
	unsearchable: true,
	failed: true,
	cancelled: true,
	timedOut: true,
	stalled: true,
	unwatchable: true,
	undelivered: true,
};

/** The messages that have a table of their own in the code, with the names and numbers of a real case. */
const messages = [
	...(Object.keys(FAULTS) as FaultKind[]).map(
		(kind) => wordsOfFault(new GmiFault({ kind, providerText: '', status: 500 }), 'Veo3').message,
	),
	...(Object.keys(FAILURES) as JobFailureKind[]).map(
		(kind) =>
			wordsOfFailure(
				new JobFailure({
					kind,
					model: 'Veo3',
					record: { request_id: 'id', model: 'Veo3', status: 'processing' },
					reason: 'a reason',
				}),
			).message,
	),
];

const source = filesBelow('nodes', '.ts').map(readText).join('\n');

const [, section] = readText('README.md').split('\n## Troubleshooting\n');
const phrases = section
	.split('\n## ')[0]
	.split('\n')
	.filter((line) => /^\| (?!-|The message begins)/.test(line))
	.map((line) => line.split('|')[1].trim());

/** The phrase with anything in place of `…`. */
function patternOf(phrase: string): string {
	const pieces = phrase
		.split('…')
		.map((piece) => piece.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return pieces.join('[^\\n]*');
}

const begins = (message: string, phrase: string) =>
	new RegExp(`^${patternOf(`${phrase}…`)}$`).test(message);

it('has phrases for what goes wrong', () => {
	expect(phrases.length).toBeGreaterThan(30);
	expect(new Set(phrases).size).toBe(phrases.length);
});

it.each(phrases)('the words "%s" are the node’s own', (phrase) => {
	const isMessage = messages.some((message) => begins(message, phrase));
	expect(isMessage || new RegExp(patternOf(phrase)).test(source)).toBe(true);
});

it.each(messages)('"%s" is in the table', (message) => {
	expect(phrases.filter((phrase) => begins(message, phrase))).not.toEqual([]);
});

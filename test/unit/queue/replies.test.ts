import { faultOfReply, faultOfSilence } from '../../../nodes/shared/queue/classify';
import { readProviderText, redact } from '../../../nodes/shared/queue/providerText';
import { failureReason, phaseOf, readPage, readRecord } from '../../../nodes/shared/queue/records';
import { readRetryAfter } from '../../../nodes/shared/queue/retryAfter';
import type { RequestRecord } from '../../../nodes/shared/queue/types';

describe('readRetryAfter', () => {
	const now = Date.parse('2026-03-01T12:00:00Z');

	it.each([
		[{ rate_limit: { retry_after_ms: 29_970 } }, {}, 29_970],
		[{ rate_limit: { retry_after_ms: 0 } }, {}, 0],
		[{}, { 'retry-after': '12' }, 12_000],
		[{}, { 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30_000],
		[{}, { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
		[{ error: 'Rate limit exceeded. Retry in 1500 ms.' }, {}, 1_500],
		[{ error: 'Rate limit exceeded.' }, { 'retry-after': 'soon' }, undefined],
		['<html>', {}, undefined],
	])('of %j and %j is %s', (body, headers, expected) => {
		expect(readRetryAfter(body, headers, now)).toBe(expected);
	});
});

describe('readProviderText', () => {
	it.each([
		[
			{ error: 'size dimensions must be multiples of 16' },
			'size dimensions must be multiples of 16',
		],
		[{ error: { code: 400, message: 'bad', status: 'INVALID_INPUT' } }, 'bad (INVALID_INPUT 400)'],
		[{ message: 'nope' }, 'nope'],
		[{ detail: [{ msg: 'x' }] }, '{"msg":"x"}'],
		['plain words', 'plain words'],
		['<!doctype html><title>Access denied</title>error code: 1010', 'Access denied (code 1010)'],
		[{}, ''],
		[null, ''],
	])('of %j is %j', (body, expected) => {
		expect(readProviderText(body)).toBe(expected);
	});

	it('is cut to a readable length', () => {
		expect(readProviderText({ error: 'x'.repeat(5_000) })).toHaveLength(601);
	});
});

it('takes signed addresses and secrets out of text', () => {
	const text = 'PUT https://storage.example/a.png?X-Goog-Signature=abc&x=1 with key-12345 failed';
	expect(redact(text, ['key-12345'])).toBe('PUT https://storage.example/a.png?… with … failed');
});

describe('faults', () => {
	it.each([
		[401, { error: 'bad' }, 'badKey'],
		[402, {}, 'noCredit'],
		[403, { error: 'no' }, 'forbidden'],
		[403, '<!DOCTYPE html><title>Blocked</title>', 'blocked'],
		[404, {}, 'notFound'],
		[405, '', 'wrongHost'],
		[400, {}, 'invalid'],
		[422, {}, 'invalid'],
		[429, {}, 'rateLimited'],
		[503, { error: 'Upstream capacity temporarily exhausted; please retry later' }, 'capacity'],
		[503, '<html>', 'server'],
		[500, { error: 'Backend error (400). Please try again.' }, 'upstreamRefused'],
		[500, { error: 'Backend error (502). Please try again.' }, 'server'],
		[502, '<html>', 'server'],
		[302, '', 'redirected'],
		[200, 'not json', 'unreadable'],
	])('of status %i with %j is %s', (status, body, kind) => {
		expect(faultOfReply({ status, headers: {}, body }, []).kind).toBe(kind);
	});

	it.each([
		[{ code: 'ECONNREFUSED' }, 'unreachable'],
		[{ cause: { cause: { code: 'ENOTFOUND' } } }, 'unreachable'],
		[{ code: 'ECONNRESET' }, 'noReply'],
		[{ cause: { code: 'ECONNABORTED', message: 'timeout of 300000ms exceeded' } }, 'noReply'],
		['odd', 'noReply'],
	])('of silence with %j is %s', (error, kind) => {
		expect(faultOfSilence(error).kind).toBe(kind);
	});

	it('keep the request id that came with a refusal', () => {
		const body = { error: 'rejected', request_id: 'r-1' };
		expect(faultOfReply({ status: 400, headers: {}, body }, []).requestId).toBe('r-1');
	});
});

describe('records', () => {
	it.each([
		['success', 'success'],
		['Completed', 'success'],
		['failed', 'failed'],
		['error', 'failed'],
		['canceled', 'cancelled'],
		['cancelled', 'cancelled'],
		['created', 'open'],
		['queued', 'open'],
		['dispatched', 'open'],
		['processing', 'open'],
		['something new', 'open'],
	])('status %s is %s', (status, phase) => {
		expect(phaseOf({ status })).toBe(phase);
	});

	it('are read whatever a create reply leaves out', () => {
		expect(readRecord({ request_id: ' r-1 ' }, 'm')).toEqual({
			request_id: 'r-1',
			model: 'm',
			status: 'unknown',
		});
		for (const body of [null, [], 'x', {}, { request_id: '' }, { request_id: 7 }]) {
			expect(readRecord(body)).toBeUndefined();
		}
	});

	it('never take the echoed payload for a reason', () => {
		const record = {
			request_id: 'r',
			model: 'm',
			status: 'failed',
			payload: { error: 'not this', message: 'nor this' },
			outcome: null,
		} satisfies RequestRecord;
		expect(failureReason(record)).toBe('');
	});
});

describe('readPage', () => {
	const query = { model: 'm', limit: 2, offset: 0 };
	const two = [{ request_id: 'a' }, { request_id: 'b' }];

	it.each([
		[{ requests: two, total: 5 }, true],
		[{ requests: two, total: 2 }, false],
		[{ requests: two, has_more: true, total: 2 }, true],
		[{ requests: two, has_more: false }, false],
		[{ requests: two }, true],
		[{ requests: [two[0]] }, false],
		[{ requests: [], has_more: true }, false],
		[{ requests: null, total: 0 }, false],
		[two, true],
	])('of %j has more: %s', (body, hasMore) => {
		expect(readPage(body, query)?.hasMore).toBe(hasMore);
	});

	it('is none when the reply is no list', () => {
		expect(readPage({ error: 'x' }, query)).toBeUndefined();
		expect(readPage({ requests: 'x' }, query)).toBeUndefined();
	});
});

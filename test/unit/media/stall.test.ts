import { guardAgainstStall, STALL_LIMIT_MS } from '../../../nodes/shared/media/outputs/stall';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function download() {
	return { socket: { bytesRead: 0 }, destroy: jest.fn() };
}

it('ends a download that brings no byte for too long', async () => {
	const stream = download();
	const end = guardAgainstStall(stream, undefined);
	await jest.advanceTimersByTimeAsync(STALL_LIMIT_MS - 10_000);
	expect(stream.destroy).not.toHaveBeenCalled();
	await jest.advanceTimersByTimeAsync(20_000);
	expect(stream.destroy).toHaveBeenCalledWith(new Error('stalled'));
	end();
});

it('lets a slow download go on, and stops looking when it is over', async () => {
	const stream = download();
	const end = guardAgainstStall(stream, undefined);
	for (let i = 0; i < 20; i++) {
		await jest.advanceTimersByTimeAsync(STALL_LIMIT_MS / 2);
		stream.socket.bytesRead++;
	}
	end();
	await jest.advanceTimersByTimeAsync(STALL_LIMIT_MS * 3);
	expect(stream.destroy).not.toHaveBeenCalled();
	expect(jest.getTimerCount()).toBe(0);
});

it('ends at once when the execution is cancelled', () => {
	const stream = download();
	const cancel = new AbortController();
	const end = guardAgainstStall(stream, cancel.signal);
	cancel.abort();
	expect(stream.destroy).toHaveBeenCalledWith(new Error('canceled'));
	end();
});

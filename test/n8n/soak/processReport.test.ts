import { ProcessReport } from '../../support/processReport';

/** n8n listens to uncaught exceptions and goes on, so that its log alone would not show what they were. */
const GOES_ON = "process.on('uncaughtException', () => {});";

it.each([
	['a rejection', "Promise.reject(new Error('on its own'))", 'unhandledRejection'],
	['an error', "setTimeout(() => { throw new Error('on its own') })", 'uncaughtException'],
])('a process tells of %s that nobody catches', (_, code, origin) => {
	const report = new ProcessReport();
	report.runProgram(`${GOES_ON} ${code}`);
	const { uncaught } = report;
	report.remove();
	expect(uncaught).toEqual([{ origin, error: expect.stringContaining('on its own') }]);
});

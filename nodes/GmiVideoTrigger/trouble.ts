import { NodeOperationError, type INode, type IPollFunctions } from 'n8n-workflow';

import { wordsOfFault } from '../shared/errors/faultWords';
import { toNodeError } from '../shared/errors/nodeError';
import { OUTAGE_PATIENCE_MS } from '../shared/jobs/outage';
import { PASSING_FAULTS, type FaultKind, type GmiFault } from '../shared/queue/fault';
import { ALL_MODELS, type FollowState } from './follow/types';

export interface Trouble {
	scope: string;
	fault: GmiFault;
}

/** What may pass by itself: it is borne for a while before the workflow's owner is bothered. */
const PASSING: FaultKind[] = [...PASSING_FAULTS, 'unreachable', 'blocked'];

/** Answers that refuse the list of all models, not the key as such. */
const REFUSES_ALL: FaultKind[] = [
	'forbidden',
	'notFound',
	'wrongHost',
	'invalid',
	'upstreamRefused',
	'unreadable',
];

/** Notes in the state since when GMI does not answer properly. */
export function noteTrouble(state: FollowState, troubles: Trouble[], now: number): FollowState {
	const { faultySince, ...rest } = state;
	if (troubles.length === 0) return rest;
	return { ...rest, faultySince: faultySince ?? Math.floor(now / 1000) };
}

/**
 * The trouble to end a poll with that has nothing to hand over: a refusal at once, what may pass once it has
 * lasted for five minutes, and anything at the first reading, so that activating the workflow tells.
 */
export function troubleToTell(
	{ faultySince = Infinity }: FollowState,
	troubles: Trouble[],
	now: number,
	isFirst: boolean,
): Trouble | undefined {
	const refusal = troubles.find(({ fault }) => !PASSING.includes(fault.kind));
	if (refusal) return refusal;
	const lasts = now - faultySince * 1000 >= OUTAGE_PATIENCE_MS;
	return isFirst || lasts ? troubles[0] : undefined;
}

export function logTroubles(context: IPollFunctions, troubles: Trouble[]): void {
	for (const { scope, fault } of troubles) {
		const { message } = wordsOfFault(fault, scope === ALL_MODELS ? undefined : scope);
		const of = scope === ALL_MODELS ? 'all models' : `the model "${scope}"`;
		context.logger.warn(`GMI Video Trigger: the requests of ${of} could not be read: ${message}`);
	}
}

export function errorOf(node: INode, { scope, fault }: Trouble): Error {
	if (scope !== ALL_MODELS) return toNodeError(node, fault, { model: scope });
	if (!REFUSES_ALL.includes(fault.kind)) return toNodeError(node, fault);
	const { message } = wordsOfFault(fault, 'all models');
	return new NodeOperationError(
		node,
		'GMI Cloud does not list the requests of all models at once for this API key',
		{
			description: `Choose the models to follow under Model Names or IDs; each is then asked for by itself.\n${message}`,
		},
	);
}

import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

export class GmiCloudApi implements ICredentialType {
	name = 'gmiCloudApi';

	displayName = 'GMI Cloud API';

	icon: Icon = { light: 'file:../icons/gmi.svg', dark: 'file:../icons/gmi.dark.svg' };

	documentationUrl = 'https://docs.gmicloud.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Create it in the GMI Cloud console under organization settings, with the Inference scope',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'Only needed when the key belongs to several organizations',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://console.gmicloud.ai',
			description:
				'Change it only for a proxy or a local test server. The key is sent to this address.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{ $credentials.apiKey }}',
				// A generic header cannot be left out, so without an organization the pair becomes an Accept header.
				'={{ $credentials.organizationId ? "X-Organization-ID" : "Accept" }}':
					'={{ $credentials.organizationId || "application/json" }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/api/v1/ie/requestqueue/apikey/models',
			disableFollowRedirect: true,
			timeout: 30_000,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'GMI Cloud refused this API key. Copy it again from the console, or create a new one.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'GMI Cloud knows this key but does not let it use the video models. Give it the Inference scope, and check the Organization ID.',
				},
			},
		],
	};
}

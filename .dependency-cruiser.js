/** From the top of the house to the bottom: a floor imports from the floors below it only. */
const FLOORS = [
	['nodes/Telnyx', 'the nodes'],
	['nodes/waiting/', 'waiting'],
	['nodes/operations/', 'operations'],
	['nodes/catalogue/', 'the catalogue'],
	['nodes/telnyx/', 'telnyx'],
	['nodes/shared/', 'shared'],
];

const upward = FLOORS.slice(1).map(([path, floor], index) => ({
	name: `no-import-upwards-from-${path.split('/')[1]}`,
	comment: `What ${floor} needs has to stand there or on a floor below.`,
	severity: 'error',
	from: { path: `^${path}` },
	to: { path: FLOORS.slice(0, index + 1).map(([above]) => `^${above}`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Files that import each other can only be understood together.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-orphans',
			comment: 'No node and no credential needs this file.',
			severity: 'error',
			from: { path: '\\.(node|credentials)\\.ts$' },
			to: { path: '^nodes/', pathNot: '\\.(node|credentials)\\.ts$', reachable: false },
		},
		{
			name: 'no-circular-folders',
			comment:
				'Folders that need each other are one folder, or share something that belongs lower.',
			severity: 'error',
			scope: 'folder',
			from: { pathNot: '^nodes/catalogue/' },
			to: { circular: true },
		},
		{
			name: 'nodes-know-nothing-of-each-other',
			comment: 'What two nodes need stands on a floor below.',
			severity: 'error',
			from: { path: '^nodes/(Telnyx[^/]*)/' },
			to: { path: '^nodes/Telnyx', pathNot: '^nodes/$1/' },
		},
		{
			name: 'credential-knows-only-telnyx',
			comment: 'n8n loads the credential without the nodes.',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/', pathNot: '^nodes/(telnyx/credential|shared)/' },
		},
		{
			name: 'a-record-is-read-in-one-direction',
			comment: 'The form and the request are made from a record, and a run needs both.',
			severity: 'error',
			from: { path: '^nodes/operations/(form|request)/' },
			to: { path: '^nodes/operations/run/' },
		},
		{
			name: 'schema-knows-no-record',
			comment: 'The grammar of a record is the same whatever records there are.',
			severity: 'error',
			from: { path: '^nodes/catalogue/schema/' },
			to: { path: '^nodes/catalogue/', pathNot: '^nodes/catalogue/schema/' },
		},
		...upward,
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: { extensions: ['.ts'] },
	},
};

// The stair of rooms: from top to bottom, rooms on one step don't see each other.
const steps = [
  ['app'],
  ['intake', 'webhooks', 'reports'],
  ['hubs', 'inbox'],
  ['campaigns'],
  ['templates', 'sending'],
  ['messages'],
  ['contacts', 'connectors', 'media', 'workspaces'],
  ['events', 'notices'],
  ['providers', 'files'],
  ['platform'],
]

// What the browser may run of the contract: zod tries eval, which the pages' content security policy refuses.
const plainContract = '^src/contract/(audit-actions|consent-words|file-kinds)\\.ts$'

const tests = '\\.test\\.tsx?$|^src/server/[^/]+/testing/'

/** A room may open doors of lower steps only: everything on its own step and above is out of reach. */
function stairRule(room, stepIndex) {
  const outOfReach = steps
    .slice(0, stepIndex + 1)
    .flat()
    .filter((other) => other !== room)
  return {
    name: `stair-${room}`,
    comment: `${room} may open the doors of rooms on lower steps only.`,
    severity: 'error',
    from: { path: `^src/server/${room}/` },
    to: { path: outOfReach.length > 0 ? `^src/server/(${outOfReach.join('|')})/` : '^$' },
  }
}

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to }
}

const rooms = steps.flat().join('|')

module.exports = {
  forbidden: [
    ...steps.flatMap((names, index) => names.map((room) => stairRule(room, index))),
    forbid(
      'door',
      'Enter a room by its index.ts; tests may also enter its testing/ by its own.',
      { path: '^src/server/([^/]+)/' },
      {
        path: '^src/server/[^/]+/',
        pathNot: '^src/server/$1/|^src/server/[^/]+/index\\.ts$|^src/server/[^/]+/testing/index\\.ts$',
      },
    ),
    forbid(
      'room-of-the-stair',
      'A new room takes its place on the stair first.',
      { path: `^src/server/(?!(${rooms})/)` },
      {},
    ),
    forbid(
      'main-uses-doors',
      'main.ts opens doors like everybody.',
      { path: '^src/main\\.ts$' },
      { path: '^src/', pathNot: '^src/(server/[^/]+|emulator)/index\\.ts$' },
    ),
    forbid(
      'contract-imports-only-zod',
      'Customers, the web and the SDK read the contract: it stands on nothing else.',
      { path: '^src/contract/', pathNot: tests },
      { pathNot: '^src/contract/|^node_modules/zod/' },
    ),
    forbid(
      'emulator-is-foreign',
      'The emulator plays another company: it shares no code with us.',
      { path: '^src/emulator/' },
      { path: '^src/', pathNot: '^src/emulator/' },
    ),
    forbid(
      'web-knows-the-contract-only',
      'The browser gets nothing of the server.',
      { path: '^src/web/' },
      { path: '^src/', pathNot: '^src/(web|contract)/' },
    ),
    forbid(
      'web-runs-no-zod',
      'The browser takes types from the contract, and values only from its files without zod.',
      { path: '^src/web/', pathNot: tests },
      { path: '^src/contract/', pathNot: plainContract, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'plain-contract-runs-no-zod',
      'These files go to the browser.',
      { path: plainContract },
      { path: '.' },
    ),
    forbid(
      'client-knows-the-contract-only',
      'The public client is what customers install.',
      { path: '^src/client/' },
      { path: '^src/', pathNot: '^src/(client|contract)/' },
    ),
    forbid(
      'server-stays-home',
      'The server uses the contract and its own rooms; only the app starts the sandbox.',
      { path: '^src/server/', pathNot: '^src/server/app/|\\.test\\.ts$' },
      { path: '^src/', pathNot: '^src/(server|contract)/' },
    ),
    forbid(
      'providers-know-no-sql',
      'Providers speak HTTP and parse: no workspace, no SQL.',
      { path: '^src/server/providers/', pathNot: tests },
      { path: '^node_modules/(pg|kysely)/' },
    ),
    forbid(
      'testing-is-for-tests',
      'The test harness is not part of the build.',
      { path: '^src/', pathNot: tests },
      { path: tests },
    ),
    forbid(
      'no-cycles',
      'A knot can only be read as a whole. Types alone make none: they are gone when the program runs.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/emulator/simulator/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}

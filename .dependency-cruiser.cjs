// The boundaries of the house (docs/architecture.md). Every rule is an error; a gate that only warns is no gate.
const test = '\\.test\\.tsx?$'
const io = '\\.server\\.ts$'
const screen = '\\.tsx$'
const pure = '^src/.*(?<!\\.server|\\.dom|\\.test)\\.ts$'

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [test, '\\.d\\.ts$', 'worker\\.server\\.ts$', 'src/server/main\\.server\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|vitest)' },
    },
    {
      name: 'pure-imports-only-pure',
      severity: 'error',
      from: { path: pure, pathNot: '^src/web/' },
      to: { path: [io, screen] },
    },
    {
      name: 'pure-imports-no-package-but-the-validator',
      severity: 'error',
      from: { path: pure, pathNot: ['^src/web/'] },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|kysely)/' },
    },
    { name: 'screen-never-imports-server', severity: 'error', from: { path: screen }, to: { path: io } },
    { name: 'server-never-imports-screen', severity: 'error', from: { path: io }, to: { path: screen } },
    {
      name: 'kit-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/kit/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/kit/' },
    },
    {
      name: 'definition-imports-kit-and-its-own-folder',
      severity: 'error',
      from: { path: '^src/programmes/([^/]+)/definition\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/kit/', '^src/programmes/$1/'] },
    },
    {
      name: 'programmes-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/programmes/([^/]+)/' },
      to: { path: '^src/programmes/([^/]+)/', pathNot: '^src/programmes/$1/' },
    },
    {
      name: 'programmes-are-arguments',
      severity: 'error',
      from: {
        path: '^src/(record|org|signup|person|identity|audit|crypto|paper|notify|rules|intake)/',
        // The register lists what each domain declares, as that of the programmes does.
        pathNot: [test, '^src/rules/register\\.ts$'],
      },
      to: { path: '^src/programmes/' },
    },
    {
      name: 'figures-never-person',
      severity: 'error',
      from: { path: '^src/figures/' },
      to: { path: '^src/person/' },
    },
    {
      // Hashes, keys and random numbers come from the crypto room, so that the profile decides them in one place.
      name: 'node-crypto-in-the-crypto-room',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/crypto/', test] },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'crypto-room-has-one-door',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/crypto/', test] },
      to: {
        path: '^src/crypto/',
        pathNot: '^src/crypto/(backup|door|provider|sealed|secret|suite|ticket)\\.server\\.ts$',
      },
    },
    {
      // Whoever can make proofs can open the tables of identity: the boot hands them on, nobody makes her own.
      name: 'door-is-made-at-boot',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/crypto/', '^src/server/(boot|database|deps)\\.server\\.ts$', test],
      },
      to: { path: '^src/crypto/door\\.server\\.ts$' },
    },
    {
      // Whoever opens a sealed value of the register writes the access log: there is one such place. What a cadre has just
      // brought herself or asked for as a file waits under a seal of its own, which row policies open to her alone.
      name: 'sealed-values-open-in-the-vault',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/crypto/',
          '^src/(person/vault|person/vaultKeys|intake/seal|export/seal|silo/seal)\\.server\\.ts$',
        ],
      },
      to: { path: '^src/crypto/sealed\\.server\\.ts$' },
    },
    {
      // Whatever is asked of another machine goes by named places (src/server/fetchOut.server.ts) or by the mail port; the
      // embedded engine's sockets stay on this one.
      name: 'one-way-out',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/server/(fetchOut|embedded/(engine|control|session|lock))\\.server\\.ts$', test],
      },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|undici)$' },
    },
    {
      name: 'mail-by-its-port',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/notify/channels/mail\\.server\\.ts$' },
      to: { path: 'node_modules/nodemailer/' },
    },
    {
      name: 'web-never-mobile',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/mobile/' },
    },
    { name: 'web-never-demo', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/demo/' } },
    {
      name: 'no-import-of-a-test',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: [test, '^tests/'] },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
}

import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { rootDir } from './paths.mjs'
import { giveUp, step } from './progress.mjs'
import { capture } from './run.mjs'

const distDir = join(rootDir, 'dist')
const simulatorDir = 'src/emulator/simulator'

const parts = [
  {
    name: 'server',
    title: 'Building the server',
    inputs: [
      'src/contract',
      'src/server',
      'src/client',
      'src/emulator',
      'src/main.ts',
      'tsconfig.json',
      'tsconfig.build.json',
      'tsconfig.client.json',
    ],
    outputs: ['contract', 'server', 'client', 'emulator', 'main.js', 'main.js.map'],
    build: buildServer,
  },
  {
    name: 'web',
    title: 'Building the web',
    inputs: ['src/contract', 'src/web', 'vite.config.ts'],
    outputs: ['web'],
    build: buildWeb,
  },
]

/** Builds the parts whose sources have changed since they were built. */
export async function ensureBuilt() {
  for (const part of parts) {
    const wanted = hashOf([...part.inputs, 'package-lock.json'])
    const stampFile = join(distDir, `.${part.name}-built`)
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) continue
    rmSync(stampFile, { force: true })
    for (const output of part.outputs) rmSync(join(distDir, output), { recursive: true, force: true })
    mkdirSync(distDir, { recursive: true })
    const result = await step(part.title, part.build)
    if (result.code !== 0) giveUp(result.output.trim())
    writeFileSync(stampFile, wanted)
  }
}

async function buildServer() {
  // The second for those who import the client: its types, and those of the contract.
  for (const project of ['tsconfig.build.json', 'tsconfig.client.json']) {
    const result = await capture(process.execPath, ['node_modules/ts7/bin/tsc', '-p', project])
    if (result.code !== 0) return result
  }
  if (existsSync(join(rootDir, simulatorDir))) {
    cpSync(join(rootDir, simulatorDir), join(distDir, 'emulator/simulator'), {
      recursive: true,
      filter: (source) => !source.endsWith('.ts'),
    })
  }
  return { code: 0, output: '' }
}

async function buildWeb() {
  const result = await capture(process.execPath, ['node_modules/vite/bin/vite.js', 'build'])
  if (result.code === 0) compressFiles(join(distDir, 'web'))
  return result
}

/** Compressed once here instead of at each request; the hub serves what the browser understands. */
function compressFiles(dir) {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    if (content.length < 1024) continue
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
  }
}

/** Of names and contents, so that neither a checkout nor a touch makes a build stale. Tests are not built. */
function hashOf(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) addToHash(hash, input)
  return hash.digest('hex')
}

function addToHash(hash, path) {
  const fullPath = join(rootDir, path)
  if (!existsSync(fullPath) || /\.test\.tsx?$/.test(path)) return
  const entries = readdirSyncOrNull(fullPath)
  if (!entries) {
    hash.update(`\0${path}\0`).update(readFileSync(fullPath))
    return
  }
  for (const entry of entries.sort()) addToHash(hash, `${path}/${entry}`)
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

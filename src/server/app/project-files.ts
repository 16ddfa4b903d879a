import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The project's folder, from src/server/app as well as from dist/server/app. */
export const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

/** What the build of the web leaves for the hub to serve. */
export const webDir = `${projectDir}dist/web`

export function readVersion(): string {
  const text = readFileSync(`${projectDir}package.json`, 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

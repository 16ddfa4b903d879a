import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../serve.ts', import.meta.url))

/** The emulator as a process of its own, which can be killed and started again at the same address. */
export class EmulatorProcess {
  readonly #directory: string
  #child: ChildProcess | undefined
  #port = 0
  url = ''

  constructor(directory: string) {
    this.#directory = directory
  }

  async start(): Promise<this> {
    const args = ['--import', 'tsx', script, '--port', String(this.#port), '--state', this.#directory]
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    if (this.#child.stdout === null) throw new Error('Nothing to read from.')
    const [line] = await once(createInterface(this.#child.stdout), 'line')
    const { url, port } = JSON.parse(String(line))
    this.url = url
    this.#port = port
    return this
  }

  /** `kill -9`: no chance to tidy up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill(signal)
    await once(this.#child, 'exit')
  }
}

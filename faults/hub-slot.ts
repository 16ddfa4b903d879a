import { freePort, type HubOptions, type Process, startHub } from '../rig/processes.ts'

export type HubState = 'starting' | 'up' | 'frozen' | 'down'

/** A place where one hub runs: it can be killed, frozen and started again. */
export class HubSlot {
  readonly name: string
  readonly #options: Omit<HubOptions, 'port'>
  readonly #onChange: () => void
  #process: Process | null = null
  #port = 0
  #state: HubState = 'down'
  #isClosing = false

  constructor(name: string, options: Omit<HubOptions, 'port'>, onChange: () => void) {
    this.name = name
    this.#options = options
    this.#onChange = onChange
  }

  get state(): HubState {
    return this.#state
  }

  get port(): number {
    return this.#port
  }

  get processId(): number | undefined {
    return this.#process?.child.pid
  }

  /** Tries until it is up: its database may be away just now, as an init system would. */
  async start(): Promise<void> {
    this.#become('starting')
    let refusals = 0
    while (!this.#isClosing) {
      // A new port each time: another program may have taken the old one.
      this.#port = await freePort()
      try {
        this.#process = await startHub({ ...this.#options, port: this.#port })
        this.#become('up')
        return
      } catch (error) {
        refusals += 1
        if (refusals > 20) throw error
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    }
  }

  async kill(): Promise<void> {
    await this.#process?.kill()
    this.#become('down')
  }

  /** SIGSTOP: alive to the kernel, dead to everybody else. */
  freeze(): void {
    this.#process?.child.kill('SIGSTOP')
    this.#become('frozen')
  }

  thaw(): void {
    this.#process?.child.kill('SIGCONT')
    this.#become('up')
  }

  async close(): Promise<void> {
    this.#isClosing = true
    if (this.#state === 'frozen') this.thaw()
    await this.#process?.stop()
    this.#become('down')
  }

  #become(state: HubState): void {
    this.#state = state
    this.#onChange()
  }
}

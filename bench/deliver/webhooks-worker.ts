import { createContext, createLog, readConfig, startDatabase } from '../../src/server/platform/index.ts'
import { startWebhooksWorker } from '../../src/server/webhooks/index.ts'

// The hub's deliveries alone, as the contestants are alone.
const config = readConfig()
const database = await startDatabase(config, () => undefined)
const { ctx, stop, close } = await createContext({
  config,
  target: database.target,
  log: createLog({ level: config.logLevel }),
})
const worker = startWebhooksWorker(ctx)
console.log('ready')
process.once('SIGTERM', async () => {
  stop()
  await worker.stop()
  await close()
})

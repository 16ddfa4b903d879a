import { startEmulator } from './emulator/index.ts'
import { runProgram } from './server/app/index.ts'

await runProgram(process.argv, { startSandbox: startEmulator })

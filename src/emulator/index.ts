export { type EmulatorOptions, type RunningEmulator, startEmulator } from './start-emulator.ts'

export { runProgram } from './cli/run-program.ts'

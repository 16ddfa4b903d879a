#!/usr/bin/env node
import { runProgram } from './server/app/index.ts'

await runProgram(process.argv)

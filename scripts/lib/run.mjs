import { spawn } from 'node:child_process'
import { rootDir } from './paths.mjs'

/** What is kept is read later, maybe in a file: escape codes would only be noise. */
const withoutColours = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }

/** Runs a program to its end and keeps what it prints: `{code, output}`. */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: rootDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: withoutColours,
      ...options,
    })
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a program in the foreground: its output, its signals and its exit code are ours. */
export function follow(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: rootDir, stdio: 'inherit', ...options })
    const passOn = {}
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      passOn[signal] = () => {
        // Ctrl-C reaches every process of the terminal by itself.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      }
      process.on(signal, passOn[signal])
    }
    const watch = watchNpm(() => child.kill('SIGTERM'))
    child.on('error', () => resolve(1))
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      for (const name of Object.keys(passOn)) process.off(name, passOn[name])
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** npm hands a signal to its shell only, which ends without a word to us: its death is the signal. */
function watchNpm(onDeath) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onDeath()
  }, 250)
  return watch
}

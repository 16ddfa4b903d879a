/** Asks the emulator's control API; a refusal becomes an error with its sentence. */
export async function ask(method, path, body) {
  const response = await fetch(`/_control${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error?.message ?? `The emulator answered ${response.status}.`)
  return answer
}

/** Calls back with every event of the phones, also after the emulator was restarted. */
export function listen(onEvent) {
  const source = new EventSource('/_control/live')
  source.addEventListener('message', (event) => onEvent(JSON.parse(event.data)))
  // After a gap of the connection nothing is known: look at everything again.
  source.addEventListener('open', () => onEvent({ type: 'account' }))
}

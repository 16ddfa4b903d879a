/** What one HTTP request gave. `isWritten` says whether any byte of it can have left this machine. */
export type HttpAnswer =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; body: Buffer; isCut: boolean }
  | { kind: 'failed'; isWritten: boolean; reason: string }

/** Something of a webhook that was set aside or mended; the facts beside it hold. */
export interface Problem {
  /** `entry[0].changes[2].value.messages[1]`, or `$` for the whole body. */
  path: string
  reason: string
}

// A body of 1,000 broken items says nothing more after the first hundred.
const problemsMax = 100

export class Problems {
  readonly list: Problem[] = []

  add(path: string, reason: string): void {
    if (this.list.length < problemsMax) this.list.push({ path, reason })
  }
}

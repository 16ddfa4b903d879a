export interface ErrorMeaning {
  httpStatus: number
  title: string
  details: string
}

export const meaning = (httpStatus: number, title: string, details: string): ErrorMeaning => ({
  httpStatus,
  title,
  details,
})

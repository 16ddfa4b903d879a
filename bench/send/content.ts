/** What each message of a bench carries. */
export const template = {
  name: 'order_confirmation',
  language: { code: 'en_US' },
  components: [
    {
      type: 'body',
      parameters: [
        { type: 'text', text: 'Ana María Rodríguez' },
        { type: 'text', text: 'Q-1042' },
      ],
    },
  ],
}
export const content = {
  template,
  text: { body: 'Thank you, Ana María Rodríguez! Your order Q-1042 is confirmed and we are packing it now.' },
}

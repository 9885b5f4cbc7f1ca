// SPDX-License-Identifier: Apache-2.0
// Why an agent has a call, in the language of the page.

export function whyIn(locale: string, told: { why?: string; why_en?: string } | undefined): string {
  const chinese = told?.why ?? ''
  return locale === 'en' ? told?.why_en || chinese : chinese
}

// SPDX-License-Identifier: Apache-2.0
// Where the phone is, if it says so in time.
import type { ActBody } from './job'

export type Place = Pick<ActBody, 'latitude' | 'longitude' | 'accuracy_m'>
const limit_ms = 5_000

export function whereAmI(): Promise<Place> {
  return new Promise((done) => {
    if (!('geolocation' in navigator)) return done({})
    const given = setTimeout(() => done({}), limit_ms)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(given)
        done({ latitude: coords.latitude, longitude: coords.longitude, accuracy_m: coords.accuracy })
      },
      () => {
        clearTimeout(given)
        done({})
      },
      { enableHighAccuracy: true, timeout: limit_ms, maximumAge: 60_000 },
    )
  })
}

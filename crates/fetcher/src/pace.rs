//! When a host may be asked again: gap, `Retry-After`, backoff and circuit breaker, on a clock that is passed in.

use std::pin::Pin;
use std::time::Duration;

use jiff::{Timestamp, civil, tz::TimeZone};

/// Where the time comes from; the tests bring their own.
pub trait Clock: Send + Sync {
    /// The instant.
    fn now(&self) -> Timestamp;
    /// Waits until an instant.
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where fetching learns the time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let wait = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        Box::pin(tokio::time::sleep(wait))
    }
}

/// How patient a run is with a host that fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// The first wait after a failure; every further one doubles it.
    pub first_wait: Duration,
    /// The longest wait that doubling leads to; `Retry-After` may ask for more and gets it.
    pub longest_wait: Duration,
    /// Failures in a row that open the circuit.
    pub failures_to_open: u32,
    /// How long an open circuit stays open before one request tries again.
    pub cool_off: Duration,
}

/// The pace of one host.
#[derive(Clone, Debug)]
pub struct Pace {
    gap: Duration,
    /// The end of the last answer.
    last: Option<Timestamp>,
    ready: Timestamp,
    failures: u32,
    openings: u32,
}

impl Pace {
    /// A host that was never asked, with the gap of its profile.
    pub fn new(gap: Duration) -> Self {
        Self { gap, last: None, ready: Timestamp::MIN, failures: 0, openings: 0 }
    }

    /// When the next request may start.
    pub fn ready(&self) -> Timestamp {
        self.ready
    }

    /// The gap in force.
    pub fn gap(&self) -> Duration {
        self.gap
    }

    /// Widens the gap to what robots.txt or a profile asks for; nothing narrows it.
    pub fn widen(&mut self, gap: Duration) {
        self.gap = self.gap.max(gap);
        if let Some(last) = self.last {
            self.wait(last, self.gap);
        }
    }

    /// Puts the next request off, as an earlier run promised.
    pub fn not_before(&mut self, at: Timestamp) {
        self.ready = self.ready.max(at);
    }

    /// How often the circuit opened since the last answer.
    pub fn openings(&self) -> u32 {
        self.openings
    }

    /// The host answered; the gap counts from the end of the answer.
    pub fn answered(&mut self, now: Timestamp) {
        self.failures = 0;
        self.openings = 0;
        self.last = Some(now);
        self.wait(now, self.gap);
    }

    /// The host failed, or asked for patience until `retry_after`; `jitter` is in 0..1.
    ///
    /// Returns how long it is left alone.
    pub fn failed(&mut self, now: Timestamp, retry_after: Option<Timestamp>, patience: &Patience, jitter: f64) -> Duration {
        self.failures += 1;
        let doubled = patience.first_wait.saturating_mul(1 << (self.failures - 1).min(20)).min(patience.longest_wait);
        // Half is fixed and half is drawn, so that hosts that failed together do not come back together.
        let mut wait = doubled.mul_f64(0.5 + jitter / 2.0);
        if self.failures >= patience.failures_to_open {
            wait = wait.max(patience.cool_off.saturating_mul(1 << self.openings.min(20)));
            self.openings += 1;
            // One failure of the request that tries again opens it anew.
            self.failures = patience.failures_to_open.saturating_sub(1);
        }
        self.wait(now, wait.max(self.gap));
        if let Some(at) = retry_after {
            self.not_before(at);
        }
        Duration::try_from(self.ready.duration_since(now)).unwrap_or_default()
    }

    fn wait(&mut self, now: Timestamp, wait: Duration) {
        self.ready = self.ready.max(now.checked_add(wait).unwrap_or(Timestamp::MAX));
    }
}

/// Reads `Retry-After`: seconds, or any of HTTP's three forms of a date.
pub fn retry_after(value: &str, now: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = value.parse().unwrap_or(u64::MAX);
        return Some(now.checked_add(Duration::from_secs(seconds)).unwrap_or(Timestamp::MAX));
    }
    http_date(value)
}

/// Reads a date as HTTP writes it (RFC 9110, 5.6.7): today's form and the two obsolete ones.
pub fn http_date(value: &str) -> Option<Timestamp> {
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(value) {
        return Some(zoned.timestamp());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| civil::DateTime::strptime(form, value).ok())
        .and_then(|at| TimeZone::UTC.to_timestamp(at).ok())
}

/// A number in 0..1 that depends on nothing but the seed, the address and the attempt.
pub fn jitter(seed: u64, url: &str, attempt: u32) -> f64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    hasher.update(&attempt.to_le_bytes());
    hasher.update(url.as_bytes());
    let mut bytes = [0; 4];
    hasher.finalize_xof().fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience {
        first_wait: Duration::from_secs(2),
        longest_wait: Duration::from_secs(60),
        failures_to_open: 4,
        cool_off: Duration::from_secs(600),
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn retry_after_in_all_its_forms() {
        let now = at("1994-11-06T08:00:00Z");
        let expected = Some(at("1994-11-06T08:49:37Z"));
        assert_eq!(retry_after(" 2977 ", now), expected);
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), expected);
        assert_eq!(retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), expected);
        assert_eq!(retry_after("Sun Nov  6 08:49:37 1994", now), expected);
        assert_eq!(retry_after("99999999999999999999999", now), Some(Timestamp::MAX));
        assert_eq!(retry_after("604800", now), Some(at("1994-11-13T08:00:00Z")), "a week is a week");
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
    }

    #[test]
    fn the_longest_gap_holds() {
        let now = at("2026-01-01T00:00:00Z");
        let mut pace = Pace::new(Duration::from_secs(2));
        pace.widen(Duration::from_secs(5));
        pace.widen(Duration::from_secs(1));
        pace.answered(now);
        assert_eq!(pace.ready(), at("2026-01-01T00:00:05Z"));
    }

    #[test]
    fn waits_double_up_to_the_longest_and_the_circuit_opens() {
        let now = at("2026-01-01T00:00:00Z");
        let mut pace = Pace::new(Duration::from_secs(1));
        let waits: Vec<u64> = (0..6)
            .map(|_| {
                let from = pace.ready().max(now);
                pace.failed(from, None, &PATIENCE, 1.0).as_secs()
            })
            .collect();
        assert_eq!(waits, [2, 4, 8, 600, 1200, 2400]);
        pace.answered(now);
        assert_eq!(pace.openings(), 0);
    }

    #[test]
    fn retry_after_is_kept_in_full() {
        let now = at("2026-01-01T00:00:00Z");
        let mut pace = Pace::new(Duration::from_secs(1));
        let later = at("2026-01-03T00:00:00Z");
        assert_eq!(pace.failed(now, Some(later), &PATIENCE, 0.0), Duration::from_secs(172_800));
        assert_eq!(pace.ready(), later);
    }

    #[test]
    fn jitter_depends_on_its_arguments_alone() {
        let bits = |seed| jitter(seed, "u", 2).to_bits();
        assert_eq!(bits(1), bits(1));
        assert_ne!(bits(1), bits(2));
        let mean = (0..1000).map(|attempt| jitter(7, "u", attempt)).sum::<f64>() / 1000.0;
        assert!((0.45..0.55).contains(&mean), "{mean}");
    }
}

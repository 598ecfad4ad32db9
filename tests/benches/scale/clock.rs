//! What a stage takes: time that went by, time of processors, memory. The system tells of the latter two on Linux; elsewhere they are zero.
//!
//! The processors' time is what can be compared where other programs run beside the benchmark.

use std::fmt;
use std::fs;
use std::ops::{Add, AddAssign, Sub};
use std::time::Instant;

use serde::Serialize;

/// Ticks a second in which Linux tells a process its time.
const TICKS: f64 = 100.0;

/// Seconds that went by, and seconds of all processors together.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Spent {
    pub elapsed: f64,
    pub processor: f64,
}

impl Add for Spent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { elapsed: self.elapsed + other.elapsed, processor: self.processor + other.processor }
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Spent {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { elapsed: self.elapsed - other.elapsed, processor: self.processor - other.processor }
    }
}

impl fmt::Display for Spent {
    /// `17.9 s (10.2)`: elapsed, and in brackets of processors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} s ({:.1})", self.elapsed, self.processor)
    }
}

/// A clock that runs.
pub struct Clock {
    started: Instant,
    processor: fn() -> f64,
    before: f64,
}

impl Clock {
    /// Over all threads of the process.
    pub fn start() -> Self {
        Self::over(of_process)
    }

    /// Over this thread alone, for what is short.
    pub fn of_thread() -> Self {
        Self::over(of_thread)
    }

    fn over(processor: fn() -> f64) -> Self {
        Self { started: Instant::now(), processor, before: processor() }
    }

    pub fn spent(&self) -> Spent {
        Spent { elapsed: self.started.elapsed().as_secs_f64(), processor: (self.processor)() - self.before }
    }
}

/// The largest memory that this process has held, in bytes.
pub fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}

/// Fields 14 and 15, of which the first two stand before the bracket that ends the program's name.
fn of_process() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// The first field, in nanoseconds.
fn of_thread() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|spent| spent.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

//! What a run did: counts for people and machines, and events while it works.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use crate::Failure;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Pages fetched for the first time.
    pub new: u64,
    /// Pages that had changed.
    pub changed: u64,
    /// Pages that had not.
    pub unchanged: u64,
    /// Pages that redirect elsewhere.
    pub redirected: u64,
    /// Feeds, sitemaps and sections that answered.
    pub sources: u64,
    /// Addresses that gave no page, by the kind of trouble.
    pub failed: BTreeMap<&'static str, u64>,
    /// Pages that were not asked for, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Hosts that were given up for this run.
    pub unreachable: BTreeSet<String>,
    /// Requests by host.
    pub requests: BTreeMap<String, u64>,
    /// Bytes of bodies, as sent.
    pub bytes: u64,
    /// Bytes appended to the archive.
    pub archived: u64,
    /// What would have been fetched, on a dry run.
    pub planned: Vec<Planned>,
}

impl Outcome {
    /// Requests in all.
    pub fn all_requests(&self) -> u64 {
        self.requests.values().sum()
    }

    /// Addresses that gave no page.
    pub fn all_failed(&self) -> u64 {
        self.failed.values().sum()
    }
}

/// One line for people.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.requests.is_empty() {
            return write!(f, "nothing fetched");
        }
        write!(f, "{} new, {} changed and {} unchanged pages", self.new, self.changed, self.unchanged)?;
        write!(f, " by {} requests to {} hosts", self.all_requests(), self.requests.len())?;
        if self.all_failed() > 0 {
            let reasons: Vec<String> = self.failed.iter().map(|(word, count)| format!("{count} {word}")).collect();
            write!(f, ", {} failed ({})", self.all_failed(), reasons.join(", "))?;
        }
        Ok(())
    }
}

/// An address that would have been fetched, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planned {
    /// The address.
    pub url: String,
    /// Why, in words.
    pub why: &'static str,
    /// Whether it would be asked for; if not, `why` says why not.
    pub ask: bool,
}

/// What happens while a run works, for a progress bar or a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    /// Addresses wait at a host.
    Waiting {
        /// The host.
        host: &'a str,
        /// How many.
        addresses: usize,
    },
    /// An answer.
    Answered {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
        /// The status.
        status: u16,
        /// Bytes of the body.
        bytes: u64,
    },
    /// An address gave no page.
    Failed {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
        /// Why.
        failure: &'a Failure,
        /// Whether it will be tried again in this run.
        again: bool,
    },
    /// A host is left alone for longer than its gap.
    Resting {
        /// The host.
        host: &'a str,
        /// Until then.
        until: Timestamp,
    },
    /// Nothing more is asked in this run.
    Over,
}

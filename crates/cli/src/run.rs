//! What happened in a run: the provenance that `run.json` tells, the clock of the summary.

use exporter::{Input, Provenance, Refusal};
use jiff::{Timestamp, Unit};
use serde_json::{Map, Value, json};

use crate::records::Tally;

/// A run, from its start on.
#[derive(Debug)]
pub struct Run {
    started: Timestamp,
}

impl Run {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { started: now() }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        now().duration_since(self.started).as_secs_f64()
    }

    /// What only the program knows about a run; `tally` where it read pages.
    pub fn provenance(&self, tally: Option<&Tally>) -> Provenance {
        let seconds = |at: Timestamp| Some(at.round(Unit::Second).unwrap_or(at).to_string());
        Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            arguments: std::env::args().skip(1).collect(),
            started: seconds(self.started),
            ended: seconds(now()),
            inputs: tally.map(inputs).unwrap_or_default(),
            counts: tally.map(counts).unwrap_or_default(),
            refusals: tally.map(refusals).unwrap_or_default(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the program tells when it ran; no table holds it")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn inputs(tally: &Tally) -> Vec<Input> {
    let seen = tally.inputs.iter();
    seen.map(|seen| Input { path: seen.source.clone(), bytes: seen.bytes, hash: format!("blake3:{}", seen.blake3) }).collect()
}

fn counts(tally: &Tally) -> Map<String, Value> {
    let read = json!({
        "articles": tally.articles,
        "joined": tally.joined,
        "refused": tally.refused.len(),
        "observations": tally.observed(),
        "unread": tally.unread,
    });
    Map::from_iter([("extract".to_owned(), read)])
}

fn refusals(tally: &Tally) -> Vec<Refusal> {
    let refused = tally.refused.iter();
    refused
        .map(|refused| Refusal {
            source: refused.source.clone(),
            reason: format!("{}: {}", refused.issue.kind.as_str(), refused.issue.why),
        })
        .collect()
}

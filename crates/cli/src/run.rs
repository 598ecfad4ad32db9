//! What happened in a run: `run.json` for machines, the summary for people.

use std::path::Path;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use crate::input::Seen;
use crate::output;
use crate::records::Tally;
use crate::stages::{DatasetFile, Outcome};

/// A run, from its start on.
#[derive(Debug)]
pub struct Run {
    started: Timestamp,
    /// What was read from pages.
    pub tally: Option<Tally>,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// `run.json`.
#[derive(Serialize)]
struct Report<'r> {
    program: &'static str,
    version: &'static str,
    arguments: Vec<String>,
    started: Timestamp,
    ended: Timestamp,
    inputs: &'r [Seen],
    stages: Stages<'r>,
    refusals: Vec<Refusal<'r>>,
    files: &'r [DatasetFile],
}

#[derive(Serialize)]
struct Stages<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    extract: Option<Extract>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transform: Option<&'r Outcome>,
}

#[derive(Serialize)]
struct Extract {
    articles: u64,
    refused: u64,
    observations: u64,
    unread: u64,
}

#[derive(Serialize)]
struct Refusal<'r> {
    source: &'r str,
    kind: &'static str,
    place: &'r str,
    why: &'r str,
}

impl Run {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { started: Timestamp::now(), tally: None, outcome: None }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        Timestamp::now().duration_since(self.started).as_secs_f64()
    }

    /// Writes `run.json` into the dataset's folder.
    pub fn write(&self, folder: &Path, files: &[DatasetFile]) -> Result<()> {
        let tally = self.tally.as_ref();
        let report = Report {
            program: "solieu",
            version: env!("CARGO_PKG_VERSION"),
            arguments: std::env::args().skip(1).collect(),
            started: self.started,
            ended: Timestamp::now(),
            inputs: tally.map_or(&[], |tally| &tally.inputs),
            stages: Stages { extract: tally.map(Extract::of), transform: self.outcome.as_ref() },
            refusals: tally.map(refusals).unwrap_or_default(),
            files,
        };
        output::write(&folder.join("run.json"), &serde_json::to_string_pretty(&report)?)?;
        Ok(())
    }
}

impl Extract {
    fn of(tally: &Tally) -> Self {
        Self { articles: tally.articles, refused: tally.refused.len() as u64, observations: tally.observed(), unread: tally.unread }
    }
}

fn refusals(tally: &Tally) -> Vec<Refusal<'_>> {
    let lines = tally.refused.iter();
    lines
        .map(|refused| Refusal {
            source: &refused.source,
            kind: refused.issue.kind.as_str(),
            place: &refused.issue.place,
            why: &refused.issue.why,
        })
        .collect()
}

//! Puts statements of many articles together into statistics.
//!
//! The door is [`transform`]: records in, the tables of the contract out, as lazy frames over files in a staging folder.
//!
//! How it goes, in reading order: `stage` takes records batch by batch, mends known errors, analyses every article by itself
//! (`analysis`, with `metrics` and `checks` over `fact`s and `interval`s) and makes columns of it, which `spill` puts on disk;
//! `series` and `across` join the figures of all articles, and `conflict`, `misprint` and `slip` say when they contradict each
//! other; `references` says what the codes mean; `settle` puts what is current into the order of its key, one of the `ranges`
//! after another, when whoever exports it takes it, and keeps what is older apart. What people read of it, `print` says.
//!
//! This crate reads no HTML and no Vietnamese, knows no clock, and touches only the staging folder and the dataset that it extends.

mod across;
mod analysis;
pub mod checks;
mod codes;
mod conflict;
mod copies;
mod corrections;
mod dataset;
mod error;
mod existing;
pub mod fact;
pub mod figure;
pub mod interval;
pub mod metrics;
mod misprint;
mod print;
mod ranges;
pub mod reference;
mod references;
mod rows;
mod series;
mod settle;
mod slip;
mod spill;
mod stage;
mod summary;
mod tables;
mod values;
mod variants;

use std::path::PathBuf;

use knowledge::Knowledge;
use model::Record;

pub use dataset::{Dataset, FailedCheck};
pub use error::TransformError;
pub use summary::Summary;

/// Where a transformation works.
#[derive(Clone, Debug)]
pub struct Options {
    /// An empty folder to spill into; the dataset's frames read from it.
    pub staging: PathBuf,
    /// A dataset folder to extend.
    pub existing: Option<PathBuf>,
}

/// How much is held in memory at once. The dataset is the same whatever they are; memory and speed are not.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Figures that are read before they are spilled.
    pub batch: usize,
    /// Rows of a table that are sorted at once.
    pub range: usize,
}

impl Default for Limits {
    /// Enough to keep polars busy, little enough to forget.
    fn default() -> Self {
        Self { batch: 250_000, range: 300_000 }
    }
}

/// Turns records into the tables of the dataset.
///
/// An article that comes again with other content replaces its earlier rows, which move to the history tables; so
/// extending a dataset gives what one run over everything gives.
pub fn transform(records: impl Iterator<Item = Record>, options: &Options, known: &Knowledge) -> Result<Dataset, TransformError> {
    transform_within(Limits::default(), records, options, known)
}

/// Does what [`transform`] does within other limits.
pub fn transform_within(
    limits: Limits,
    records: impl Iterator<Item = Record>,
    options: &Options,
    known: &Knowledge,
) -> Result<Dataset, TransformError> {
    let mut stage = stage::Stage::open(options, limits, reference::Reference::new(known))?;
    for record in records {
        stage.push(record)?;
    }
    stage.settle()
}

//! What a transformation gives.

use polars::prelude::LazyFrame;

use crate::summary::Summary;

/// The tables of the contract, sorted by key, over files in the staging folder.
pub struct Dataset {
    /// Tables by name, in the order of `data/columns.toml`.
    pub tables: Vec<(String, LazyFrame)>,
    /// Counts for people and for `run.json`.
    pub summary: Summary,
}

impl Dataset {
    /// A table by name.
    pub fn table(&self, name: &str) -> Option<LazyFrame> {
        self.tables.iter().find(|(table, _)| table == name).map(|(_, frame)| frame.clone())
    }
}

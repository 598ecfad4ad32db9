//! `solieu export`: tables to dataset.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Writing, examples};
use crate::app::Tables;
use crate::console::Console;
use crate::exit::Exit;
use crate::run::Run;
use crate::stages;
use crate::summary::Story;

const EXAMPLES: &[(&str, &str)] =
    &[("Tables into a dataset", "solieu extract data/samples | solieu transform - --out t && solieu export t --out out")];

/// Writes tables as a dataset: Parquet and CSV, `datapackage.json`, `run.json`.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Export {
    /// The folder that `solieu transform` wrote.
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// Where to and how.
    #[command(flatten)]
    writing: Writing,
    /// Where the tables of `data/` come from.
    #[command(flatten)]
    tables: Tables,
}

impl Export {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let run = Run::start();
        let known = self.tables.load()?;
        let stage = console.stage("writing");
        let dataset = stages::saved(&self.from, &known)?;
        let failed = dataset.failed_checks()?;
        stages::export(&dataset, &self.writing, run.provenance(None), &known)?;
        drop(stage);
        Story { dataset: Some((&dataset.summary, &failed)), written: Some(&self.writing.out), tally: None }.tell(&run, console, Exit::Done);
        Ok(Exit::Done)
    }
}

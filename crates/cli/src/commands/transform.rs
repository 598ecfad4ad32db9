//! `solieu transform`: records to tables.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::examples;
use crate::app::Tables;
use crate::console::Console;
use crate::exit::Exit;
use crate::records;
use crate::run::Run;
use crate::stages::{self, Staging};
use crate::summary::Story;

const EXAMPLES: &[(&str, &str)] = &[("Records into tables", "solieu extract data/samples | solieu transform - --out tables")];

/// Puts records together into tables: normalized, joined, derived, checked.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Transform {
    /// Records that `solieu extract` wrote; `-` is standard input.
    #[arg(value_name = "FILE")]
    records: PathBuf,
    /// The folder to write: a Parquet file for each table.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// A dataset to start from: its articles stay, those that come again are replaced.
    #[arg(long, value_name = "DIR")]
    extend: Option<PathBuf>,
    /// Where the tables of `data/` come from.
    #[command(flatten)]
    tables: Tables,
}

impl Transform {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let run = Run::start();
        let known = self.tables.load()?;
        let staging = Staging::beside(&self.out)?;
        let mut failure = None;
        let records = records::saved(&self.records)?.map_while(|record| record.map_err(|error| failure = Some(error)).ok());

        let stage = console.stage("joining");
        let dataset = stages::transform(records, &staging, self.extend, &known)?;
        if let Some(failure) = failure {
            return Err(failure.into());
        }
        let failed = dataset.failed_checks()?;
        stages::save(&dataset, &self.out, run.provenance(None), &known)?;
        drop(stage);
        Story { dataset: Some((&dataset.summary, &failed)), written: Some(&self.out), tally: None }.tell(&run, console, Exit::Done);
        Ok(Exit::Done)
    }
}
